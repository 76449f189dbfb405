import { Controller, Get, Param, Query } from '@nestjs/common';
import { pageQuery } from '../http/fields.js';
import { Problem } from '../http/problem.js';
import { parseQuery } from '../http/validate.js';
import { Caller, type CallerIdentity } from '../signing/caller.js';
import type { StatementDetailView } from './statements.dto.js';
import { FindStatementCall, ListStatementsCall } from './statements.openapi.js';
import { StatementsService, type StatementPage } from './statements.service.js';

const STATEMENT_NO = /^[A-Za-z0-9_-]{3,80}$/;

@Controller('open/v1/statements')
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  @Get()
  @ListStatementsCall()
  list(@Caller() caller: CallerIdentity, @Query() query: unknown): Promise<StatementPage> {
    return this.statements.list(caller.platform.id, parseQuery(pageQuery, query));
  }

  @Get(':statementNo')
  @FindStatementCall()
  find(
    @Caller() caller: CallerIdentity,
    @Param('statementNo') statementNo: string,
    @Query() query: unknown,
  ): Promise<StatementDetailView> {
    const page = parseQuery(pageQuery, query);
    if (!STATEMENT_NO.test(statementNo))
      throw new Problem('statement.not-found', { statementNo: statementNo.slice(0, 80) });
    return this.statements.find(caller.platform.id, statementNo, page);
  }
}
