import type { PoolClient } from 'pg';
import { invariant } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { closingFault, monthOf, periodOf } from './period.js';

/** Postings take this lock in common (a trigger does it), closing takes it alone: none is in between. */
export const BOOKS_LOCK = '7703, 1';

const STATE = `
  SELECT (SELECT max(month) FROM ledger_periods WHERE status = 'closed') AS last_closed,
    (SELECT min(posted_at) FROM ledger_entries WHERE id = (SELECT min(id) FROM ledger_entries)) AS first_at`;

/** What stands on each account before an instant, from the postings themselves. */
const BALANCES = `
  SELECT coalesce(jsonb_object_agg(code, hao), '{}') AS balances FROM (
    SELECT a.code, (sum(p.amount_hao))::text AS hao
    FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id JOIN ledger_accounts a ON a.id = p.account_id
    WHERE e.posted_at < $1 GROUP BY a.code HAVING sum(p.amount_hao) <> 0) AS b`;

export interface ClosedPeriod {
  readonly month: string;
  readonly isNew: boolean;
}

/**
 * Closes a month inside the caller's transaction and writes down what stood on each account at its end. From then on
 * nothing is posted into it: the database refuses.
 */
export async function closePeriod(
  client: PoolClient,
  close: { readonly month: string; readonly by: string; readonly nowMs: number },
): Promise<ClosedPeriod> {
  const { month, by, nowMs } = close;
  const period = periodOf(month);
  if (!period) throw new DomainError('ledger.period-unknown');
  await client.query(`SELECT pg_advisory_xact_lock(${BOOKS_LOCK})`);
  const { rows } = await client.query<{ last_closed: string | null; first_at: Date | null }>(STATE);
  const state = rows[0];
  invariant(state, 'the books have a state');
  if (state.last_closed !== null && month <= state.last_closed) return { month, isNew: false };
  const fault = closingFault(period, {
    lastClosed: state.last_closed,
    firstMonth: monthOf(state.first_at?.getTime() ?? nowMs),
    nowMs,
  });
  if (fault !== undefined) throw new DomainError(fault, { month });
  const endsAt = new Date(period.endsAtMs);
  const found = await client.query<{ balances: Readonly<Record<string, string>> }>(BALANCES, [
    endsAt,
  ]);
  await client.query(
    `INSERT INTO ledger_periods (month, starts_at, ends_at, status, closed_at, closed_by, balances)
     VALUES ($1, $2, $3, 'closed', $4, $5, $6::jsonb)
     ON CONFLICT (month) DO UPDATE SET status = 'closed', closed_at = excluded.closed_at,
       closed_by = excluded.closed_by, balances = excluded.balances, updated_at = now(), version = ledger_periods.version + 1`,
    [
      month,
      new Date(period.startsAtMs),
      endsAt,
      new Date(nowMs),
      by,
      JSON.stringify(found.rows[0]?.balances ?? {}),
    ],
  );
  return { month, isNew: true };
}
