import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import type { BreachCause } from './complaint-kind.js';

const NAME_CAUSE = `
  UPDATE sla_breaches SET cause = $2, cause_remark = $3, cause_by = $4, cause_at = $5 WHERE id = $1 RETURNING id`;

/** Says why a promise was broken. Throws `breach.not-found`. */
export async function nameBreachCause(
  pool: Pool,
  command: {
    readonly breachId: string;
    readonly cause: BreachCause;
    readonly remark: string;
    readonly staffEmail: string;
    readonly nowMs: number;
  },
  afterChange: AfterChange,
): Promise<void> {
  const { breachId, cause, remark, staffEmail, nowMs } = command;
  await inTransaction(pool, async (client) => {
    const values = [breachId, cause, remark, staffEmail, new Date(nowMs)];
    const named = await client.query(NAME_CAUSE, values);
    if (named.rowCount === 0) throw new DomainError('breach.not-found');
    await afterChange(client);
  });
}

const EXCUSE = `
  UPDATE sla_breaches SET is_excused = true, excuse_asked_by = $2, excused_by = $3, excuse_reason = $4, excused_at = $5
  WHERE id = $1 AND NOT is_excused RETURNING id`;

/**
 * Leaves a breach out of the adjusted figures; the raw ones keep it. False where it was excused before. Throws
 * `breach.own` where one person would do both, `breach.not-found`.
 */
export async function excuseBreach(
  client: PoolClient,
  command: {
    readonly breachId: string;
    readonly askedBy: string;
    readonly excusedBy: string | null;
    readonly reason: string;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { breachId, askedBy, excusedBy, reason, nowMs } = command;
  if (excusedBy === null || excusedBy === askedBy) throw new DomainError('breach.own');
  const known = await client.query('SELECT 1 FROM sla_breaches WHERE id = $1', [breachId]);
  if (known.rowCount === 0) throw new DomainError('breach.not-found');
  const values = [breachId, askedBy, excusedBy, reason, new Date(nowMs)];
  return (await client.query(EXCUSE, values)).rowCount === 1;
}
