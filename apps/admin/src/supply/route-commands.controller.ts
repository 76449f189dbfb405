import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, WAKE_ORDERS_OF_PRODUCTS } from '#domain';
import { inTransaction } from '#domain/database';
import { askAgainAbout, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const ASKED_MAX = 200;
const reasonForm = z.strictObject({ reason: reasonField });
const askForm = z.strictObject({ ids: z.array(recordId).min(1).max(ASKED_MAX) });

/** What staff do about routes, and about many attempts at once. */
@Controller('admin/command')
export class RouteCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** The source is well again: what it did before counts no more for its breaker, and waiting orders look again. */
  @Requires('supply.write')
  @HttpCode(200)
  @Post('supply-routes/:id/reset-breaker')
  async resetBreaker(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'breakerReset' }> {
    const routeId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    await inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<{ product_id: string; breaker_reset_at: Date }>(
        `UPDATE supply_routes SET breaker_reset_at = now(), version = version + 1, updated_at = now() WHERE id = $1
         RETURNING product_id, breaker_reset_at`,
        [routeId],
      );
      const route = rows[0];
      if (!route) throw new DomainError('request.not-found');
      await client.query(WAKE_ORDERS_OF_PRODUCTS, [[route.product_id]]);
      await writeAudit(client, {
        ...who(staff),
        action: 'resetBreaker',
        resource: 'SupplyRoute',
        recordId: routeId,
        after: { breakerResetAt: route.breaker_reset_at.toISOString() },
        reason,
      });
    });
    return { notice: 'breakerReset' };
  }

  /** Their suppliers are asked once more, at once; those that have ended meanwhile are passed over. */
  @Requires('supply.decide')
  @HttpCode(200)
  @Post('attempts/ask-again')
  async askAgain(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ asked: number; skipped: number }> {
    const { ids } = checked(askForm, body);
    const asked = await inTransaction(this.pool, async (client) => {
      const attemptIds = await askAgainAbout(client, ids, Date.now());
      if (attemptIds.length > 0)
        await writeAudit(client, {
          ...who(staff),
          action: 'askAgainMany',
          resource: 'Attempt',
          recordId: attemptIds[0] ?? '',
          after: { attempts: attemptIds.join(', ') },
        });
      return attemptIds.length;
    });
    return { asked, skipped: ids.length - asked };
  }
}

const who = (staff: PanelStaff) => ({
  staffEmail: staff.email,
  requestId: staff.requestId,
  address: staff.address,
});
