import type { PoolClient } from 'pg';
import { readCalendar } from '../calendar/calendar.store.js';
import { dueDate, type DueDate, type RollRule, type TermKind } from '../calendar/work-calendar.js';
import { DAY_MS, shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { canMove } from '../shared/transitions.js';
import { STANDARD_DUNNING_DAYS } from './dunning.js';
import { nextMomentMs, type StatementClock } from './next-moment.js';
import type { BaseEvent, StatementEventType } from './statement-kinds.js';
import {
  isStatementSettled,
  STATEMENT_MOVES,
  statementStatus,
  type StatementStatus,
} from './statement-status.js';

/** A statement under its lock, with what its agreement says. */
export interface StatementRow {
  readonly id: string;
  readonly statementNo: string;
  readonly platformId: string;
  readonly status: StatementStatus;
  readonly periodTo: string;
  readonly dueHao: number;
  readonly adjustedHao: number;
  readonly paidHao: number;
  readonly writtenOffHao: number;
  readonly outstandingHao: number;
  readonly heldHao: number;
  readonly dueOn: string | null;
  readonly isDueEstimated: boolean;
  readonly latestDueOn: string | null;
  readonly issuedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly agreement: {
    readonly termKind: TermKind;
    readonly termDays: number;
    readonly rollRule: RollRule;
    readonly payWeekday: number | null;
    readonly baseEvent: BaseEvent;
    readonly calendarId: string;
    readonly objectionDays: number;
    readonly dunningDays: readonly number[];
  };
}

const LOCK = `
  SELECT s.id, s.statement_no AS "statementNo", s.platform_id AS "platformId", s.status,
    to_char(s.period_to, 'YYYY-MM-DD') AS "periodTo", s.due_hao AS "dueHao", s.adjusted_hao AS "adjustedHao",
    s.paid_hao AS "paidHao", s.written_off_hao AS "writtenOffHao", s.outstanding_hao AS "outstandingHao",
    s.held_hao AS "heldHao", to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.is_due_estimated AS "isDueEstimated",
    to_char(s.latest_due_on, 'YYYY-MM-DD') AS "latestDueOn", s.issued_at AS "issuedAt", s.confirmed_at AS "confirmedAt",
    json_build_object('termKind', a.term_kind, 'termDays', a.term_days, 'rollRule', a.roll_rule, 'payWeekday', a.pay_weekday,
      'baseEvent', a.base_event, 'calendarId', a.calendar_id, 'objectionDays', a.objection_days, 'dunningDays', a.dunning_days)
      AS agreement
  FROM statements s JOIN settlement_agreements a ON a.id = s.agreement_id WHERE s.id = $1 FOR UPDATE OF s`;

const AMOUNTS = [
  'dueHao',
  'adjustedHao',
  'paidHao',
  'writtenOffHao',
  'outstandingHao',
  'heldHao',
] as const;

/** Throws `statement.not-found`. */
export async function lockStatement(client: PoolClient, id: string): Promise<StatementRow> {
  const found = await client.query<StatementRow & Record<(typeof AMOUNTS)[number], unknown>>(LOCK, [
    id,
  ]);
  const row = found.rows[0];
  if (!row) throw new DomainError('statement.not-found', { statementNo: '?' });
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, Number(row[name])]));
  return { ...row, ...amounts };
}

/** What is about to change; what is left out stays. */
export type StatementChange = Partial<
  Pick<
    StatementRow,
    'adjustedHao' | 'paidHao' | 'writtenOffHao' | 'heldHao' | 'issuedAt' | 'confirmedAt'
  >
>;

const CHANGE = `
  UPDATE statements SET status = $2, adjusted_hao = $3, paid_hao = $4, written_off_hao = $5, outstanding_hao = $6, held_hao = $7,
    issued_at = $8, confirmed_at = $9, due_on = $10, is_due_estimated = $11, latest_due_on = $12, next_at = $13,
    settled_at = CASE WHEN $14 THEN coalesce(settled_at, $15) END, version = version + 1, updated_at = $15
  WHERE id = $1`;

/** Where a statement stands after a change. */
export interface StatementStand {
  readonly id: string;
  readonly statementNo: string;
  readonly status: StatementStatus;
  readonly outstandingHao: number;
  readonly nextAtMs: number | null;
}

