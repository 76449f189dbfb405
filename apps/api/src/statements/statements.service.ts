import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { dayOfDate } from '#domain';
import {
  readStatementByNo,
  readStatementLines,
  readStatementPayments,
  readStatements,
} from '#domain/stores';
import { Problem } from '../http/problem.js';
import {
  toLineView,
  toPaymentView,
  toStatementView,
  type StatementDetailView,
  type StatementView,
} from './statements.dto.js';

export interface StatementPage {
  readonly items: readonly StatementView[];
  readonly nextCursor: string | null;
}

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

@Injectable()
export class StatementsService {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** The platform's statements, the latest period first. */
  async list(platformId: string, { limit, cursor }: Page): Promise<StatementPage> {
    const beforeDate = cursor === undefined ? null : dateOfCursor(cursor);
    const page = { beforeDate, limit: limit + 1 };
    const found = await readStatements(this.pool, platformId, page);
    const items = found.slice(0, limit).map(toStatementView);
    const last = items.at(-1);
    const nextCursor = found.length > limit && last ? cursorOf(last.periodTo) : null;
    return { items, nextCursor };
  }

  /** Throws `statement.not-found`, also for what belongs to another platform or was not issued. */
  async find(
    platformId: string,
    statementNo: string,
    { limit, cursor }: Page,
  ): Promise<StatementDetailView> {
    const statement = await readStatementByNo(this.pool, platformId, statementNo);
    if (!statement) throw new Problem('statement.not-found', { statementNo });
    const afterId = cursor === undefined ? '0' : idOfCursor(cursor);
    const page = { afterId, limit: limit + 1 };
    const lines = await readStatementLines(this.pool, statement.id, page);
    const payments = await readStatementPayments(this.pool, statement.id);
    const last = lines[limit - 1];
    const nextCursor = lines.length > limit && last ? cursorOf(last.id) : null;
    return {
      ...toStatementView(statement),
      payments: payments.map(toPaymentView),
      lines: { items: lines.slice(0, limit).map(toLineView), nextCursor },
    };
  }
}

const cursorOf = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
const keyOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** A cursor tells where the page before it ended; anything else was not given out by us. */
function dateOfCursor(cursor: string): string {
  const date = keyOf(cursor);
  if (dayOfDate(date) === undefined) throw oddCursor();
  return date;
}

function idOfCursor(cursor: string): string {
  const id = keyOf(cursor);
  if (!/^\d{1,18}$/.test(id)) throw oddCursor();
  return id;
}

const oddCursor = (): Problem =>
  new Problem('request.invalid', {}, { errors: [{ pointer: '#query/cursor', issue: 'cursor' }] });
