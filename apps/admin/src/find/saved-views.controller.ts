import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { mayStaff } from '#domain';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import type { SavedView } from '../components/find-views.js';
import { checked, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { filtersOfList, requireReadable } from './list-address.js';
import { readSavedViews, removeView, saveView } from './saved-view.store.js';

const QUERY_LENGTH_MAX = 2000;
const view = z.strictObject({
  resource: z.string(),
  name: z.string().trim().min(1).max(60),
  query: z.string().max(QUERY_LENGTH_MAX),
  isShared: z.boolean(),
});

/** Lists with filters and order that people come back to. They hold no rights: whoever opens one sees what they may see. */
@Controller('admin')
export class SavedViewsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get('data/saved-views/:resource')
  async list(
    @Staff() staff: PanelStaff,
    @Param('resource') resource: string,
  ): Promise<{ views: readonly SavedView[] }> {
    requireReadable(staff, resource);
    return { views: await readSavedViews(this.pool, staff.id, resource) };
  }

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/saved-views')
  async save(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ done: true }> {
    const asked = checked(view, body);
    requireReadable(staff, asked.resource);
    await saveView(this.pool, staff.id, { ...asked, query: filtersOfList(asked.query) });
    return { done: true };
  }

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/saved-views/:id/remove')
  async remove(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<{ done: true }> {
    const mayRemoveShared = mayStaff(staff.role, 'staff.write');
    await removeView(this.pool, uuidOf(id), { staffId: staff.id, mayRemoveShared });
    return { done: true };
  }
}
