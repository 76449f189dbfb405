import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { DomainError, HAO_PER_FEN } from '#domain';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';
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
    private readonly approvals: ApprovalsService,
    private readonly secrets: SecretsService,
  ) {}

  /** The same form handed in twice books once. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('platforms/:id/top-up')
  topUp(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const platformId = uuidOf(id);
    const { amount, note, formKey } = checked(topUp, body);
    const amountHao = parseShownYuan(amount);
    if (amountHao === undefined) throw new Refusal('notAnAmount');
    if (amountHao <= 0) throw new Refusal('notPositive');
    // A bank knows no fraction of a fen.
    if (amountHao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
    if (note.length < 2) throw new DomainError('staff.reason-required');
    return this.approvals.submit(staff, {
      kind: 'platform-top-up',
      formKey,
      resource: 'Platform',
      recordId: platformId,
      payload: { platformId, amountHao, note },
      amountHao,
      reason: note,
    });
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
