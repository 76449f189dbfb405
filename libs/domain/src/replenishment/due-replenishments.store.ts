import type { Pool } from 'pg';
import { inTransaction } from '../database/sql.js';
import { runwayState } from '../inventory/stock-runway.js';
import { DomainError } from '../shared/domain-error.js';
import { askReplenishment } from './ask-replenishment.store.js';
import { mayBuyAgain, quantityToBuy } from './replenishment-rules.js';
import { OPEN_REPLENISHMENTS_SQL, type ReplenishmentStatus } from './replenishment-status.js';

/** Products with a rule to buy and nothing under way, as their stock was last measured. */
const CANDIDATES = `
  SELECT p.id, rule.target_hours, rule.quantity_min, rule.quantity_max, w.available, greatest(w.per_hour, w.peak_per_hour) AS per_hour, w.hours_left, w.hours_min,
    w.is_peak, w.measured_at, last.status AS last_status, last.ended_at AS last_ended_at,
    (SELECT coalesce(sum(o.quantity - o.delivered_quantity), 0)::int FROM orders o
      WHERE o.product_id = p.id AND o.status IN ('accepted', 'processing') AND o.sourcing_quantity = 0) AS waiting_units
  FROM replenishment_rules rule JOIN products p ON p.id = rule.product_id JOIN stock_runways w ON w.product_id = p.id
  LEFT JOIN LATERAL (SELECT r.status, r.ended_at FROM replenishments r WHERE r.product_id = p.id ORDER BY r.run_no DESC LIMIT 1)
    AS last ON true
  WHERE rule.is_active AND rule.mode = 'buy' AND p.kind = 'card' AND p.status = 'on-sale'
    AND NOT EXISTS (SELECT 1 FROM replenishments r WHERE r.product_id = p.id AND r.status IN ${OPEN_REPLENISHMENTS_SQL})`;

interface Candidate {
  id: string;
  target_hours: number;
  quantity_min: number;
  quantity_max: number;
  available: number;
  per_hour: number;
  hours_left: number | null;
  hours_min: number;
  is_peak: boolean;
  measured_at: Date;
  last_status: ReplenishmentStatus | null;
  last_ended_at: Date | null;
  waiting_units: number;
}

/** Asks for stock wherever the last measuring found it short and the product's rule says to buy. Returns how often. */
export async function askDueReplenishments(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<Candidate>(CANDIDATES);
  let asked = 0;
  for (const row of rows) if (isDue(row, nowMs) && (await ask(pool, row, nowMs))) asked += 1;
  return asked;
}

function isDue(row: Candidate, nowMs: number): boolean {
  const hours = row.available === 0 ? 0 : row.hours_left;
  if (runwayState(hours, row.hours_min) !== 'crossed') return false;
  const { last_status: status, last_ended_at: endedAt } = row;
  // What was measured before the last one ended does not know what it brought.
  if (endedAt && row.measured_at <= endedAt) return false;
  const last = status && endedAt ? { status, endedAtMs: endedAt.getTime() } : undefined;
  return mayBuyAgain(last, nowMs);
}

async function ask(pool: Pool, row: Candidate, nowMs: number): Promise<boolean> {
  const { per_hour: perHour, available, waiting_units: waitingUnits } = row;
  const quantity = quantityToBuy(
    { perHour, available, waitingUnits },
    {
      targetHours: row.target_hours,
      quantityMin: row.quantity_min,
      quantityMax: row.quantity_max,
    },
  );
  if (quantity === 0) return false;
  try {
    await inTransaction(pool, (client) =>
      askReplenishment(client, {
        productId: row.id,
        quantity,
        cause: row.is_peak ? 'peak' : 'runway',
        stockTarget: available + Math.max(1, quantity - waitingUnits),
        hoursLeft: row.hours_left,
        askedBy: 'system',
        reason: null,
        nowMs,
      }),
    );
    return true;
  } catch (error) {
    // Somebody was faster: what is wanted is under way.
    if (error instanceof DomainError && error.code === 'replenishment.open-already') return false;
    throw error;
  }
}

/** Their runs may never have begun; one that is there looks once more. Whoever approves one tells its run anyway. */
const MISSING_RUNS = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'replenishment-changed', r.id::text, now() FROM replenishments r
  WHERE r.status = 'buying' AND r.updated_at < now() - interval '1 minute'
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'replenishment-changed' AND m.subject = r.id::text)`;

/** Has the runs of open replenishments started again. Returns how many were asked for. */
export async function restartReplenishments(pool: Pool): Promise<number> {
  return (await pool.query(MISSING_RUNS)).rowCount ?? 0;
}

const CLOSE_REFUSED = `
  WITH closed AS (
    UPDATE replenishments r SET status = CASE a.status WHEN 'refused' THEN 'refused' ELSE 'cancelled' END, ended_at = now(),
      updated_at = now(), version = r.version + 1
    FROM approvals a
    WHERE r.status = 'approval' AND a.key = 'replenishment:' || r.id AND a.status IN ('refused', 'withdrawn', 'expired')
    RETURNING r.id
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'replenishment-changed', id::text, now() FROM closed`;

/** What a second person did not agree to ends, and its run is told. Returns how many. */
export async function closeRefusedReplenishments(pool: Pool): Promise<number> {
  return (await pool.query(CLOSE_REFUSED)).rowCount ?? 0;
}
