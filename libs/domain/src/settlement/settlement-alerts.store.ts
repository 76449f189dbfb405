import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import { shanghaiDate, DAY_MS } from '../shared/business-time.js';
import { formatAmount } from '../shared/money.js';

/** So many days before a calendar ends people are asked to import the next year. */
const CALENDAR_DAYS = 30;

/** Each step of the ladder is an alert of its own; all of them end when nothing is owed. */
const REMINDED = `
  SELECT s.statement_no AS no, e.step, s.outstanding_hao::text AS outstanding FROM statements s
  JOIN statement_events e ON e.statement_id = s.id AND e.type = 'reminder' AND (e.detail ->> 'isTold')::boolean
  WHERE s.settled_at IS NULL AND s.issued_at IS NOT NULL AND s.status = 'overdue'`;

const CALENDARS = `
  SELECT a.calendar_id AS id, to_char(coalesce(max(y.coverage_until), '1970-01-01'), 'YYYY-MM-DD') AS until,
    EXISTS (SELECT 1 FROM statements s JOIN settlement_agreements b ON b.id = s.agreement_id
      WHERE b.calendar_id = a.calendar_id AND s.is_due_estimated AND s.settled_at IS NULL) AS is_missed
  FROM settlement_agreements a LEFT JOIN calendar_years y ON y.calendar_id = a.calendar_id
  WHERE a.status = 'active' AND a.valid_to IS NULL GROUP BY a.calendar_id`;

/** Statements that are late, step by step, and calendars that end while somebody settles by them. */
export async function settlementFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const late = await sql.query<{ no: string; step: number; outstanding: string }>({
    name: 'alert-statements',
    text: REMINDED,
  });
  const calendars = await sql.query<{ id: string; until: string; is_missed: boolean }>({
    name: 'alert-calendars',
    text: CALENDARS,
  });
  const soon = shanghaiDate(nowMs + CALENDAR_DAYS * DAY_MS);
  return [
    ...late.rows.map(({ no, step, outstanding }): AlertFact => ({
      kind: 'statement-overdue',
      subject: `${no} +${step}`,
      state: 'crossed',
      value: formatAmount(Number(outstanding)),
    })),
    ...calendars.rows.map(({ id, until, is_missed: isMissed }): AlertFact => ({
      kind: 'calendar-ends',
      subject: id,
      state: isMissed || until <= soon ? 'crossed' : 'clear',
      value: until,
    })),
  ];
}
