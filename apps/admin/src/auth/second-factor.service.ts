import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { MasterKeys, secretContext, writeAudit } from '#domain/stores';
import type { CurrentStaff } from './current-staff.js';
import {
  RECOVERY_CODE_BYTES,
  RECOVERY_CODES,
  recoveryCodeHash,
  recoveryCodeText,
} from './recovery-code.js';
import { acceptedTotpStep, TOTP_SECRET_BYTES } from './totp.js';

/** A person at a door, with what is written down with everything they do. */
export type AtTheDoor = Pick<CurrentStaff, 'id' | 'email'> & {
  readonly requestId: string;
  readonly address: string | null;
};

const READ = 'SELECT totp_sealed, totp_step, recovery_hashes FROM staff WHERE id = $1';

interface FactorRow {
  totp_sealed: Buffer | null;
  totp_step: number;
  recovery_hashes: string[];
}

/** What people prove beside their password: a code of an app, or one of the codes that they keep in a drawer. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  /** A new secret, sealed: it waits in the session until its first code has proven that an app has it. */
  newSecret(staffId: string): string {
    const secret = randomBytes(TOTP_SECRET_BYTES);
    return this.masterKeys.seal(secret, secretContext.staffTotp(staffId)).toString('base64');
  }

  secretOf(staffId: string, sealed: string): Buffer {
    return this.masterKeys.open(Buffer.from(sealed, 'base64'), secretContext.staffTotp(staffId));
  }

  /** Answers the recovery codes, which are shown this once; undefined where the code is wrong. */
  async turnOn(
    staff: AtTheDoor,
    { sealed, code }: { readonly sealed: string; readonly code: string },
    nowMs: number,
  ): Promise<readonly string[] | undefined> {
    const step = acceptedTotpStep(this.secretOf(staff.id, sealed), code, { nowMs, lastStep: 0 });
    if (step === undefined) return undefined;
    const codes = newRecoveryCodes();
    return inTransaction(this.pool, async (client) => {
      const changed = await client.query(
        `UPDATE staff SET totp_sealed = $2, totp_step = $3, recovery_hashes = $4, second_factor_at = $5
         WHERE id = $1 AND second_factor_at IS NULL`,
        [
          staff.id,
          Buffer.from(sealed, 'base64'),
          step,
          codes.map((one) => recoveryCodeHash(staff.id, one)),
          new Date(nowMs),
        ],
      );
      if (changed.rowCount !== 1) return undefined;
      await note(client, staff, 'secondFactorOn');
      return codes;
    });
  }

  /** Whether this is a code of the app or a recovery code; either is worth something once. */
  async prove(staff: AtTheDoor, typed: string, nowMs: number): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const row = (await client.query<FactorRow>(`${READ} FOR UPDATE`, [staff.id])).rows[0];
      if (!row?.totp_sealed) return false;
      const secret = this.masterKeys.open(row.totp_sealed, secretContext.staffTotp(staff.id));
      const step = acceptedTotpStep(secret, typed, { nowMs, lastStep: row.totp_step });
      if (step !== undefined) {
        await client.query('UPDATE staff SET totp_step = $2 WHERE id = $1', [staff.id, step]);
        return true;
      }
      const hash = recoveryCodeHash(staff.id, typed);
      if (!row.recovery_hashes.includes(hash)) return false;
      await client.query(
        'UPDATE staff SET recovery_hashes = array_remove(recovery_hashes, $2) WHERE id = $1',
        [staff.id, hash],
      );
      await note(client, staff, 'recoveryCodeUsed', {
        after: { left: row.recovery_hashes.length - 1 },
      });
      return true;
    });
  }

  /** New recovery codes in place of the old ones. */
  async renewRecoveryCodes(staff: AtTheDoor): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await inTransaction(this.pool, async (client) => {
      const changed = await client.query(
        'UPDATE staff SET recovery_hashes = $2 WHERE id = $1 AND second_factor_at IS NOT NULL',
        [staff.id, codes.map((one) => recoveryCodeHash(staff.id, one))],
      );
      if (changed.rowCount !== 1) throw new DomainError('request.not-found');
      await note(client, staff, 'recoveryCodesRenewed');
    });
    return codes;
  }

  turnOff(staff: AtTheDoor): Promise<void> {
    return this.clear(staff, { staffId: staff.id, action: 'secondFactorOff' });
  }

  /** For who lost telephone and codes. Whoever is inside with the old ones is put out. */
  reset(staff: AtTheDoor, staffId: string, reason: string): Promise<void> {
    if (staff.id === staffId) throw new DomainError('staff.forbidden');
    return this.clear(staff, { staffId, action: 'secondFactorReset', reason });
  }

  private async clear(
    staff: AtTheDoor,
    what: { readonly staffId: string; readonly action: string; readonly reason?: string },
  ): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const changed = await client.query(
        `UPDATE staff SET second_factor_at = NULL, totp_sealed = NULL, totp_step = 0, recovery_hashes = '{}'
         WHERE id = $1 AND second_factor_at IS NOT NULL`,
        [what.staffId],
      );
      if (changed.rowCount !== 1) throw new DomainError('request.not-found');
      if (what.staffId !== staff.id)
        await client.query(
          `DELETE FROM staff_sessions WHERE $1 IN (sess->>'staffId', sess->>'pendingStaffId')`,
          [what.staffId],
        );
      await note(client, staff, what.action, { recordId: what.staffId, reason: what.reason });
    });
  }
}

const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => recoveryCodeText(randomBytes(RECOVERY_CODE_BYTES)));

function note(
  client: pg.PoolClient,
  staff: AtTheDoor,
  action: string,
  more: {
    readonly recordId?: string;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason?: string | undefined;
  } = {},
): Promise<void> {
  return writeAudit(client, {
    staffEmail: staff.email,
    action,
    resource: 'Staff',
    recordId: more.recordId ?? staff.id,
    after: more.after ?? null,
    reason: more.reason ?? null,
    requestId: staff.requestId,
    address: staff.address,
  });
}
