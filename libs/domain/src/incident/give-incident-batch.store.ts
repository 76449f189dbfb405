import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { incidentGift, type IncidentGift } from './incident-gift.js';
import type { IncidentCompensationStatus } from './incident-kind.js';
import {
  giveMoney,
  giveServiceDays,
  type GiftRun,
  type OrderGift,
} from './write-incident-gifts.store.js';

/** So many orders share a transaction: platforms that order meanwhile wait no longer than it takes. */
const BATCH = 100;

/** How far a bulk compensation has come. */
export interface IncidentCompensationStand {
  readonly status: IncidentCompensationStatus;
  readonly orderCount: number;
  readonly givenCount: number;
  readonly skippedCount: number;
  readonly givenHao: number;
}

type LockedRun = GiftRun & {
  readonly status: IncidentCompensationStatus;
  readonly isStopAsked: boolean;
};

const LOCK = `
  SELECT c.id, c.status, c.remedy, c.days, c.day_cost_hao::float8 AS "dayCostHao", c.percent, c.fixed_hao::float8 AS "fixedHao",
    c.stop_asked_at IS NOT NULL AS "isStopAsked", c.reason, c.asked_by AS "askedBy", i.incident_no AS "incidentNo"
  FROM incident_compensations c JOIN incidents i ON i.id = c.incident_id WHERE c.id = $1 FOR UPDATE OF c`;

const NEXT_LINES = `
  SELECT order_id FROM incident_compensation_lines WHERE compensation_id = $1 AND status = 'pending' ORDER BY id LIMIT ${BATCH}`;

const LOCK_ORDERS = `
  SELECT o.id AS "orderId", o.platform_id AS "platformId", o.product_id AS "productId", o.customer_no AS "customerNo",
    o.delivered_quantity AS "deliveredQuantity", (o.amount_hao - o.refunded_hao)::float8 AS "keptHao"
  FROM orders o WHERE o.id = ANY($1::bigint[]) ORDER BY o.id FOR UPDATE`;

/** Read after the locks are held: what others gave meanwhile counts. */
const GIVEN_BEFORE = `
  SELECT root_order_id AS "orderId", sum(amount_hao)::float8 AS hao FROM compensations
  WHERE root_order_id = ANY($1::bigint[]) AND status IN ('replacing', 'done') GROUP BY root_order_id`;

const MARK_LINES = `
  UPDATE incident_compensation_lines l SET status = g.status, amount_hao = g.amount_hao, skip_reason = g.skip_reason, done_at = $5
  FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS r(order_id, amount_hao, skip_reason),
    LATERAL (SELECT CASE WHEN r.skip_reason IS NULL THEN 'given' ELSE 'skipped' END AS status, r.amount_hao, r.skip_reason) AS g
  WHERE l.compensation_id = $1 AND l.order_id = r.order_id AND l.status = 'pending'`;

const COUNT_UP = `
  UPDATE incident_compensations SET given_count = given_count + $2, given_hao = given_hao + $3::bigint,
    skipped_count = skipped_count + $4, last_step_at = $5 WHERE id = $1`;

const SKIP_REST = `
  WITH rest AS (
    UPDATE incident_compensation_lines SET status = 'skipped', skip_reason = 'stopped', done_at = $2
    WHERE compensation_id = $1 AND status = 'pending' RETURNING id
  )
  UPDATE incident_compensations SET status = 'stopped', ended_at = $2, last_step_at = $2,
    skipped_count = skipped_count + (SELECT count(*) FROM rest) WHERE id = $1`;

const FINISH = `
  UPDATE incident_compensations SET status = 'done', ended_at = $2, last_step_at = $2 WHERE id = $1`;

const STAND = `
  SELECT status, order_count AS "orderCount", given_count AS "givenCount", skipped_count AS "skippedCount",
    given_hao::float8 AS "givenHao" FROM incident_compensations WHERE id = $1`;

/**
 * Gives the next orders what they are to get, all of them or none. May be called as often as anybody likes, also by several
 * at once: a line is pending once. Throws `incident.not-found`.
 */
export async function giveIncidentBatch(
  pool: Pool,
  { compensationId, nowMs }: { readonly compensationId: string; readonly nowMs: number },
): Promise<IncidentCompensationStand> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<LockedRun>(LOCK, [compensationId]);
    const run = rows[0];
    if (!run) throw new DomainError('incident.not-found');
    if (run.status === 'running') await step(client, run, nowMs);
    const stand = await client.query<IncidentCompensationStand>(STAND, [compensationId]);
    const row = stand.rows[0];
    if (!row) throw new DomainError('incident.not-found');
    return row;
  });
}

async function step(client: PoolClient, run: LockedRun, nowMs: number): Promise<void> {
  const at = new Date(nowMs);
  if (run.isStopAsked) {
    await client.query(SKIP_REST, [run.id, at]);
    return;
  }
  const lines = await client.query<{ order_id: string }>(NEXT_LINES, [run.id]);
  if (lines.rows.length === 0) {
    await client.query(FINISH, [run.id, at]);
    return;
  }
  const gifts = await giftsOf(
    client,
    run,
    lines.rows.map((line) => line.order_id),
  );
  const given = gifts.filter(({ skipReason }) => skipReason === null);
  if (given.length > 0) {
    if (run.remedy === 'service-days') await giveServiceDays(client, run, given, nowMs);
    else await giveMoney(client, run, given, nowMs);
  }
  await client.query(MARK_LINES, [
    run.id,
    gifts.map(({ orderId }) => orderId),
    gifts.map(({ amountHao }) => amountHao),
    gifts.map(({ skipReason }) => skipReason),
    at,
  ]);
  await client.query(COUNT_UP, [
    run.id,
    given.length,
    given.reduce((sum, { amountHao }) => sum + amountHao, 0),
    gifts.length - given.length,
    at,
  ]);
}

async function giftsOf(
  client: PoolClient,
  run: LockedRun,
  orderIds: readonly string[],
): Promise<(OrderGift & IncidentGift)[]> {
  const orders = await client.query<Omit<OrderGift, 'amountHao'> & { keptHao: number }>(
    LOCK_ORDERS,
    [orderIds],
  );
  const before = await client.query<{ orderId: string; hao: number }>(GIVEN_BEFORE, [orderIds]);
  const givenHao = new Map(before.rows.map(({ orderId, hao }) => [orderId, hao]));
  return orders.rows.map((order) => ({
    ...order,
    ...incidentGift(run, { ...order, compensatedHao: givenHao.get(order.orderId) ?? 0 }),
  }));
}

const RESUME = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'compensate-incident', c.id::text, now() FROM incident_compensations c
  WHERE c.status = 'running' AND c.last_step_at < now() - interval '2 minutes'
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'compensate-incident' AND m.subject = c.id::text)`;

/** A bulk compensation that has stood still: its run was lost, or never began. Answers how many. */
export async function resumeIncidentCompensations(pool: Pool): Promise<number> {
  return (await pool.query(RESUME)).rowCount ?? 0;
}
