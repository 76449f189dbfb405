import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import pg from 'pg';
import { DomainError } from '#domain';
import {
  readStatementById,
  readStatementLines,
  type StatementLineRead,
  type StatementRead,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { uuidOf } from '../http/checked.js';
import { sendCsv, sendFile, sendXlsx } from '../http/sheet-download.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { statementPdf } from './statement-pdf.js';
import { statementSheet } from './statement-sheet.js';

const LINES_A_PAGE = 5_000;
/** More lines than anybody prints; the files that machines read hold all. */
const PRINTED_LINES_MAX = 2_000;

/** Statements as files to keep and to send. */
@Controller('admin/data/statements')
export class StatementFilesController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('money.read')
  @Get(':id/statement.csv')
  async csv(@Staff() staff: PanelStaff, @Param('id') id: string, @Res() response: Response) {
    const { statement, lines } = await this.whole(uuidOf(id));
    sendCsv(response, statementSheet(staff.language, statement, lines));
  }

  @Requires('money.read')
  @Get(':id/statement.xlsx')
  async xlsx(@Staff() staff: PanelStaff, @Param('id') id: string, @Res() response: Response) {
    const { statement, lines } = await this.whole(uuidOf(id));
    await sendXlsx(response, statementSheet(staff.language, statement, lines));
  }

  @Requires('money.read')
  @Get(':id/statement.pdf')
  async pdf(@Staff() staff: PanelStaff, @Param('id') id: string, @Res() response: Response) {
    const { statement, lines } = await this.whole(uuidOf(id));
    const sheet = statementSheet(staff.language, statement, lines.slice(0, PRINTED_LINES_MAX));
    const content = await statementPdf(staff.language, statement, sheet, Date.now());
    sendFile(response, { type: 'application/pdf', name: `${statement.statementNo}.pdf` }, content);
  }

  private async whole(
    id: string,
  ): Promise<{ statement: StatementRead; lines: readonly StatementLineRead[] }> {
    const statement = await readStatementById(this.pool, id);
    if (!statement) throw new DomainError('request.not-found');
    const lines: StatementLineRead[] = [];
    for (;;) {
      const afterId = lines.at(-1)?.id ?? '0';
      const page = await readStatementLines(this.pool, id, { afterId, limit: LINES_A_PAGE });
      lines.push(...page);
      if (page.length < LINES_A_PAGE) return { statement, lines };
    }
  }
}
