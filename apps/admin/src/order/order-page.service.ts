import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import {
  DomainError,
  isFinal,
  maskCardText,
  mayStaff,
  type OrderStatus,
  shanghaiDate,
  WAITING_ORDER_STATUSES,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { CardVault } from '#domain/stores';
import { orderWorkflowId } from '#workflows';
import type { CallbackView, OrderPageView, OrderView, UnitView } from '../components/views.js';
import { AdminConfig } from '../config.js';
import { runAddress } from '../history/run-of.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount, shownUnitPrice } from '../resource/shown-amount.js';
import { askedByWords, failureWords } from './callback-words.js';
import * as queries from './order-page.queries.js';
import { timeline } from './timeline.js';

const WAITING: readonly OrderStatus[] = WAITING_ORDER_STATUSES;

/** Everything that one page tells about an order. */
@Injectable()
export class OrderPageService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
    private readonly config: AdminConfig,
  ) {}

  async show(staff: PanelStaff, orderId: string): Promise<OrderPageView> {
    const order = await queries.readOrder(this.pool, orderId);
    if (!order) throw new DomainError('order.not-found');
    const callbacks = await queries.readCallbacks(this.pool, orderId);
    const [units, events, tries, entries, audit] = await Promise.all([
      queries.readUnits(this.pool, orderId),
      queries.readEvents(this.pool, orderId),
      queries.readTries(
        this.pool,
        callbacks.map(({ id }) => id),
      ),
      queries.readEntries(this.pool, orderId),
      queries.readAudit(this.pool, orderId),
    ]);
    return {
      order: orderView(order, staff),
      why: await this.why(order, staff),
      units: units.map((unit) => this.unitView(unit)),
      unitTotal: order.quantity,
      entries: entries.map((entry) => ({
        id: entry.id,
        kind: entry.kind,
        at: shanghaiTime(entry.posted_at),
        amount: shownAmount(Number(entry.amount_hao)),
      })),
      callbacks: callbacks.map((callback) => callbackView(staff.language, callback, tries)),
      timeline: timeline(staff.language, { events, tries, audit }),
      runUrl: runAddress(this.config, orderWorkflowId(order.order_no)),
      may: mayDo(staff, order),
    };
  }

  /** Why an order is not delivered yet, in plain words; null once it is final. */
  private async why(
    order: queries.OrderRow,
    { language }: PanelStaff,
  ): Promise<OrderPageView['why']> {
    if (isFinal(order.status)) return null;
    if (order.status === 'held')
      return { lines: [translate(language, 'page.order.whyHeld')], missing: 0 };
    if (order.status === 'awaiting-payment')
      return { lines: [translate(language, 'page.order.whyPayment')], missing: 0 };
    const today = shanghaiDate(Date.now());
    const queue = await queries.readQueue(this.pool, {
      productId: order.product_id,
      orderId: order.id,
      today,
    });
    const wanted = order.quantity - order.delivered_quantity;
    const missing = Math.max(0, wanted - queue.available);
    const product = `${order.product_name}（${order.product_code}）`;
    const lines =
      missing === 0
        ? [translate(language, 'page.order.whyAccepted')]
        : [
            translate(language, 'page.order.whyWaiting', {
              product,
              count: missing,
              ahead: shownCount(queue.ahead),
              available: shownCount(queue.available, queries.QUEUE_COUNT_MAX),
            }),
          ];
    if (order.deadline_at) {
      const deadline = shanghaiTime(order.deadline_at);
      lines.push(translate(language, 'page.order.whyDeadline', { deadline }));
    }
    return { lines, missing };
  }

  private unitView(unit: queries.UnitRow): UnitView {
    return {
      unitNo: unit.unit_no,
      status: unit.status,
      cardId: unit.card_id,
      card: this.masked(unit),
      batchId: unit.batch_id,
      batchNo: unit.batch_no,
      expiresOn: unit.expires_on,
      deliveredAt: unit.delivered_at && shanghaiTime(unit.delivered_at),
    };
  }

  /** Enough to compare with what a customer reads out, too little to use. */
  private masked(unit: queries.UnitRow): string | null {
    const { card_id: cardId, product_id: productId, batch_id: batchId, sealed } = unit;
    const { data_key_sealed: dataKeySealed } = unit;
    if (!cardId || !productId || !batchId || !sealed || !dataKeySealed) return null;
    const { cardNo } = this.vault.open({ cardId, productId, batchId, sealed, dataKeySealed });
    return maskCardText(cardNo);
  }
}

function orderView(order: queries.OrderRow, { role }: PanelStaff): OrderView {
  const mayReadCustomer = mayStaff(role, 'customer.read');
  return {
    id: order.id,
    orderNo: order.order_no,
    merchantOrderNo: order.merchant_order_no,
    platformId: order.platform_id,
    platformName: order.platform_name,
    productId: order.product_id,
    productCode: order.product_code,
    productName: order.product_name,
    customerNo: mayReadCustomer ? order.customer_no : null,
    account: mayReadCustomer ? order.account : null,
    quantity: order.quantity,
    deliveredQuantity: order.delivered_quantity,
    unitPrice: shownUnitPrice(Number(order.unit_price_hao)),
    amount: shownAmount(Number(order.amount_hao)),
    refunded: shownAmount(Number(order.refunded_hao)),
    status: order.status,
    failCode: order.fail_code,
    callbackUrl: order.callback_url,
    saleChannel: order.sale_channel,
    remark: order.remark,
    version: order.version,
    createdAt: shanghaiTime(order.created_at),
    updatedAt: shanghaiTime(order.updated_at),
    deadlineAt: order.deadline_at && shanghaiTime(order.deadline_at),
  };
}

function callbackView(
  language: Language,
  callback: queries.CallbackRow,
  tries: readonly queries.TryRow[],
): CallbackView {
  return {
    id: callback.id,
    orderVersion: callback.order_version,
    url: callback.url,
    status: callback.status,
    tryCount: callback.try_count,
    nextAt: callback.next_at && shanghaiTime(callback.next_at),
    acknowledgedAt: callback.acknowledged_at && shanghaiTime(callback.acknowledged_at),
    tries: tries
      .filter((one) => one.callback_id === callback.id)
      .map((one) => ({
        tryNo: one.try_no,
        httpStatus: one.http_status,
        failure: one.failure && failureWords(language, one.failure),
        durationMs: one.duration_ms,
        askedBy: askedByWords(language, one.asked_by),
        at: shanghaiTime(one.sent_at),
      })),
  };
}

/** The buttons that make sense now and that this person may press; the commands check again. */
function mayDo({ role }: PanelStaff, order: queries.OrderRow): OrderPageView['may'] {
  const isWaiting = WAITING.includes(order.status);
  return {
    cancel: !isFinal(order.status) && mayStaff(role, 'order.cancel'),
    retry: isWaiting && mayStaff(role, 'order.retry'),
    replay: mayStaff(role, 'callback.replay'),
    reveal: order.delivered_quantity > 0 && mayStaff(role, 'card.reveal'),
    import: mayStaff(role, 'card.import'),
    complain: mayStaff(role, 'complaint.write'),
    compensate: isFinal(order.status) && mayStaff(role, 'compensation.write'),
  };
}
