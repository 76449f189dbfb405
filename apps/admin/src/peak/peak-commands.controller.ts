import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, formatAmount, type CapacityStatus } from '#domain';
import { inTransaction } from '#domain/database';
import { answerCapacity, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const QUANTITY_MAX = 1_000_000;
const confirmForm = z.strictObject({
  quantity: z.coerce.number().int().min(1).max(QUANTITY_MAX),
  price: z.string(),
  reason: reasonField,
});
const noteForm = z.strictObject({ reason: reasonField });

type Answered = Promise<{ notice: 'done' }>;

/** What suppliers say to the question whether they can deliver more at a peak. */
@Controller('admin/command/capacity-requests')
export class PeakCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('supply.write')
  @HttpCode(200)
  @Post(':id/confirm')
  confirm(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown): Answered {
    const { quantity, price, reason } = checked(confirmForm, body);
    const priceHao = parseShownYuan(price);
    if (priceHao === undefined || priceHao <= 0) throw new DomainError('request.invalid');
    return this.answer(staff, id, {
      to: 'confirmed',
      note: reason,
      confirmed: { quantity, priceHao },
    });
  }

  @Requires('supply.write')
  @HttpCode(200)
  @Post(':id/decline')
  decline(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown): Answered {
    return this.answer(staff, id, { to: 'declined', note: checked(noteForm, body).reason });
  }

  @Requires('supply.write')
  @HttpCode(200)
  @Post(':id/use')
  use(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown): Answered {
    return this.answer(staff, id, { to: 'used', note: checked(noteForm, body).reason });
  }

  private async answer(
    staff: PanelStaff,
    id: string,
    said: {
      readonly to: Exclude<CapacityStatus, 'asked'>;
      readonly note: string;
      readonly confirmed?: { readonly quantity: number; readonly priceHao: number };
    },
  ): Answered {
    const requestId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      const { before } = await answerCapacity(client, {
        ...said,
        requestId,
        by: staff.email,
        nowMs: Date.now(),
      });
      const { to, note, confirmed } = said;
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        action: 'move',
        resource: 'CapacityRequest',
        recordId: requestId,
        before: { status: before },
        after: {
          status: to,
          ...(confirmed === undefined
            ? {}
            : { quantity: confirmed.quantity, amount: formatAmount(confirmed.priceHao) }),
        },
        reason: note,
      });
    });
    return { notice: 'done' };
  }
}
