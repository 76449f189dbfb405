import type { Pool } from 'pg';
import { shanghaiDate } from '../shared/business-time.js';
import type { LicenceClock } from './licence-kinds.js';
import { daysBetween } from './reminder-plan.js';

/** One line of a message: the latest step of a clock of a licence, or a legal rule. */
export interface MessageLine {
  readonly clock: LicenceClock;
  readonly name: string;
  readonly number: string;
  readonly targetOn: string;
  readonly daysLeft: number;
}

export interface DueMessage {
  readonly id: string;
  readonly recipient: string;
  readonly day: string;
  readonly language: string;
  readonly lines: readonly MessageLine[];
}

const TRIES_MAX = 6;
const DUE = `
  SELECT m.id, m.recipient, m.day::text AS day, coalesce(s.language, 'zh-CN') AS language FROM licence_messages m
  LEFT JOIN staff s ON lower(s.email) = m.recipient WHERE m.status = 'due' AND m.not_before <= $1 ORDER BY m.not_before LIMIT 100`;
/** Of several steps that were missed the last one says it all. */
const LINES = `
  SELECT DISTINCT ON (r.subject_id, r.clock) r.clock, coalesce(l.name, g.name, '?') AS name, coalesce(l.number, g.code, '') AS number,
    (r.due_on + r.days_left)::text AS "targetOn"
  FROM licence_reminders r LEFT JOIN licences l ON l.id = r.subject_id LEFT JOIN legal_rules g ON g.id = r.subject_id
  WHERE r.message_id = $1 ORDER BY r.subject_id, r.clock, r.days_left`;

/** Messages that may leave, with what they say; days are counted to the day on which they leave. */
export async function readDueMessages(pool: Pool, nowMs: number): Promise<DueMessage[]> {
  const { rows } = await pool.query<Omit<DueMessage, 'lines'>>(DUE, [new Date(nowMs)]);
  const messages: DueMessage[] = [];
  for (const message of rows)
    messages.push({ ...message, lines: await readMessageLines(pool, message.id, nowMs) });
  return messages;
}

/** What a message says, the most urgent first. */
export async function readMessageLines(
  pool: Pool,
  messageId: string,
  nowMs: number,
): Promise<MessageLine[]> {
  const today = shanghaiDate(nowMs);
  const { rows } = await pool.query<Omit<MessageLine, 'daysLeft'>>(LINES, [messageId]);
  return rows
    .map((line) => ({ ...line, daysLeft: daysBetween(today, line.targetOn) }))
    .sort((one, other) => one.daysLeft - other.daysLeft);
}

const SENT = `UPDATE licence_messages SET status = $2, sent_at = $3, failure = NULL WHERE id = $1 AND status = 'due'`;
const FAILED = `
  UPDATE licence_messages SET try_count = try_count + 1, failure = $2, not_before = $3::timestamptz + interval '10 minutes',
    status = CASE WHEN try_count + 1 >= ${TRIES_MAX} THEN 'dead' ELSE status END WHERE id = $1 AND status = 'due'`;

/** How sending a message went: `null` where no mail can be sent at all, so that it stands in the panel only. */
export async function noteMessage(
  pool: Pool,
  sent: {
    readonly id: string;
    readonly failure: string | undefined | null;
    readonly nowMs: number;
  },
): Promise<void> {
  const { id, failure, nowMs } = sent;
  if (typeof failure === 'string')
    await pool.query(FAILED, [id, failure.slice(0, 200), new Date(nowMs)]);
  else await pool.query(SENT, [id, failure === null ? 'in-panel' : 'sent', new Date(nowMs)]);
}
