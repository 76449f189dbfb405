import { Body, Controller, Header, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { SecretsService } from './secrets.service.js';

const nothing = z.strictObject({});
const withReason = z.strictObject({ reason: reasonField });
/** Secrets of platforms. */
@Controller('admin/command')
export class PlatformCommandsController {
  constructor(private readonly secrets: SecretsService) {}

  @Confirmed()
  @Requires('platform.write')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post('platforms/:id/credentials')
  newCredential(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    checked(nothing, body);
    return this.secrets.newCredential(staff, uuidOf(id));
  }

  @Confirmed()
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
