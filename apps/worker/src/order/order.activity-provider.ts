import type { Pool } from 'pg';
import {
  DomainError,
  type Actor,
  type CancelCode,
  type OrderStatus,
  WAITING_STATUSES_SQL,
} from '#domain';
import { advanceOrder, endOrder, fillWaitingOrders, type SupplyParts } from '#domain/stores';
import type {
  OrderAdvanced,
  CancelOrder,
  OrderActivities,
  OrderChanged,
  OrderRef,
  RetryNow,
} from '#workflows';
import { namedActor } from './named-actor.js';

const WORKFLOW: Actor = { kind: 'system', name: 'workflow' };

/** Once for each wish: the step may run again after it has written this and before it has filled anything. */
const NOTE_RETRY = `
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  SELECT $1::bigint, 'retry-asked', $2::text, $3::text, jsonb_build_object('updateId', $4::text), now()
  WHERE NOT EXISTS (
    SELECT 1 FROM order_events WHERE order_id = $1 AND type = 'retry-asked' AND detail ->> 'updateId' = $4)`;

/** The steps of an order, each one transaction of the stores. All may run twice. */
export class OrderActivityProvider implements OrderActivities {
  constructor(
    private readonly pool: Pool,
    private readonly supply: SupplyParts,
  ) {}

  /** Where nothing more can come, stock has the last word before the order ends. */
  async advanceOrder({ orderId }: OrderRef): Promise<OrderAdvanced> {
    const nowMs = Date.now();
    const { end, calls, wakeAtMs, status, version } = await advanceOrder(this.supply, {
      orderId,
      nowMs,
    });
    if (end === null) return { status, version, calls, wakeAtMs };
    if (end === 'deadline') await this.fillFirst(orderId);
    await this.end(orderId, end);
    return { ...(await this.standing(orderId)), calls: [], wakeAtMs: null };
  }

  private async end(
    orderId: string,
    reason: 'deadline' | 'cancel' | 'account-refused',
  ): Promise<void> {
    const found = await this.pool.query<{ cancel_code: CancelCode | null; has_attempts: boolean }>(
      'SELECT cancel_code, EXISTS (SELECT 1 FROM attempts a WHERE a.order_id = o.id) AS has_attempts FROM orders o WHERE id = $1',
      [orderId],
    );
    const { cancel_code: cancelCode = null, has_attempts: hasAttempts = false } =
      found.rows[0] ?? {};
    const atDeadline = hasAttempts ? 'supply-failed' : 'out-of-stock';
    await endOrder(this.pool, {
      orderId,
      to: reason === 'cancel' ? 'cancelled' : 'failed',
      failCode:
        reason === 'cancel'
          ? (cancelCode ?? 'cancelled-by-staff')
          : reason === 'account-refused'
            ? 'account-refused'
            : atDeadline,
      actor: WORKFLOW,
      nowMs: Date.now(),
    });
  }

  async failOverdueOrder({ orderId }: OrderRef): Promise<OrderChanged> {
    await this.fillFirst(orderId);
    await endOrder(this.pool, {
      orderId,
      to: 'failed',
      failCode: 'out-of-stock',
      actor: WORKFLOW,
      nowMs: Date.now(),
    });
    return this.standing(orderId);
  }

  async cancelWaitingOrder(ask: OrderRef & CancelOrder): Promise<OrderChanged> {
    const actor = await namedActor(this.pool, ask.actor);
    await endOrder(this.pool, {
      orderId: ask.orderId,
      to: 'cancelled',
      failCode: actor.kind === 'platform' ? 'cancelled-by-platform' : 'cancelled-by-staff',
      actor,
      nowMs: Date.now(),
      reason: ask.reason,
    });
    return this.standing(ask.orderId);
  }

  async retryWaitingOrder(
    ask: OrderRef & RetryNow & { readonly productId: string; readonly updateId: string },
  ): Promise<OrderChanged> {
    const actor = await namedActor(this.pool, ask.actor);
    await this.pool.query(NOTE_RETRY, [ask.orderId, actor.kind, actor.name, ask.updateId]);
    await fillWaitingOrders(this.pool, { productId: ask.productId, nowMs: Date.now() });
    return this.standing(ask.orderId);
  }

  /** Nobody is told "out of stock" while cards lie there that only their bringer has not announced. */
  private async fillFirst(orderId: string): Promise<void> {
    const waiting = await this.pool.query<{ product_id: string }>(
      `SELECT product_id FROM orders WHERE id = $1 AND status IN ${WAITING_STATUSES_SQL}`,
      [orderId],
    );
    const productId = waiting.rows[0]?.product_id;
    if (productId) await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
  }

  private async standing(orderId: string): Promise<OrderChanged> {
    const found = await this.pool.query<{ status: OrderStatus; version: number }>(
      'SELECT status, version FROM orders WHERE id = $1',
      [orderId],
    );
    const row = found.rows[0];
    if (!row) throw new DomainError('order.not-found');
    return { status: row.status, version: row.version };
  }
}
