import {
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Post,
  Query,
  Param,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import pg from 'pg';
import { z } from 'zod';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { DOCUMENT_BYTES_MAX, keepDocument, readDocumentContent, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, recordIdOf, uuidOf } from '../http/checked.js';
import { bytesOf } from '../http/request-bytes.js';
import { sendFile } from '../http/sheet-download.js';
import { wholeOf } from '../inventory/upload.js';
import type { LicenceYearView } from '../components/licence-views.js';
import { readLicenceYear } from './licence-year.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const YEAR = z.coerce.number().int().min(1990).max(2100);
const uploadQuery = z.strictObject({ licence: z.uuid(), name: z.string().trim().min(1).max(200) });

/** Scans of licences come in, and leave as files to keep: never shown inside the panel. */
@Controller('admin')
export class LicenceDocumentsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('licence.write')
  @HttpCode(200)
  @Post('command/licence-documents')
  async keep(
    @Staff() staff: PanelStaff,
    @Query() query: unknown,
    @Req() request: Request,
  ): Promise<{ notice: 'documentKept'; id: string }> {
    const { licence, name } = checked(uploadQuery, query);
    const licenceId = uuidOf(licence);
    const content = await wholeOf(bytesOf(request), DOCUMENT_BYTES_MAX);
    return inTransaction(this.pool, async (client) => {
      const document = { licenceId, name, content, actor: staff.email, nowMs: Date.now() };
      const { id, sha256 } = await keepDocument(client, document);
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        resource: 'Licence',
        recordId: licenceId,
        action: 'uploadDocument',
        after: { name, sha256 },
      });
      return { notice: 'documentKept', id };
    });
  }

  @Requires('licence.read')
  @Header('Cache-Control', 'no-store')
  @Get('data/licence-year/:year')
  year(@Staff() staff: PanelStaff, @Param('year') yearText: string): Promise<LicenceYearView> {
    const year = checked(YEAR, yearText);
    return readLicenceYear(this.pool, staff.language, { year, nowMs: Date.now() });
  }

  @Requires('licence.read')
  @Get('data/licence-documents/:id')
  async download(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const document = await readDocumentContent(this.pool, recordIdOf(id));
    if (!document) throw new DomainError('request.not-found');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', 'sandbox');
    sendFile(response, { type: document.mediaType, name: document.name }, document.content);
  }
}
