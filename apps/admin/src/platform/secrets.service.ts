import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { MasterKeys, secretContext, writeAudit } from '#domain/stores';
import type { PanelStaff } from '../resource/resource-definition.js';

const SECRET_BYTES = 32;
const KEY_CODE_LENGTH_MAX = 40;

/** Keys and secrets of platforms: made here, stored sealed, told once. */
@Injectable()
export class SecretsService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  /** The first key brings the callback secret with it: a platform that can order can also check its callbacks. */
  async newCredential(
    staff: PanelStaff,
    platformId: string,
  ): Promise<{ key: string; secret: string; callbackSecret?: string }> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return inTransaction(this.pool, async (client) => {
      const { code, hasCallbackSecret } = await lockPlatform(client, platformId);
      const key = `ak_${code.slice(0, KEY_CODE_LENGTH_MAX)}_${randomBytes(9).toString('hex')}`;
      const sealed = this.masterKeys.seal(Buffer.from(secret), secretContext.apiCredential(key));
      const made = await client.query<{ id: string }>(
        'INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, $3) RETURNING id',
        [platformId, key, sealed],
      );
      await note(client, staff, {
        action: 'create',
        resource: 'ApiCredential',
        recordId: made.rows[0]?.id,
        after: { key },
      });
      if (hasCallbackSecret) return { key, secret };
      const callbackSecret = await this.writeCallbackSecret(client, staff, { platformId, code });
      return { key, secret, callbackSecret };
    });
  }

  async newCallbackSecret(staff: PanelStaff, platformId: string): Promise<{ secret: string }> {
    return inTransaction(this.pool, async (client) => {
      const { code } = await lockPlatform(client, platformId);
      return { secret: await this.writeCallbackSecret(client, staff, { platformId, code }) };
    });
  }

  private async writeCallbackSecret(
    client: pg.PoolClient,
    staff: PanelStaff,
    { platformId, code }: { readonly platformId: string; readonly code: string },
  ): Promise<string> {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const sealed = this.masterKeys.seal(Buffer.from(secret), secretContext.platformCallback(code));
    await client.query(
      `UPDATE platforms SET callback_secret_sealed = $2, version = version + 1, updated_at = now() WHERE id = $1`,
      [platformId, sealed],
    );
    await note(client, staff, {
      action: 'newCallbackSecret',
      resource: 'Platform',
      recordId: platformId,
    });
    return secret;
  }

  /** Throws `request.not-found` where no such credential is active. */
  async revoke(staff: PanelStaff, credentialId: string, reason: string): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const revoked = await client.query(
        `UPDATE api_credentials SET status = 'revoked', version = version + 1, updated_at = now()
         WHERE id = $1 AND status = 'active'`,
        [credentialId],
      );
      if (revoked.rowCount !== 1) throw new DomainError('request.not-found');
      await note(client, staff, {
        action: 'revokeCredential',
        resource: 'ApiCredential',
        recordId: credentialId,
        before: { status: 'active' },
        after: { status: 'revoked' },
        reason,
      });
    });
  }
}

async function lockPlatform(
  client: pg.PoolClient,
  platformId: string,
): Promise<{ code: string; hasCallbackSecret: boolean }> {
  const found = await client.query<{ code: string; has_secret: boolean }>(
    'SELECT code, callback_secret_sealed IS NOT NULL AS has_secret FROM platforms WHERE id = $1 FOR UPDATE',
    [platformId],
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('request.not-found');
  return { code: row.code, hasCallbackSecret: row.has_secret };
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  what: {
    readonly action: string;
    readonly resource: string;
    readonly recordId: string | undefined;
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason?: string;
  },
): Promise<void> {
  return writeAudit(client, {
    ...what,
    recordId: what.recordId ?? null,
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
  });
}
