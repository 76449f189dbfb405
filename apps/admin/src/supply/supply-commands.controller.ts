import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DECISIONS, DomainError, SUPPLIER_STATUSES, type Decision } from '#domain';
import { inTransaction } from '#domain/database';
import {
  CardVault,
  decideAttempt,
  MasterKeys,
  sealSupplierSecret,
  writeAudit,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const CARDS_MAX = 100;
const secretForm = z.strictObject({ secret: z.string().trim().min(4).max(500) });
const moveForm = z.strictObject({ to: z.enum(SUPPLIER_STATUSES) });
const decisionForm = z.strictObject({
  decision: z.enum(DECISIONS),
  reason: reasonField,
  supplierCode: z.string().trim().max(40).optional(),
  cards: z.string().trim().max(20_000).optional(),
});

/** What staff do about suppliers and about outcomes that nobody else can tell. */
@Controller('admin/command')
export class SupplyCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
    private readonly vault: CardVault,
  ) {}

  /** The supplier's own secret, as it gave it to us: stored sealed, never shown again. */
  @Requires('supply.write')
  @HttpCode(200)
  @Post('suppliers/:id/secret')
  async setSecret(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'secretStored' }> {
    const supplierId = uuidOf(id);
    const { secret } = checked(secretForm, body);
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ code: string }>(
        'SELECT code FROM suppliers WHERE id = $1 FOR UPDATE',
        [supplierId],
      );
      const code = rows[0]?.code;
      if (code === undefined) throw new DomainError('supplier.not-found', { supplierCode: id });
      await client.query(
        'UPDATE suppliers SET secret_sealed = $2, version = version + 1, updated_at = now() WHERE id = $1',
        [supplierId, sealSupplierSecret(this.masterKeys, code, secret)],
      );
      await note(client, staff, {
        action: 'setSupplierSecret',
        resource: 'Supplier',
        recordId: id,
      });
    });
    return { notice: 'secretStored' };
  }

  @Requires('supply.write')
  @HttpCode(200)
  @Post('suppliers/:id/move')
  async move(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'done' }> {
    const supplierId = uuidOf(id);
    const { to } = checked(moveForm, body);
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ status: string }>(
        'SELECT status FROM suppliers WHERE id = $1 FOR UPDATE',
        [supplierId],
      );
      const before = rows[0];
      if (!before) throw new DomainError('supplier.not-found', { supplierCode: id });
      await client.query(
        'UPDATE suppliers SET status = $2, version = version + 1, updated_at = now() WHERE id = $1',
        [supplierId, to],
      );
      await note(client, staff, {
        action: 'move',
        resource: 'Supplier',
        recordId: id,
        before,
        after: { status: to },
      });
    });
    return { notice: 'done' };
  }

  @Requires('supply.decide')
  @HttpCode(200)
  @Post('attempts/:id/decide')
  async decide(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'attemptDecided' }> {
    const attemptId = checked(recordId, id);
    const { decision, reason, supplierCode, cards } = checked(decisionForm, body);
    await decideAttempt(
      { pool: this.pool, vault: this.vault, clockSpeed: 1 },
      {
        attemptId,
        decision,
        ...(supplierCode === undefined ? {} : { supplierCode }),
        cards: cardsOf(cards),
        actorName: staff.email,
        nowMs: Date.now(),
      },
      (client) =>
        note(client, staff, {
          action: 'decideAttempt',
          resource: 'Attempt',
          recordId: attemptId,
          after: auditOf(decision, supplierCode),
          reason,
        }),
    );
    return { notice: 'attemptDecided' };
  }
}

const auditOf = (
  decision: Decision,
  supplierCode: string | undefined,
): Readonly<Record<string, string>> =>
  supplierCode === undefined ? { decision } : { decision, supplier: supplierCode };

/** Cards as a person types them: `number password`, several with a semicolon between. */
function cardsOf(text: string | undefined) {
  return (text ?? '')
    .split(/[;；\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, CARDS_MAX)
    .map((line) => {
      const [cardNo = '', ...rest] = line.split(/[\s,，|]+/);
      return { cardNo, cardPassword: rest.join(' '), expiresAtMs: undefined };
    });
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  done: {
    readonly action: string;
    readonly resource: string;
    readonly recordId: string;
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason?: string;
  },
): Promise<void> {
  return writeAudit(client, {
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
    ...done,
  });
}
