import { Body, Controller, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, formatAmount, HAO_PER_FEN } from '#domain';
import { bookTopUp, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan, shownAmount } from '../resource/shown-amount.js';
import { SecretsService } from './secrets.service.js';

const NOTE_LENGTH_MAX = 120;
const nothing = z.strictObject({});
const withReason = z.strictObject({ reason: reasonField });
const topUp = z.strictObject({
  amount: z.string().trim(),
  note: z.string().trim().max(NOTE_LENGTH_MAX),
  formKey: formKeyField,
});

/** Money and secrets of platforms. */
@Controller('admin/command')
export class PlatformCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly secrets: SecretsService,
  ) {}

  /** The same form handed in twice books once. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('platforms/:id/top-up')
  async topUp(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ balance: string; notice: 'topUpRecorded' | 'topUpRepeated' }> {
    const platformId = uuidOf(id);
    const { amount, note, formKey } = checked(topUp, body);
    const amountHao = parseShownYuan(amount);
    if (amountHao === undefined) throw new Refusal('notAnAmount');
    if (amountHao <= 0) throw new Refusal('notPositive');
    // A bank knows no fraction of a fen.
    if (amountHao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
    if (note.length < 2) throw new DomainError('staff.reason-required');
    const booking = {
      platformId,
      amountHao,
      key: `panel:${formKey}`,
      memo: `${note} · ${staff.email}`,
    };
    const { isNew, balanceHao } = await bookTopUp(this.pool, booking, (client) =>
      writeAudit(client, {
        staffEmail: staff.email,
        action: 'recordTopUp',
        resource: 'Platform',
        recordId: platformId,
        after: { amount: formatAmount(amountHao) },
        reason: note,
        requestId: staff.requestId,
        address: staff.address,
      }),
    );
    return { balance: shownAmount(balanceHao), notice: isNew ? 'topUpRecorded' : 'topUpRepeated' };
  }

  @Requires('platform.write')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('platforms/:id/credentials')
  newCredential(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    checked(nothing, body);
    return this.secrets.newCredential(staff, uuidOf(id));
  }

  @Requires('platform.write')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('platforms/:id/callback-secret')
  newCallbackSecret(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    checked(nothing, body);
    return this.secrets.newCallbackSecret(staff, uuidOf(id));
  }

  @Requires('platform.write')
  @HttpCode(200)
  @Post('credentials/:id/revoke')
  async revoke(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    const { reason } = checked(withReason, body);
    await this.secrets.revoke(staff, uuidOf(id), reason);
    return { done: true };
  }
}
