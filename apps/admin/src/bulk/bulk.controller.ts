import { Body, Controller, Header, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import type { BulkView } from '../components/find-views.js';
import type { Verb } from '../components/views.js';
import { requireReadable } from '../find/list-address.js';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { verbsOf } from '../verbs/verbs.controller.js';
import { orderVerbs } from './order-verbs.js';

/** As many as a page of a list shows at most. */
const RECORDS_MAX = 100;
const question = z.strictObject({
  resource: z.string(),
  ids: z
    .array(z.string().regex(/^[\w-]{1,40}$/))
    .min(1)
    .max(RECORDS_MAX),
});

/** Dry run of doing the same to many records: what could be done to which of them, and how. Nothing is changed here. */
@Controller('admin/command/bulk')
export class BulkController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @Post()
  async look(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<BulkView> {
    const { resource, ids } = checked(question, body);
    requireReadable(staff, resource);
    const records = [];
    for (const id of ids) {
      const verbs = await this.verbs(staff, resource, id);
      records.push({ id, verbs: verbs.filter(isSameForMany) });
    }
    return { records };
  }

  private verbs(staff: PanelStaff, entity: string, id: string): Promise<readonly Verb[]> {
    if (entity === 'Order') return orderVerbs(this.pool, staff, id);
    return verbsOf(this.pool, staff, { entity, id });
  }
}

/** What shows a secret or asks for what differs from record to record is done one by one. */
const isSameForMany = ({ kind, reveals, fields = [] }: Verb): boolean =>
  kind === 'post' && reveals === undefined && fields.every(({ name }) => name === 'reason');
