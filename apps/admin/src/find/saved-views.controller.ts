import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, mayStaff } from '#domain';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import type { SavedView } from '../components/find-views.js';
import { checked, uuidOf } from '../http/checked.js';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';
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
    await saveView(this.pool, staff.id, { ...asked, query: filtersOf(asked.query) });
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

function requireReadable(staff: PanelStaff, resource: string): void {
  const definition = RESOURCES.find((one) => entityName(one) === resource);
  if (!definition) throw new DomainError('request.not-found');
  if (!mayStaff(staff.role, definition.read)) throw new DomainError('staff.forbidden');
}

/** Filters and order of an address; a page number or a mark of the moment is not kept. */
function filtersOf(query: string): string {
  const kept = [...new URLSearchParams(query)].filter(
    ([name]) => name.startsWith('filters.') || name === 'sortBy' || name === 'direction',
  );
  return new URLSearchParams(kept).toString();
}
