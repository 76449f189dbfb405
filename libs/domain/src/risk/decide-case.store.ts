import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { LOCK_PRODUCT_OF_ORDER } from '../inventory/product-lock.store.js';
import { advanceLargeOrderIn } from '../large-order/advance-large-order.store.js';
import { endOrderIn } from '../order/end-order.store.js';
import type { Actor } from '../order/order-event-type.js';
import { DomainError } from '../shared/domain-error.js';
import { caseFault, RAISED_BY_RULES, type RiskCaseStatus } from './risk-case.js';

export interface DecideCase {
  readonly caseId: string;
  readonly decision: 'released' | 'refused';
  /** A person's address; `system` at the end of the time. */
  readonly decider: string;
  readonly reason: string;
  readonly nowMs: number;
}

interface CaseRow {
  order_id: string;
  status: RiskCaseStatus;
  raised_by: string;
}

const LOCK_CASE = 'SELECT order_id, status, raised_by FROM risk_cases WHERE id = $1 FOR UPDATE';
const CLOSE_CASE = `
  UPDATE risk_cases SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1`;

/**
 * Releases a held order, which then waits for stock or suppliers (a large one for its money) like any other and keeps its
 * place, or refuses it: failed, refunded, with a code that tells nobody why. Of two deciders one comes too late. Throws `risk-case.not-found`,
 * `risk-case.not-open`, `risk-case.own`.
 */
export function decideCase(
  pool: Pool,
  command: DecideCase,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<{ readonly orderId: string }> {
  return inTransaction(pool, async (client) => {
    const orderId = await lockCase(client, command);
    await client.query(CLOSE_CASE, [
      command.caseId,
      command.decision,
      command.decider,
      new Date(command.nowMs),
      command.reason,
    ]);
    if (command.decision === 'released') await releaseOrder(client, orderId, command);
    else await refuseOrder(client, orderId, command);
    await afterChange(client);
    return { orderId };
  });
}

/** Takes the locks in the order all scripts keep: product, order, case. */
async function lockCase(client: PoolClient, command: DecideCase): Promise<string> {
  const found = await client.query<CaseRow>('SELECT order_id FROM risk_cases WHERE id = $1', [
    command.caseId,
  ]);
  const orderId = found.rows[0]?.order_id;
  if (orderId === undefined) throw new DomainError('risk-case.not-found');
  await client.query(LOCK_PRODUCT_OF_ORDER, [orderId]);
  await client.query('SELECT 1 FROM orders WHERE id = $1 FOR UPDATE', [orderId]);
  const locked = await client.query<CaseRow>(LOCK_CASE, [command.caseId]);
  const row = locked.rows[0];
  if (!row) throw new DomainError('risk-case.not-found');
  const fault =
    row.status === 'open' && command.decider === RAISED_BY_RULES
      ? undefined
      : caseFault({ status: row.status, raisedBy: row.raised_by }, command.decider);
  if (fault !== undefined) throw new DomainError(fault);
  return orderId;
}

/** The first payment of a large order is due as if it had been accepted now. */
const RELEASE_LARGE = `
  WITH released AS (
    UPDATE orders SET status = 'awaiting-payment' WHERE id = $1 AND status = 'held' RETURNING id
  ), large AS (
    UPDATE large_orders SET due_at = $2::timestamptz + pay_seconds * interval '1 second', next_at = $2,
      prepayment_due_at = CASE WHEN phase = 'prepayment' THEN $2::timestamptz + pay_seconds * interval '1 second' END
    WHERE order_id = $1 RETURNING due_at
  ), stage AS (
    UPDATE delivery_stages s SET due_at = l.due_at FROM large l WHERE s.order_id = $1 AND s.status = 'awaiting-payment'
  ), events AS (
    INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, created_at)
    SELECT id, 'released', 'held', 'awaiting-payment', $3, $4, $2 FROM released
  )
  SELECT 1 / (count(*) = 1)::int AS released FROM released`;

/** The product's wait begins now. Stock is looked at, and the order's run told, as soon as this is committed. */
const RELEASE = `
  WITH released AS (
    UPDATE orders o SET status = 'processing', version = o.version + 1, updated_at = $2,
      deadline_at = $2::timestamptz + p.wait_seconds * interval '1 second'
    FROM products p WHERE o.id = $1 AND o.status = 'held' AND p.id = o.product_id RETURNING o.id, o.product_id
  ), events AS (
    INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, created_at)
    SELECT id, 'released', 'held', 'processing', $3, $4, $2 FROM released
  ), told AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 'order-changed', id::text, $2 FROM released UNION ALL SELECT 'fill-stock', product_id::text, $2 FROM released
  )
  SELECT 1 / (count(*) = 1)::int AS released FROM released`;

const actorOf = ({ decider }: DecideCase): Actor =>
  decider === RAISED_BY_RULES ? { kind: 'system', name: 'risk' } : { kind: 'staff', name: decider };

async function releaseOrder(
  client: PoolClient,
  orderId: string,
  command: DecideCase,
): Promise<void> {
  const { nowMs } = command;
  const actor = actorOf(command);
  const values = [orderId, new Date(nowMs), actor.kind, actor.name];
  if (await isLarge(client, orderId)) {
    await client.query(RELEASE_LARGE, values);
    await advanceLargeOrderIn(client, { orderId, actor, nowMs }, true);
  } else await client.query(RELEASE, values);
}

async function isLarge(client: PoolClient, orderId: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM large_orders WHERE order_id = $1', [
    orderId,
  ]);
  return rowCount === 1;
}

/** The reason stays with the case: an order's timeline is read by more people than may know of a suspicion. */
async function refuseOrder(
  client: PoolClient,
  orderId: string,
  command: DecideCase,
): Promise<void> {
  await endOrderIn(client, {
    orderId,
    to: 'failed',
    failCode: 'not-accepted',
    actor: actorOf(command),
    nowMs: command.nowMs,
  });
}

const OVERDUE = `
  SELECT c.id FROM risk_cases c JOIN risk_rules p ON p.kind = 'hold-policy' AND p.is_current
  WHERE c.status = 'open' AND c.due_at <= $1 AND (p.params ->> 'refusesAtEnd')::int = 1 ORDER BY c.due_at LIMIT 200`;

/** Refuses what nobody has decided in time, where the rule says so; answers how many. */
export async function refuseOverdueCases(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(OVERDUE, [new Date(nowMs)]);
  let refused = 0;
  for (const { id } of rows) {
    const isDone = await decideCase(pool, {
      caseId: id,
      decision: 'refused',
      decider: RAISED_BY_RULES,
      reason: 'time is up',
      nowMs,
    }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
    if (isDone) refused += 1;
  }
  return refused;
}
