import type { Pool, PoolClient } from 'pg';
import { inTransaction, type Sql } from '../database/sql.js';
import { dayOfDate, HOUR_MS, shanghaiDate, shanghaiMidnightMs } from '../shared/business-time.js';
import { ASKED_RENEWALS_SQL } from './renewal-status.js';
import {
  clockFaces,
  dayNumber,
  dueSteps,
  MESSAGE_HOUR,
  nextStepOn,
  recipientsOf,
  RULE_REVIEW_DAYS,
  type ClockedLicence,
  type ReminderStep,
  type Watchers,
} from './reminder-plan.js';

/** How a licence stands with its clocks. */
export interface LicenceAdvance {
  /** Reminders that were written now. */
  readonly told: number;
  /** When to look again; null where nothing runs any more. */
  readonly nextAtMs: number | null;
}

/** Messages are shared by all licences of a person: one at a time writes to them. */
const LOCK_MESSAGES = 'SELECT pg_advisory_xact_lock(7702, 31)';

const READ = `
  SELECT l.standing, l.effective_on::text AS "effectiveOn", l.expires_on::text AS "expiresOn", l.apply_by::text AS "applyBy",
    l.review_days AS "reviewDays", l.reviewed_on::text AS "reviewedOn", l.expiry_ladder AS "expiryLadder",
    l.apply_ladder AS "applyLadder", l.owner_email AS "ownerEmail",
    to_char(l.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "enteredOn",
    EXISTS (SELECT 1 FROM licence_renewals r WHERE r.licence_id = l.id AND r.status IN ${ASKED_RENEWALS_SQL}) AS "isRenewing",
    EXISTS (SELECT 1 FROM licences n WHERE n.previous_id = l.id AND n.verified_at IS NOT NULL
      AND n.standing = 'in-force') AS "isFollowed"
  FROM licences l WHERE l.id = $1 FOR UPDATE`;

interface LicenceRow extends ClockedLicence {
  readonly standing: string;
  readonly ownerEmail: string;
  readonly isFollowed: boolean;
}

const PLAN = 'UPDATE licences SET next_at = $2 WHERE id = $1';

/**
 * Tells whoever is to be told what is due on or before today and was not told yet, and when to look again. May run as often
 * as anybody likes: a step is told once. What is followed, revoked or given back is silent.
 */
export function advanceLicence(
  pool: Pool,
  { licenceId, nowMs }: { readonly licenceId: string; readonly nowMs: number },
): Promise<LicenceAdvance> {
  return inTransaction(pool, async (client) => {
    await client.query(LOCK_MESSAGES);
    const { rows } = await client.query<LicenceRow>(READ, [licenceId]);
    const licence = rows[0];
    const isSilent =
      !licence ||
      licence.isFollowed ||
      licence.standing === 'revoked' ||
      licence.standing === 'surrendered';
    if (isSilent) {
      await client.query(PLAN, [licenceId, null]);
      return { told: 0, nextAtMs: null };
    }
    const today = shanghaiDate(nowMs);
    const faces = clockFaces(licence);
    const watchers = await readWatchers(client, licence.ownerEmail);
    let told = 0;
    for (const step of faces.flatMap((face) => dueSteps(face, today)))
      told += await tell(client, { subjectId: licenceId, step, watchers, nowMs });
    const nextAtMs = beginOf(
      faces
        .map((face) => nextStepOn(face, today))
        .reduce((one, other) => (one < other ? one : other)),
    );
    await client.query(PLAN, [licenceId, new Date(nextAtMs)]);
    return { told, nextAtMs };
  });
}

/** People are told in the morning of the day. */
const beginOf = (date: string): number =>
  shanghaiMidnightMs(dayOfDate(date) ?? 0) + MESSAGE_HOUR * HOUR_MS;

const WATCHERS = `SELECT lower(email) AS email, role FROM staff WHERE status = 'active' ORDER BY email`;

async function readWatchers(sql: Sql, ownerEmail: string): Promise<Watchers> {
  const { rows } = await sql.query<{ email: string; role: string }>({
    name: 'licence-watchers',
    text: WATCHERS,
  });
  const ofRole = (role: string): string[] =>
    rows.filter((one) => one.role === role).map(({ email }) => email);
  return {
    ownerEmail: ownerEmail.toLowerCase(),
    compliance: ofRole('compliance'),
    owners: ofRole('owner'),
    active: rows.map(({ email }) => email),
  };
}

