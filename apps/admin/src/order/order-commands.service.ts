import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { type Actor, DomainError, isFinal, type OrderStatus } from '#domain';
import { endOrder, replayCallback, writeAudit } from '#domain/stores';
import { OrderWorkflows } from '#workflows/client';
import type { PanelStaff } from '../resource/resource-definition.js';

/** What staff may do to an order. The row's own script decides; Temporal is asked first, because it keeps the order's run. */
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
    const status = await this.cancelThroughRun(staff, order.orderNo, reason).catch(
      (error: unknown) => {
        if (!isAway(error)) throw error;
        return this.cancelRow(staff, orderId, reason);
      },
    );
    await this.audit(staff, 'cancelOrder', orderId, reason);
    return status;
  }

  /** Throws `order.not-found`; `isWaiting` is false where there was nothing to retry. */
  async retry(
    staff: PanelStaff,
    orderId: string,
  ): Promise<{ status: OrderStatus; isWaiting: boolean }> {
    const order = await this.orderOf(orderId);
    if (isFinal(order.status)) return { status: order.status, isWaiting: false };
    // Staff are named by id in a run's history, never by address.
    const answer = await this.workflows.retryNow(order.orderNo, {
      actor: { kind: 'staff', name: staff.id },
    });
    await this.audit(staff, 'retryOrder', orderId, null);
    return { status: answer?.status ?? order.status, isWaiting: answer !== undefined };
  }

  /** Throws `callback.not-found`. */
  async replay(staff: PanelStaff, callbackId: string): Promise<void> {
    await replayCallback(this.pool, { callbackId, actor: byAddress(staff) });
    const found = await this.pool.query<{ order_id: string }>(
      'SELECT order_id FROM callback_deliveries WHERE id = $1',
      [callbackId],
    );
    await this.audit(staff, 'replayCallback', found.rows[0]?.order_id ?? callbackId, null);
  }

  private async cancelThroughRun(
    staff: PanelStaff,
    orderNo: string,
    reason: string,
  ): Promise<OrderStatus> {
    const actor: Actor = { kind: 'staff', name: staff.id };
    return (await this.workflows.cancelOrder(orderNo, { reason, actor })).status;
  }

  /** The order's outbox row tells its run once Temporal is back. */
  private async cancelRow(
    staff: PanelStaff,
    orderId: string,
    reason: string,
  ): Promise<OrderStatus> {
    const { ended, status } = await endOrder(this.pool, {
      orderId,
      to: 'cancelled',
      failCode: 'cancelled-by-staff',
      actor: byAddress(staff),
      nowMs: Date.now(),
      reason,
    });
    if (!ended) throw new DomainError('order.not-cancellable');
    return status;
  }

  private async orderOf(orderId: string): Promise<{ orderNo: string; status: OrderStatus }> {
    const found = await this.pool.query<{ order_no: string; status: OrderStatus }>(
      'SELECT order_no, status FROM orders WHERE id = $1',
      [orderId],
    );
    const row = found.rows[0];
    if (!row) throw new DomainError('order.not-found');
    return { orderNo: row.order_no, status: row.status };
  }

  private audit(
    staff: PanelStaff,
    action: string,
    orderId: string,
    reason: string | null,
  ): Promise<void> {
    const { requestId, address, email: staffEmail } = staff;
    return writeAudit(this.pool, {
      staffEmail,
      action,
      resource: 'Order',
      recordId: orderId,
      reason,
      requestId,
      address,
    });
  }
}

const byAddress = (staff: PanelStaff): Actor => ({ kind: 'staff', name: staff.email });

const isAway = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'service.unavailable';
