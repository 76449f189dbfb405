import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { LANGUAGES } from '#domain/i18n';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { ForAllStaff, Staff } from './permission.guard.js';
import { changeLanguage } from './staff.store.js';

const languageChange = z.strictObject({ language: z.enum(LANGUAGES) });

/** What everybody may change about themselves. */
@Controller('admin/command/me')
export class MeController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @HttpCode(200)
  @Post('language')
  async language(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ done: true }> {
    await changeLanguage(this.pool, staff.id, checked(languageChange, body).language);
    return { done: true };
  }
}
