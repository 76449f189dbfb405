import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';

export interface StartWatch {
  readonly platformId: string;
  /** A customer's number; empty is the whole platform. */
  readonly subject: string;
  readonly reason: string;
  readonly raisedBy: string;
  readonly signalId: string | null;
  readonly nowMs: number;
}

/** A watch whose time is over gives way to the new one; one that is going on stays, and lasts longer. */
const END_OLD = `
  UPDATE risk_watches SET ended_at = until, ended_by = 'system'
  WHERE platform_id = $1 AND subject = $2 AND ended_at IS NULL AND until <= $3`;
const INSERT = `
  INSERT INTO risk_watches (platform_id, subject, reason, raised_by, signal_id, since, until)
  SELECT $1, $2, $3, $4, $5, $6, $6::timestamptz + (params ->> 'watchDays')::int * interval '1 day'
  FROM risk_rules WHERE kind = 'hold-policy' AND is_current
  ON CONFLICT (platform_id, subject) WHERE ended_at IS NULL DO UPDATE SET until = greatest(risk_watches.until, EXCLUDED.until)
  RETURNING id`;

/** Puts a platform or a customer on watch: from now on its orders wait for a person. Returns the watch. */
export async function startWatch(client: PoolClient, watch: StartWatch): Promise<string> {
  const { platformId, subject, reason, raisedBy, signalId, nowMs } = watch;
  const now = new Date(nowMs);
  await client.query(END_OLD, [platformId, subject, now]);
  const made = await client.query<{ id: string }>(INSERT, [
    platformId,
    subject,
    reason,
    raisedBy,
    signalId,
    now,
  ]);
  return made.rows[0]?.id ?? '';
}

/** Ends a watch; orders that it held still wait for their decision. Throws `risk-case.not-open`. */
export async function endWatch(
  client: PoolClient,
  { watchId, by, nowMs }: { readonly watchId: string; readonly by: string; readonly nowMs: number },
): Promise<void> {
  const ended = await client.query(
    'UPDATE risk_watches SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL',
    [watchId, new Date(nowMs), by],
  );
  if (ended.rowCount === 0) throw new DomainError('risk-case.not-open');
}
