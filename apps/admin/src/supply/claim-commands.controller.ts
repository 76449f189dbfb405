import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, mayStaff } from '#domain';
import {
  askWriteOff,
  confirmWriteOff,
  recoverClaim,
  remarkClaim,
  writeAudit,
} from '#domain/stores';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const withReason = z.strictObject({ reason: reasonField });
const recovery = z.strictObject({ amount: z.string().trim().max(20), reason: reasonField });

/** What staff do about money that suppliers owe us. */
@Controller('admin/command/claims')
export class ClaimCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/recover')
  async recover(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'claimRecovered' }> {
    const claimId = uuidOf(id);
    const { amount, reason } = checked(recovery, body);
    const amountHao = parseShownYuan(amount);
    if (amountHao === undefined || amountHao <= 0)
      throw new DomainError('request.invalid', { pointer: '/amount' });
    await recoverClaim(
      this.pool,
      { claimId, amountHao, remark: reason, nowMs: Date.now() },
      (client) =>
        note(client, staff, { action: 'recoverClaim', claimId, reason, after: { amount } }),
    );
    return { notice: 'claimRecovered' };
  }

  @Requires('supply.read')
  @HttpCode(200)
  @Post(':id/remark')
  async remark(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'remarkSaved' }> {
    requireKeeper(staff);
    const claimId = uuidOf(id);
    const { reason } = checked(withReason, body);
    await remarkClaim(this.pool, { claimId, remark: reason }, (client) =>
      note(client, staff, { action: 'remarkClaim', claimId, reason }),
    );
    return { notice: 'remarkSaved' };
  }

  @Requires('supply.read')
  @HttpCode(200)
  @Post(':id/ask-write-off')
  async askWriteOff(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'writeOffAsked' }> {
    requireKeeper(staff);
    const claimId = uuidOf(id);
    const { reason } = checked(withReason, body);
    await askWriteOff(this.pool, { claimId, remark: reason, staffEmail: staff.email }, (client) =>
      note(client, staff, { action: 'askWriteOff', claimId, reason }),
    );
    return { notice: 'writeOffAsked' };
  }

  @Confirmed()
  @Requires('money.approve')
  @HttpCode(200)
  @Post(':id/confirm-write-off')
  async confirm(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
  ): Promise<{ notice: 'claimWrittenOff' }> {
    const claimId = uuidOf(id);
    await confirmWriteOff(
      this.pool,
      { claimId, staffEmail: staff.email, nowMs: Date.now() },
      (client) => note(client, staff, { action: 'confirmWriteOff', claimId }),
    );
    return { notice: 'claimWrittenOff' };
  }
}

/** Who works with suppliers or with money. */
function requireKeeper({ role }: PanelStaff): void {
  if (!mayStaff(role, 'supply.write') && !mayStaff(role, 'money.write'))
    throw new DomainError('staff.forbidden');
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  done: {
    readonly action: string;
    readonly claimId: string;
    readonly reason?: string;
    readonly after?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { claimId, ...more } = done;
  return writeAudit(client, {
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
    resource: 'SupplyClaim',
    recordId: claimId,
    ...more,
  });
}
