import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, EXPORT_FORMATS, shanghaiDate } from '#domain';
import { inTransaction } from '#domain/database';
import { messagesOf } from '#domain/i18n';
import {
  askExport,
  type ExportState,
  readExport,
  readExportParts,
  writeAudit,
} from '#domain/stores';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import { filtersOfList, requireReadable } from '../find/list-address.js';
import { checked, formKeyField, recordIdOf } from '../http/checked.js';
import { nameFile, XLSX } from '../http/sheet-download.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { ExportRunsService } from './export-runs.service.js';

const ask = z.strictObject({
  resource: z.string(),
  query: z.string().max(2000),
  format: z.enum(EXPORT_FORMATS),
  formKey: formKeyField,
});
const TYPES = { csv: 'text/csv; charset=utf-8', xlsx: XLSX } as const;

/** Lists as files: what the list shows to this person, all pages of it. Made in the background, kept for a day. */
@Controller('admin')
export class ExportController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly runs: ExportRunsService,
  ) {}

  @ForAllStaff()
  @HttpCode(200)
  @Post('command/exports')
  async ask(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<{ id: string }> {
    const { query, ...asked } = checked(ask, body);
    requireReadable(staff, asked.resource);
    const filters = filtersOfList(query);
    const id = await inTransaction(this.pool, async (client) => {
      const made = await askExport(client, { ...asked, query: filters, staffId: staff.id });
      if (made.isNew)
        await writeAudit(client, {
          staffEmail: staff.email,
          action: 'export',
          resource: asked.resource,
          recordId: made.id,
          after: { query: filters, format: asked.format },
          requestId: staff.requestId,
          address: staff.address,
        });
      return made.id;
    });
    this.runs.wake();
    return { id };
  }

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get('data/exports/:id')
  state(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<ExportState> {
    return this.own(staff, id);
  }

  @ForAllStaff()
  @Get('data/exports/:id/file')
  async file(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const file = await this.own(staff, id);
    requireReadable(staff, file.resource);
    if (file.status !== 'done') throw new DomainError('request.not-found');
    const { entity } = messagesOf(staff.language);
    const title = entity[file.resource as keyof typeof entity];
    const name = `${title}-${shanghaiDate(Date.now())}.${file.format}`;
    nameFile(response, { type: TYPES[file.format], name });
    // Whoever leaves in the middle of a download has taken what there was.
    await pipeline(Readable.from(readExportParts(this.pool, file.id)), response).catch(() =>
      response.destroy(),
    );
  }

  private async own(staff: PanelStaff, id: string): Promise<ExportState> {
    const file = await readExport(this.pool, recordIdOf(id), staff.id);
    if (!file) throw new DomainError('request.not-found');
    return file;
  }
}