/** A message of a day that has left takes nothing more: what comes later that day goes with the next one. */
const MESSAGE = `
  INSERT INTO licence_messages (recipient, day, not_before, created_at)
  SELECT $1, d.day, greatest($3::timestamptz, (d.day + make_time($4, 0, 0)) AT TIME ZONE 'Asia/Shanghai'), $3
  FROM (SELECT CASE WHEN EXISTS (SELECT 1 FROM licence_messages m WHERE m.recipient = $1 AND m.day = $2::date AND m.status <> 'due')
    THEN $2::date + 1 ELSE $2::date END AS day) AS d
  ON CONFLICT (recipient, day) DO UPDATE SET try_count = licence_messages.try_count RETURNING id`;
const REMIND = `
  INSERT INTO licence_reminders (subject_id, clock, days_left, due_on, recipient, message_id, created_at)
  VALUES ($1, $2, $3, $4::date, $5, $6, $7) ON CONFLICT DO NOTHING`;
const TOLD = `
  SELECT recipient FROM licence_reminders WHERE subject_id = $1 AND clock = $2 AND due_on = $3::date`;

async function tell(
  client: PoolClient,
  reminder: {
    readonly subjectId: string;
    readonly step: ReminderStep;
    readonly watchers: Watchers;
    readonly nowMs: number;
  },
): Promise<number> {
  const { subjectId, step, watchers, nowMs } = reminder;
  const known = await client.query<{ recipient: string }>(TOLD, [
    subjectId,
    step.clock,
    step.dueOn,
  ]);
  // Told once: who becomes a watcher later hears of the next step.
  if (known.rows.length > 0) return 0;
  const recipients = recipientsOf(step.daysLeft, watchers);
  for (const recipient of recipients) {
    const message = await client.query<{ id: string }>(MESSAGE, [
      recipient,
      shanghaiDate(nowMs),
      new Date(nowMs),
      MESSAGE_HOUR,
    ]);
    await client.query(REMIND, [
      subjectId,
      step.clock,
      step.daysLeft,
      step.dueOn,
      recipient,
      message.rows[0]?.id,
      new Date(nowMs),
    ]);
  }
  return recipients.length;
}

const FORGOTTEN = `
  SELECT id FROM licences WHERE next_at < $1::timestamptz - interval '10 minutes' ORDER BY next_at LIMIT 200`;

/** Licences whose moment has passed without their run having looked: Temporal is away. */
export async function advanceForgottenLicences(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(FORGOTTEN, [new Date(nowMs)]);
  for (const { id } of rows) await advanceLicence(pool, { licenceId: id, nowMs });
  return rows.length;
}

const OLD_RULES = `
  SELECT id, coalesce(verified_on + ${RULE_REVIEW_DAYS}, (created_at AT TIME ZONE 'Asia/Shanghai')::date)::text AS "dueOn"
  FROM legal_rules WHERE is_current AND (verified_on IS NULL OR verified_on + ${RULE_REVIEW_DAYS} <= $1::date)
    AND NOT EXISTS (SELECT 1 FROM licence_reminders r WHERE r.subject_id = legal_rules.id AND r.clock = 'rule'
      AND r.due_on = coalesce(verified_on + ${RULE_REVIEW_DAYS}, (legal_rules.created_at AT TIME ZONE 'Asia/Shanghai')::date))`;

/** Legal rules that nobody has read again for a year are told to compliance, once. */
export async function remindOldRules(pool: Pool, nowMs: number): Promise<number> {
  const today = shanghaiDate(nowMs);
  return inTransaction(pool, async (client) => {
    await client.query(LOCK_MESSAGES);
    const { rows } = await client.query<{ id: string; dueOn: string }>(OLD_RULES, [today]);
    if (rows.length === 0) return 0;
    const watchers = await readWatchers(client, '');
    let told = 0;
    for (const { id, dueOn } of rows) {
      const step = { clock: 'rule' as const, daysLeft: dayNumber(dueOn) - dayNumber(today), dueOn };
      // To compliance; to the owner of the firm only where there is none.
      const to = { ...watchers, owners: watchers.compliance.length > 0 ? [] : watchers.owners };
      told += await tell(client, { subjectId: id, step, watchers: to, nowMs });
    }
    return told;
  });
}
