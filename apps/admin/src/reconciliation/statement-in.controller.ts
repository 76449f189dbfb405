import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import pg from 'pg';
import { z } from 'zod';
import {
  COLUMN_ROLES,
  type ColumnMapping,
  dayOfDate,
  DomainError,
  ENCODING_CHOICES,
} from '#domain';
import {
  differenceReport,
  importStatement,
  type ImportedStatement,
  reconcileStatement,
  rowFaultReport,
  tieOut,
  tieOutReport,
  writeAudit,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { StatementPreview, TieOutRow } from '../components/statement-views.js';
import type { RelatedSection } from '../components/views.js';
import { checked, uuidOf } from '../http/checked.js';
import { bytesOf } from '../http/request-bytes.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { differenceWork } from './difference-work.js';
import { previewStatement } from './statement-preview.js';

const day = z.string().refine((text) => dayOfDate(text) !== undefined);
const columns = z
  .string()
  .max(4_000)
  .default('{}')
  .transform((text, context) => {
    try {
      return z.partialRecord(z.enum(COLUMN_ROLES), z.string().max(200)).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: 'columns' });
      return z.NEVER;
    }
  });
const ask = z.strictObject({
  party: z.string().min(1).max(60),
  fileName: z.string().min(1).max(200).default('statement'),
  encoding: z.enum(ENCODING_CHOICES).default('auto'),
  columns,
  from: day.optional(),
  to: day.optional(),
});

/** Statements come in here: the file is the body of the request, its settings are in the address. */
@Controller('admin')
export class StatementInController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** Everybody who may send us statements. */
  @Requires('money.write')
  @Get('data/statement-parties')
  async parties(): Promise<{ parties: readonly { code: string; name: string }[] }> {
    const { rows } = await this.pool.query<{ code: string; name: string }>(
      `SELECT 'platform:' || code AS code, name FROM platforms UNION ALL SELECT 'supplier:' || code, name FROM suppliers
       UNION ALL SELECT 'bank', 'bank' ORDER BY 1 LIMIT 1000`,
    );
    return { parties: rows };
  }

  /** How the beginning of a file would be read. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('command/statements-in/preview')
  preview(@Query() query: unknown, @Req() request: Request): Promise<StatementPreview> {
    const { party, encoding, columns: given } = checked(ask, query);
    return previewStatement(this.pool, bytesOf(request), {
      party,
      encoding,
      columns: given as ColumnMapping,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('command/statements-in')
  async take(
    @Staff() staff: PanelStaff,
    @Query() query: unknown,
    @Req() request: Request,
  ): Promise<ImportedStatement> {
    const { party, from, to, columns: given, ...settings } = checked(ask, query);
    if ((from === undefined) !== (to === undefined) || (from ?? '') > (to ?? ''))
      throw new DomainError('request.invalid');
    const nowMs = Date.now();
    const taken = await importStatement(this.pool, bytesOf(request), {
      ...settings,
      partyCode: party,
      columns: given as ColumnMapping,
      ...(from === undefined || to === undefined ? {} : { period: { from, to } }),
      startedBy: staff.email,
      nowMs,
    });
    await writeAudit(this.pool, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      action: 'importStatement',
      resource: 'ExternalStatement',
      recordId: taken.statementId,
      after: { party, lineCount: taken.lineCount, versionNo: taken.versionNo },
    });
    await reconcileStatement(this.pool, { statementId: taken.statementId, nowMs });
    return taken;
  }

  @Requires('money.read')
  @Get('data/statements-in/:id/faults.csv')
  async faults(@Param('id') id: string, @Res() response: Response): Promise<void> {
    await download(
      response,
      `unreadable-rows-${uuidOf(id)}.csv`,
      rowFaultReport(this.pool, uuidOf(id)),
    );
  }

  @Requires('money.read')
  @Get('data/statements-in/:id/differences.csv')
  async differences(@Param('id') id: string, @Res() response: Response): Promise<void> {
    await download(
      response,
      `differences-${uuidOf(id)}.csv`,
      differenceReport(this.pool, uuidOf(id)),
    );
  }

  @Requires('money.read')
  @Get('data/difference-work')
  async work(@Staff() staff: PanelStaff): Promise<{ sections: readonly RelatedSection[] }> {
    return { sections: await differenceWork(this.pool, staff.language, Date.now()) };
  }

  /** What platforms report of us by the quarter, beside our books. */
  @Requires('money.read')
  @Get('data/tie-out')
  async tieOut(): Promise<{ rows: readonly TieOutRow[] }> {
    const lines = await tieOut(this.pool);
    return {
      rows: lines.map((line) => {
        const theirsHao = line.theirsGrossHao + line.theirsRefundHao;
        const oursHao = line.oursGrossHao + line.oursRefundHao;
        return {
          party: line.partyCode,
          quarter: line.quarter,
          amounts: [
            line.theirsGrossHao,
            line.theirsRefundHao,
            theirsHao,
            line.oursGrossHao,
            line.oursRefundHao,
            oursHao,
            theirsHao - oursHao,
          ].map(shownAmount),
          isEven: theirsHao === oursHao,
        };
      }),
    };
  }

  @Requires('money.read')
  @Get('data/tie-out.csv')
  async tieOutFile(@Res() response: Response): Promise<void> {
    await download(response, 'tie-out.csv', [await tieOutReport(this.pool)]);
  }
}

async function download(
  response: Response,
  fileName: string,
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Cache-Control', 'no-store');
  await pipeline(Readable.from(parts), response).catch((error: NodeJS.ErrnoException) => {
    // Whoever reads the report may leave before its end.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
