import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { type Actor, DomainError, isFinal, type OrderStatus } from '#domain';
import { inTransaction } from '#domain/database';
import { endOrder, fillWaitingOrders, replayCallback, writeAudit } from '#domain/stores';
import { OrderWorkflows } from '#workflows/client';
import type { PanelStaff } from '../resource/resource-definition.js';

interface OrderRow {
  readonly orderNo: string;
  readonly productId: string;
  readonly status: OrderStatus;
}

/** What staff may do to an order. Its run is asked first; where no run can answer, the row's own script does the work. */
@Injectable()
export class OrderCommandsService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly workflows: OrderWorkflows,
  ) {}

  /** Throws `order.not-found` and `order.not-cancellable`. */
  async cancel(staff: PanelStaff, orderId: string, reason: string): Promise<OrderStatus> {
    const order = await this.orderOf(orderId);
    if (isFinal(order.status)) throw new DomainError('order.not-cancellable');
    const answer = await this.workflows
      .cancelOrder(order.orderNo, { reason, actor: byId(staff) })
      .catch(undefinedIfAway);
    if (!answer) return this.cancelRow(staff, orderId, reason);
    // The order may have been delivered while its run was being asked; one that a supplier may still deliver is cancelled
    // as soon as that is known.
    if (answer.status === 'succeeded' || answer.status === 'failed')
      throw new DomainError('order.not-cancellable');
    await this.audit(this.pool, staff, { action: 'cancelOrder', orderId, reason });
    return answer.status;
  }

  /** Throws `order.not-found`; `isWaiting` is false where there was nothing to retry. */
  async retry(
    staff: PanelStaff,
    orderId: string,
  ): Promise<{ status: OrderStatus; isWaiting: boolean }> {
    const order = await this.orderOf(orderId);
    if (isFinal(order.status)) return { status: order.status, isWaiting: false };
    const answer = await this.workflows
      .retryNow(order.orderNo, { actor: byId(staff) })
      .catch(undefinedIfAway);
    if (!answer) return this.retryRow(staff, orderId);
    await this.audit(this.pool, staff, { action: 'retryOrder', orderId });
    return { status: answer.status, isWaiting: true };
  }

  /** Throws `callback.not-found`. */
  async replay(staff: PanelStaff, callbackId: string): Promise<void> {
    await replayCallback(this.pool, { callbackId, actor: byAddress(staff) }, async (client) => {
      const found = await client.query<{ order_id: string }>(
        'SELECT order_id FROM callback_deliveries WHERE id = $1',
        [callbackId],
      );
      const orderId = found.rows[0]?.order_id ?? callbackId;
      await this.audit(client, staff, { action: 'replayCallback', orderId });
    });
  }

  /** The order's outbox row tells its run once Temporal is back. */
  private async cancelRow(
    staff: PanelStaff,
    orderId: string,
    reason: string,
  ): Promise<OrderStatus> {
    const note = { action: 'cancelOrder', orderId, reason };
    const { ended, asked, status } = await endOrder(
      this.pool,
      {
        orderId,
        to: 'cancelled',
        failCode: 'cancelled-by-staff',
        actor: byAddress(staff),
        nowMs: Date.now(),
        reason,
      },
      (client) => this.audit(client, staff, note),
    );
    if (ended || asked) return status;
    // It still waited when this call began: its run has cancelled it, and only the answer came too late.
    if (status !== 'cancelled') throw new DomainError('order.not-cancellable');
    await this.audit(this.pool, staff, note);
    return status;
  }

  /** Does what the order's run would do; whoever ends the order leaves word for the run. */
  private async retryRow(
    staff: PanelStaff,
    orderId: string,
  ): Promise<{ status: OrderStatus; isWaiting: boolean }> {
    const { productId, status } = await this.orderOf(orderId);
    if (isFinal(status)) return { status, isWaiting: false };
    const actor = byAddress(staff);
    await inTransaction(this.pool, async (client) => {
      await client.query(
        `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at)
         VALUES ($1, 'retry-asked', $2, $3, now())`,
        [orderId, actor.kind, actor.name],
      );
      await this.audit(client, staff, { action: 'retryOrder', orderId });
    });
    await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
    return { status: (await this.orderOf(orderId)).status, isWaiting: true };
  }

  private async orderOf(orderId: string): Promise<OrderRow> {
    const found = await this.pool.query<{
      order_no: string;
      product_id: string;
      status: OrderStatus;
    }>('SELECT order_no, product_id, status FROM orders WHERE id = $1', [orderId]);
    const row = found.rows[0];
    if (!row) throw new DomainError('order.not-found');
    return { orderNo: row.order_no, productId: row.product_id, status: row.status };
  }

  private audit(
    sql: pg.Pool | pg.PoolClient,
    staff: PanelStaff,
    done: { readonly action: string; readonly orderId: string; readonly reason?: string },
  ): Promise<void> {
    return writeAudit(sql, {
      staffEmail: staff.email,
      action: done.action,
      resource: 'Order',
      recordId: done.orderId,
      reason: done.reason ?? null,
      requestId: staff.requestId,
      address: staff.address,
    });
  }
}

const byAddress = (staff: PanelStaff): Actor => ({ kind: 'staff', name: staff.email });
/** Staff are named by id in a run's history, never by address. */
const byId = (staff: PanelStaff): Actor => ({ kind: 'staff', name: staff.id });

function undefinedIfAway(error: unknown): undefined {
  if (error instanceof DomainError && error.code === 'service.unavailable') return undefined;
  throw error;
}
