import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import type { AffectedFilter } from './affected-filter.js';
import { readAffectedOrders } from './affected-orders.store.js';
import { incidentGift, type IncidentTerms } from './incident-gift.js';
import { lockIncident } from './incident.store.js';

export interface StartIncidentCompensation {
  readonly incidentId: string;
  /** Started twice under one key, it is one. */
  readonly key: string;
  readonly filter: AffectedFilter;
  readonly terms: IncidentTerms;
  /** What the person saw and decided on. */
  readonly plannedHao: number;
  readonly reason: string;
  readonly askedBy: string;
  readonly approvedBy: string | null;
  readonly nowMs: number;
}

const INSERT = `
  INSERT INTO incident_compensations (incident_id, run_no, key, remedy, days, day_cost_hao, percent, fixed_hao, filter,
    order_count, planned_hao, reason, asked_by, approved_by, last_step_at, created_at)
  SELECT $1::bigint, coalesce(max(run_no), 0) + 1, $2, $3, $4::int, $5::bigint, $6::int, $7::bigint, $8::jsonb, $9::int, $10::bigint, $11,
    $12, $13, $14::timestamptz, $14::timestamptz
  FROM incident_compensations WHERE incident_id = $1
  RETURNING id`;

const LINES = `
  INSERT INTO incident_compensation_lines (compensation_id, order_id)
  SELECT $1, id FROM unnest($2::bigint[]) AS o(id)`;

const WAKE = `
  INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('compensate-incident', $1, $2)`;

/**
 * Writes down which orders get what; the run that follows gives it. The orders are looked up anew: where they would cost
 * more than was decided on, it throws `incident.preview-changed`. False where it was started before.
 */
export async function startIncidentCompensation(
  client: PoolClient,
  start: StartIncidentCompensation,
): Promise<boolean> {
  const incident = await lockIncident(client, start.incidentId);
  const before = await client.query('SELECT 1 FROM incident_compensations WHERE key = $1', [
    start.key,
  ]);
  if (before.rowCount !== 0) return false;
  const { terms, nowMs } = start;
  const affected = await readAffectedOrders(client, incident.id, start.filter);
  if (affected.length === 0) throw new DomainError('incident.nothing-affected');
  const costHao = affected.reduce((sum, order) => sum + incidentGift(terms, order).amountHao, 0);
  if (costHao > start.plannedHao) throw new DomainError('incident.preview-changed');
  const made = await client.query<{ id: string }>(INSERT, [
    incident.id,
    start.key,
    terms.remedy,
    terms.days,
    terms.dayCostHao,
    terms.percent,
    terms.fixedHao,
    JSON.stringify(start.filter),
    affected.length,
    start.plannedHao,
    start.reason,
    start.askedBy,
    start.approvedBy,
    new Date(nowMs),
  ]);
  const id = made.rows[0]?.id ?? '';
  await client.query(LINES, [id, affected.map(({ orderId }) => orderId)]);
  await client.query(WAKE, [id, new Date(nowMs)]);
  return true;
}

const STOP = `
  UPDATE incident_compensations SET stop_asked_at = $2 WHERE id = $1 AND status = 'running' AND stop_asked_at IS NULL`;

/** No further order gets anything. What was given stays given. Throws `incident.compensation-ended`. */
export async function stopIncidentCompensation(
  client: PoolClient,
  { compensationId, nowMs }: { readonly compensationId: string; readonly nowMs: number },
): Promise<void> {
  const stopped = await client.query(STOP, [compensationId, new Date(nowMs)]);
  if (stopped.rowCount !== 1) throw new DomainError('incident.compensation-ended');
  await client.query(WAKE, [compensationId, new Date(nowMs)]);
}
