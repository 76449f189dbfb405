import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DAY_MS, DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { endHold, placeHold, writeAudit } from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, recordIdOf, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { amountOf } from './platform-money.controller.js';

const DAYS_MAX = 365;
const placing = z.strictObject({
  amount: z.string().trim(),
  days: z.string().trim(),
  reason: reasonField,
  formKey: formKeyField,
});
const posting = z.strictObject({
  amount: z.string().trim(),
  reason: reasonField,
  formKey: formKeyField,
});
const voiding = z.strictObject({ reason: reasonField });

/** Money of platforms that is set apart: placed and given back by one person, taken by two above the limit. */
@Controller('admin/command')
export class HoldController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  /** Throws `ledger.below-floor` where the platform has not enough. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('platforms/:id/holds')
  async place(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'holdPlaced' }> {
    const platformId = uuidOf(id);
    const { amount, days, reason, formKey } = checked(placing, body);
    const amountHao = amountOf(amount, false);
    if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > DAYS_MAX)
      throw new Refusal('notANumber');
    const nowMs = Date.now();
    await inTransaction(this.pool, async (client) => {
      const expiresAtMs = nowMs + Number(days) * DAY_MS;
      const key = `panel:${formKey}`;
      const hold = await placeHold(client, {
        ...{ key, platformId, amountHao, reason, expiresAtMs, nowMs },
      });
      await this.note(client, staff, {
        action: 'placeHold',
        recordId: hold.id,
        after: { amount: shownAmount(amountHao) },
        reason,
      });
    });
    return { notice: 'holdPlaced' };
  }

  /** All of it or a part; what is not taken goes back to the platform. */
  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post('holds/:id/post')
  post(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const holdId = recordIdOf(id);
    const { amount, reason, formKey } = checked(posting, body);
    const amountHao = amountOf(amount, false);
    return this.approvals.submit(staff, {
      ...{ kind: 'hold-posting', formKey, resource: 'BalanceHold', recordId: holdId },
      payload: { holdId, amountHao },
      amountHao,
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('holds/:id/void')
  async void(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'holdVoided' }> {
    const holdId = recordIdOf(id);
    const { reason } = checked(voiding, body);
    await inTransaction(this.pool, async (client) => {
      const isNew = await endHold(client, {
        ...{ id: holdId, to: 'voided', memo: reason, nowMs: Date.now() },
      });
      if (!isNew) throw new DomainError('hold.not-open', { status: 'voided' });
      await this.note(client, staff, { action: 'voidHold', recordId: holdId, after: {}, reason });
    });
    return { notice: 'holdVoided' };
  }

  private note(
    client: pg.PoolClient,
    { email: staffEmail, requestId, address }: PanelStaff,
    done: {
      readonly action: string;
      readonly recordId: string;
      readonly after: Readonly<Record<string, unknown>>;
      readonly reason: string;
    },
  ): Promise<void> {
    return writeAudit(client, { staffEmail, requestId, address, resource: 'BalanceHold', ...done });
  }
}
