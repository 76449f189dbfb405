import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import pg from 'pg';
import { z } from 'zod';
import {
  type CardFilePreview,
  ENCODING_CHOICES,
  previewOfSample,
  sampleCardFile,
  shanghaiDate,
} from '#domain';
import { CardVault, importReport } from '#domain/stores';
import type { ImportView } from '../components/views.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, uuidOf } from '../http/checked.js';
import { bytesOf } from '../http/request-bytes.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { cardsInVault } from './cards-in-vault.js';
import { ImportRunsService } from './import-runs.service.js';
import { readImport } from './import-view.js';
import { wholeOf } from './upload.js';

const PREVIEW_BYTES_MAX = 512 * 1024;
const PRODUCTS_MAX = 500;

const previewAsk = z.strictObject({
  encoding: z.enum(ENCODING_CHOICES).default('auto'),
  whole: z.enum(['0', '1']).default('0'),
});
const importAsk = z.strictObject({
  productCode: z.string().min(1).max(64),
  fileName: z.string().min(1).max(200),
  batchName: z
    .string()
    .trim()
    .max(120)
    .optional()
    .transform((name) => (name === '' ? undefined : name)),
  encoding: z.enum(ENCODING_CHOICES).default('auto'),
  formKey: formKeyField,
});

/** The import of cards: the file is the body of the request, its settings are in the address. */
@Controller('admin')
export class ImportController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly runs: ImportRunsService,
    private readonly vault: CardVault,
  ) {}

  @Requires('card.import')
  @Get('data/import-products')
  async products(): Promise<{ products: { code: string; name: string }[] }> {
    const found = await this.pool.query<{ code: string; name: string }>(
      `SELECT code, name FROM products WHERE kind = 'card' AND status <> 'retired' ORDER BY code LIMIT ${PRODUCTS_MAX}`,
    );
    return { products: found.rows };
  }

  /** How the beginning of a file would be read; codes are masked. */
  @Requires('card.import')
  @HttpCode(200)
  @Post('command/imports/preview')
  async preview(@Query() query: unknown, @Req() request: Request): Promise<CardFilePreview> {
    const { encoding, whole } = checked(previewAsk, query);
    const beginning = await wholeOf(bytesOf(request), PREVIEW_BYTES_MAX);
    const today = shanghaiDate(Date.now());
    const sample = sampleCardFile(beginning, { encoding, today, isWhole: whole === '1' });
    return previewOfSample(sample, await cardsInVault(this.pool, this.vault, sample));
  }

  @Requires('card.import')
  @HttpCode(200)
  @Post('command/imports')
  async start(
    @Staff() staff: PanelStaff,
    @Query() query: unknown,
    @Req() request: Request,
  ): Promise<ImportView | { isRepeated: true }> {
    const ask = checked(importAsk, query);
    if (this.runs.importIdOf(ask.formKey) !== undefined) {
      request.resume();
      return { isRepeated: true };
    }
    const importId = await this.runs.run(staff, ask, request);
    return readImport(this.pool, staff.language, importId);
  }

  /** How the import of a form stands; null before it has begun. */
  @Requires('card.import')
  @Get('data/import-runs/:formKey')
  async run(
    @Staff() staff: PanelStaff,
    @Param('formKey') formKey: string,
  ): Promise<{ run: ImportView | null }> {
    const importId = this.runs.importIdOf(formKey);
    return { run: importId ? await readImport(this.pool, staff.language, importId) : null };
  }

  @Requires('catalog.read')
  @Get('data/imports/:id/report.csv')
  async report(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const importId = uuidOf(id);
    response.setHeader('Content-Type', 'text/csv; charset=utf-8');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="refused-lines-${importId}.csv"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    await pipeline(Readable.from(importReport(this.pool, importId)), response).catch(
      (error: NodeJS.ErrnoException) => {
        // Whoever reads the report may leave before its end.
        if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      },
    );
  }
}
