import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { formatAmount, REPLENISHMENT_QUANTITY_MAX } from '#domain';
import { inTransaction } from '#domain/database';
import { askReplenishment, cancelReplenishment, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const askForm = z.strictObject({
  quantity: z.coerce.number().int().min(1).max(REPLENISHMENT_QUANTITY_MAX),
  reason: reasonField,
});
const cancelForm = z.strictObject({ reason: reasonField });

/** Stock that a person asks for, and purchases that a person stops. */
@Controller('admin/command')
export class ReplenishmentCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('supply.write')
  @HttpCode(200)
  @Post('products/:id/replenish')
  async ask(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'replenishmentAsked' | 'replenishmentWaits' }> {
    const productId = uuidOf(id);
    const { quantity, reason } = checked(askForm, body);
    const asked = await inTransaction(this.pool, async (client) => {
      const made = await askReplenishment(client, {
        productId,
        quantity,
        reason,
        cause: 'manual',
        stockTarget: null,
        hoursLeft: null,
        askedBy: staff.email,
        nowMs: Date.now(),
      });
      await this.note(client, staff, {
        action: 'replenish',
        recordId: made.replenishmentId,
        after: { quantity, amount: formatAmount(made.budgetHao), status: made.status },
        reason,
      });
      return made;
    });
    return { notice: asked.status === 'approval' ? 'replenishmentWaits' : 'replenishmentAsked' };
  }

  @Requires('supply.write')
  @HttpCode(200)
  @Post('replenishments/:id/cancel')
  async cancel(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'replenishmentCancelled' }> {
    const replenishmentId = checked(recordId, id);
    const { reason } = checked(cancelForm, body);
    await inTransaction(this.pool, async (client) => {
      await cancelReplenishment(client, { replenishmentId, nowMs: Date.now() });
      await this.note(client, staff, {
        action: 'cancelReplenishment',
        recordId: replenishmentId,
        after: {},
        reason,
      });
    });
    return { notice: 'replenishmentCancelled' };
  }

  private note(
    client: pg.PoolClient,
    staff: PanelStaff,
    done: {
      readonly action: string;
      readonly recordId: string;
      readonly after: Readonly<Record<string, unknown>>;
      readonly reason: string;
    },
  ): Promise<void> {
    return writeAudit(client, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      resource: 'Replenishment',
      ...done,
    });
  }
}