/** Writes a change with all that follows from it: what is open, the due day, the status, when to look again. */
export async function changeStatement(
  client: PoolClient,
  before: StatementRow,
  change: StatementChange,
  nowMs: number,
): Promise<StatementStand> {
  const row = { ...before, ...change };
  const today = shanghaiDate(nowMs);
  const outstandingHao = row.dueHao + row.adjustedHao - row.paidHao - row.writtenOffHao;
  const due = row.issuedAt === null ? NO_DATE : await dueOf(client, row);
  const latestDueOn = due.latestOn;
  const status = statementStatus({
    isIssued: row.issuedAt !== null,
    isConfirmed: row.confirmedAt !== null,
    heldHao: row.heldHao,
    outstandingHao,
    paidHao: row.paidHao,
    writtenOffHao: row.writtenOffHao,
    latestDueOn,
    today,
  });
  if (status !== before.status && !canMove(STATEMENT_MOVES, before.status, status))
    throw new DomainError('statement.not-open');
  const clock = clockOf(row, { status, latestDueOn, outstandingHao });
  const nextAtMs = nextMomentMs(clock, today, nowMs);
  const isSettled = isStatementSettled(status);
  await client.query(CHANGE, [
    row.id,
    status,
    row.adjustedHao,
    row.paidHao,
    row.writtenOffHao,
    outstandingHao,
    row.heldHao,
    row.issuedAt,
    row.confirmedAt,
    due.dueOn,
    due.isEstimated,
    latestDueOn,
    nextAtMs === null ? null : new Date(nextAtMs),
    isSettled,
    new Date(nowMs),
  ]);
  await noteChanges(client, before, { status, due, nowMs });
  return { id: row.id, statementNo: row.statementNo, status, outstandingHao, nextAtMs };
}

function clockOf(
  { agreement, confirmedAt, issuedAt, heldHao }: StatementRow,
  now: Pick<StatementClock, 'status' | 'latestDueOn' | 'outstandingHao'>,
): StatementClock {
  const { dunningDays } = agreement;
  return {
    ...now,
    outstandingHao: now.outstandingHao - heldHao,
    objectionEndsMs: confirmedAt === null ? objectionEndsMs({ issuedAt, agreement }) : null,
    dunningDays: dunningDays.length > 0 ? dunningDays : STANDARD_DUNNING_DAYS,
  };
}

/** What a reader of the history wants to know of by itself. */
async function noteChanges(
  client: PoolClient,
  before: StatementRow,
  after: {
    readonly status: StatementStatus;
    readonly due: DueDate | typeof NO_DATE;
    readonly nowMs: number;
  },
): Promise<void> {
  const { status, due, nowMs } = after;
  if (due.dueOn !== before.dueOn && before.dueOn !== null)
    await noteEvent(client, before.id, {
      type: 'due-changed',
      detail: { from: before.dueOn, to: due.dueOn, isEstimated: due.isEstimated },
      nowMs,
    });
  if (status === before.status) return;
  if (status === 'overdue')
    await noteEvent(client, before.id, {
      type: 'overdue',
      detail: { latestDueOn: due.latestOn },
      nowMs,
    });
  if (isStatementSettled(status))
    await noteEvent(client, before.id, { type: 'settled', detail: null, nowMs });
}

const NO_DATE = { dueOn: null, isEstimated: false, latestOn: null } as const;

/** When silence counts as agreement. */
export const objectionEndsMs = (
  row: Pick<StatementRow, 'issuedAt' | 'agreement'>,
): number | null =>
  row.issuedAt === null ? null : row.issuedAt.getTime() + row.agreement.objectionDays * DAY_MS;

async function dueOf(client: PoolClient, row: StatementRow): Promise<DueDate> {
  const { termKind, termDays, rollRule, payWeekday, calendarId } = row.agreement;
  const term = { kind: termKind, days: termDays, roll: rollRule, payWeekday };
  return dueDate(baseDate(row), term, await readCalendar(client, calendarId));
}

function baseDate(row: StatementRow): string {
  const issuedMs = row.issuedAt?.getTime() ?? 0;
  switch (row.agreement.baseEvent) {
    case 'period-end':
      return row.periodTo;
    case 'issued':
      return shanghaiDate(issuedMs);
    case 'confirmed':
      return shanghaiDate(row.confirmedAt?.getTime() ?? objectionEndsMs(row) ?? issuedMs);
  }
}

const NOTE = `
  INSERT INTO statement_events (statement_id, type, actor, step, detail, created_at)
  VALUES ($1, $2, $3, $4, $5::jsonb, $6) ON CONFLICT DO NOTHING`;

export interface NewStatementEvent {
  readonly type: StatementEventType;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly nowMs: number;
  readonly actor?: string;
  readonly step?: number;
}

export async function noteEvent(
  client: PoolClient,
  statementId: string,
  { type, detail, nowMs, actor = 'system', step }: NewStatementEvent,
): Promise<void> {
  await client.query(NOTE, [
    statementId,
    type,
    actor,
    step ?? null,
    detail === null ? null : JSON.stringify(detail),
    new Date(nowMs),
  ]);
}
