import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { WAKE_ORDERS_OF_PRODUCTS } from '../order/wake-orders.js';
import { peakRunway, type PeakUplift } from '../peak/peak-plan.js';
import { HOUR_MS, shanghaiDate } from '../shared/business-time.js';
import { writeAudit } from '../staff/audit.store.js';
import { RUNWAY_HOURS, runwayState, stockRunway } from './stock-runway.js';

/** Counted no further: more lasts long enough. */
const STOCK_COUNT_MAX = 200_000;
const SHOWN_HOURS = 24;

const READ = `
  WITH demand AS (
    SELECT product_id, floor(extract(epoch FROM $1::timestamptz - created_at) / 3600)::int AS hour, sum(quantity)::int AS units
    FROM orders WHERE id >= $2::bigint AND created_at > $1::timestamptz - interval '${RUNWAY_HOURS} hours' AND status <> 'cancelled'
    GROUP BY 1, 2
  )
  SELECT p.id, p.runway_hours_min, extract(epoch FROM $1::timestamptz - p.created_at)::float8 / 3600 AS known_hours,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id AND s.expires_on >= $3::date
       LIMIT ${STOCK_COUNT_MAX}) AS counted) AS available,
    EXISTS (SELECT 1 FROM supply_routes r JOIN suppliers s ON s.id = r.supplier_id
      WHERE r.product_id = p.id AND NOT r.is_standby AND r.status = 'active' AND s.status = 'active') AS is_supplied,
    coalesce((SELECT json_agg(json_build_object('startsOn', k.starts_on, 'endsOn', k.ends_on, 'factor', l.factor,
        'quantity', l.quantity, 'basePerDay', l.base_per_day, 'hasBegun', k.starts_on <= $3::date))
      FROM peak_lines l JOIN peak_plans k ON k.id = l.plan_id
      WHERE l.product_id = p.id AND k.is_active AND $3::date BETWEEN k.starts_on - k.lead_days AND k.ends_on), '[]') AS peaks,
    coalesce((SELECT json_agg(json_build_array(d.hour, d.units)) FROM demand d WHERE d.product_id = p.id AND d.hour >= 0), '[]') AS demand
  FROM products p WHERE p.kind = 'card' AND p.status = 'on-sale'`;

interface Row {
  id: string;
  runway_hours_min: number;
  known_hours: number;
  available: number;
  is_supplied: boolean;
  demand: [number, number][];
  /** Of plans that are near or going on. */
  peaks: (PeakUplift & { readonly hasBegun: boolean })[];
}

const WRITE = `
  INSERT INTO stock_runways (product_id, available, per_hour, hours_left, hourly, measured_at, hours_min, peak_per_hour, is_peak)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (product_id) DO UPDATE SET available = EXCLUDED.available, per_hour = EXCLUDED.per_hour,
    hours_left = EXCLUDED.hours_left, hourly = EXCLUDED.hourly, measured_at = EXCLUDED.measured_at, hours_min = EXCLUDED.hours_min,
    peak_per_hour = EXCLUDED.peak_per_hour, is_peak = EXCLUDED.is_peak`;

/**
 * Measures how long the stock of every card product on sale lasts. Where it falls short and no other supplier delivers, the
 * product's standby routes are activated; where it has recovered, they rest again: these routes are the system's to
 * switch. Returns how many were switched.
 */
export async function measureRunways(pool: Pool, nowMs: number): Promise<number> {
  const firstId = await firstOrderIdSince(pool, new Date(nowMs - RUNWAY_HOURS * HOUR_MS));
  const { rows } = await pool.query<Row>(READ, [new Date(nowMs), firstId, shanghaiDate(nowMs)]);
  return inTransaction(pool, async (client) => {
    await client.query('DELETE FROM stock_runways WHERE NOT product_id = ANY($1::uuid[])', [
      rows.map(({ id }) => id),
    ]);
    let switched = 0;
    for (const row of rows) switched += await measureOne(client, row, nowMs);
    return switched;
  });
}

async function measureOne(client: PoolClient, row: Row, nowMs: number): Promise<number> {
  const hourly = Array.from({ length: RUNWAY_HOURS }, () => 0);
  for (const [hour, units] of row.demand) if (hour < RUNWAY_HOURS) hourly[hour] = units;
  const { available, known_hours: knownHours } = row;
  const { perHour, hoursLeft: usualHours } = stockRunway(hourly, { available, knownHours });
  const peak = peakRunway({ perHour, hoursMin: row.runway_hours_min }, row.peaks);
  // In a peak the stock lasts as long as the peak lets it, also before its own demand shows.
  const going = peakRunway(
    { perHour, hoursMin: 0 },
    row.peaks.filter(({ hasBegun }) => hasBegun),
  );
  const hoursLeft = going.perHour > perHour ? available / going.perHour : usualHours;
  await client.query(WRITE, [
    row.id,
    available,
    perHour,
    hoursLeft,
    hourly.slice(0, SHOWN_HOURS),
    new Date(nowMs),
    peak.hoursMin,
    peak.perHour,
    row.peaks.length > 0,
  ]);
  // Nothing is sold of what is not there, so an empty shelf shows no demand: its standby serves all the same.
  const hours = available === 0 ? 0 : hoursLeft;
  const state = row.is_supplied ? 'clear' : runwayState(hours, peak.hoursMin);
  if (state === 'between') return 0;
  return switchStandby(client, row.id, state === 'crossed' ? 'active' : 'paused');
}

const SWITCH = `
  UPDATE supply_routes SET status = $2::varchar, version = version + 1, updated_at = now()
  WHERE product_id = $1 AND is_standby AND NOT is_slow_charge AND status <> $2::varchar RETURNING id`;

async function switchStandby(
  client: PoolClient,
  productId: string,
  to: 'active' | 'paused',
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(SWITCH, [productId, to]);
  for (const { id } of rows)
    await writeAudit(client, {
      staffEmail: 'system',
      action: 'move',
      resource: 'SupplyRoute',
      recordId: id,
      after: { status: to },
      reason: to === 'active' ? 'the stock is running short' : 'the stock has recovered',
      requestId: 'stock-runway',
      address: null,
    });
  if (rows.length > 0 && to === 'active')
    await client.query(WAKE_ORDERS_OF_PRODUCTS, [[productId]]);
  return rows.length;
}
