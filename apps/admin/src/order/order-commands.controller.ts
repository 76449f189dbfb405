import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, type OrderStatus, UNIT_KEY_FACTOR } from '#domain';
import type { CardSecret } from '#domain/stores';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, recordIdOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { OrderCommandsService } from './order-commands.service.js';
import { RevealCardService } from './reveal-card.service.js';

const withReason = z.strictObject({ reason: reasonField });
const nothing = z.strictObject({});
const revealOfUnit = z.strictObject({
  unitNo: z
    .int()
    .min(0)
    .max(UNIT_KEY_FACTOR - 1),
  reason: reasonField,
});

/** What staff may do to an order: by POST, by our own pages, each with its own permission. */
@Controller('admin/command')
export class OrderCommandsController {
  constructor(
    private readonly commands: OrderCommandsService,
    private readonly cards: RevealCardService,
  ) {}

  @Requires('order.cancel')
  @HttpCode(200)
  @Post('orders/:id/cancel')
  async cancel(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ status: OrderStatus }> {
    const { reason } = checked(withReason, body);
    return { status: await this.commands.cancel(staff, recordIdOf(id), reason) };
  }

  @Requires('order.retry')
  @HttpCode(200)
  @Post('orders/:id/retry')
  retry(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ status: OrderStatus; isWaiting: boolean }> {
    checked(nothing, body);
    return this.commands.retry(staff, recordIdOf(id));
  }

  @Confirmed()
  @Requires('card.reveal')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('orders/:id/reveal')
  reveal(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<CardSecret> {
    return this.cards.reveal(staff, { orderId: recordIdOf(id), ...checked(revealOfUnit, body) });
  }

  @Requires('callback.replay')
  @HttpCode(200)
  @Post('callbacks/:id/replay')
  async replay(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    checked(nothing, body);
    if (!recordId.safeParse(id).success) throw new DomainError('callback.not-found');
    await this.commands.replay(staff, id);
    return { done: true };
  }
}
