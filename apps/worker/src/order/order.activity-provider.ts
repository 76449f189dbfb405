import type { Pool } from 'pg';
import { DomainError, type Actor, type OrderStatus } from '#domain';
import { endOrder, fillWaitingOrders } from '#domain/stores';
import type {
  AskedBy,
  CancelOrder,
  OrderActivities,
  OrderChanged,
  OrderRef,
  RetryNow,
} from '#workflows';

const WORKFLOW: Actor = { kind: 'system', name: 'workflow' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The steps of an order, each one transaction of the stores. All may run twice. */
export class OrderActivityProvider implements OrderActivities {
  constructor(private readonly pool: Pool) {}

  async failOverdueOrder({ orderId }: OrderRef): Promise<OrderChanged> {
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
    const actor = await this.named(ask.actor);
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
    ask: OrderRef & RetryNow & { readonly productId: string },
  ): Promise<OrderChanged> {
    const actor = await this.named(ask.actor);
    await this.pool.query(
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at)
       VALUES ($1, 'retry-asked', $2, $3, now())`,
      [ask.orderId, actor.kind, actor.name],
    );
    await fillWaitingOrders(this.pool, { productId: ask.productId, nowMs: Date.now() });
    return this.standing(ask.orderId);
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

  /** Runs know staff by id only; the timeline names them as people know them. */
  private async named(actor: AskedBy): Promise<Actor> {
    if (actor.kind !== 'staff' || !UUID.test(actor.name)) return actor;
    const found = await this.pool.query<{ email: string }>(
      'SELECT email FROM staff WHERE id = $1',
      [actor.name],
    );
    return { kind: 'staff', name: found.rows[0]?.email ?? actor.name };
  }
}
