import type { ServerResponse } from 'node:http';
import { answerCreate, disturb, send } from './create-answers.js';
import type { Asked, Dialect, Incoming, Purchase, Told } from './dialect.js';
import type { Notifier } from './notifier.js';
import type { Plan } from './plan.js';
import type { SimOrder, SimulatedSupplier } from './simulated-supplier.js';

/** What one supplier does with one call. */
export class SupplierTraffic {
  constructor(
    private readonly supplier: SimulatedSupplier,
    private readonly dialect: Dialect,
    private readonly notifier: Notifier,
  ) {}

  handle(incoming: Incoming, response: ServerResponse): void {
    const { supplier } = this;
    if (supplier.down === 'hang') return;
    if (supplier.down === 'refuse') return void response.socket?.destroy();
    const asked = this.dialect.hear(incoming, supplier.credentials);
    if ('body' in asked) return send(response, asked);
    switch (asked.call) {
      case 'create':
        return this.create(asked.purchase, response);
      case 'query':
        return this.query(asked, response);
      case 'cancel':
        return this.cancel(asked, response);
      case 'balance':
        return send(response, this.dialect.balance(supplier.balanceHao));
      case 'products':
        return send(response, this.dialect.products(supplier.setup.products));
    }
  }

  private create(purchase: Purchase, response: ServerResponse): void {
    const { supplier, dialect } = this;
    const { attemptNo } = purchase;
    supplier.submissions.set(attemptNo, (supplier.submissions.get(attemptNo) ?? 0) + 1);
    if (supplier.orders.has(attemptNo)) return send(response, dialect.duplicate());
    const plan = supplier.planFor(attemptNo);
    const objection = plan.answer === 'refuse' ? undefined : supplier.objection(purchase);
    if (objection) return send(response, dialect.refused(objection));
    const order = plan.works ? this.take(purchase, plan) : undefined;
    const told = order ? toldOf(order) : toldOf(untaken(purchase, plan));
    const answer = (): void => answerCreate(response, dialect, { ...plan, told });
    if (plan.answerAfterMs > 0) this.notifier.after(plan.answerAfterMs, answer);
    else answer();
  }

  private take(purchase: Purchase, plan: Plan): SimOrder {
    const order = this.supplier.take(purchase, plan, Date.now());
    if (plan.settleMs === 0) this.settle(order);
    else this.notifier.after(plan.settleMs, () => this.settle(order));
    return order;
  }

  private settle(order: SimOrder): void {
    const { supplier } = this;
    supplier.settle(order, Date.now());
    this.notifier.announce(supplier, this.dialect, order);
    if (order.plan.reversedAfterMs >= 0)
      this.notifier.after(order.plan.reversedAfterMs, () => supplier.reverse(order));
  }

  private query(
    asked: Extract<Asked, { call: 'query' | 'cancel' }>,
    response: ServerResponse,
  ): void {
    const order = this.find(asked);
    const told = order && this.supplier.tell(order, Date.now());
    if (!order || !told) return send(response, this.dialect.notFound());
    switch (order.plan.query) {
      case 'http-500':
      case 'garbage':
      case 'silence':
        return disturb(response, order.plan.query, '');
      case 'wrong-order': {
        const another: Told = { ...told, attemptNo: 'SOMEONEELSES' };
        return send(response, this.dialect.order(another, this.supplier.credentials));
      }
      default:
        return send(response, this.dialect.order(told, this.supplier.credentials));
    }
  }

  /** A cancellation is only taken; what is already handed out stays. */
  private cancel(
    asked: Extract<Asked, { call: 'query' | 'cancel' }>,
    response: ServerResponse,
  ): void {
    const order = this.find(asked);
    if (!order) return send(response, this.dialect.notFound());
    send(response, this.dialect.cancelTaken());
  }

  private find({
    attemptNo,
    supplierOrderNo,
  }: Extract<Asked, { call: 'query' | 'cancel' }>): SimOrder | undefined {
    const { orders } = this.supplier;
    if (attemptNo !== '') return orders.get(attemptNo);
    return [...orders.values()].find((order) => order.supplierOrderNo === supplierOrderNo);
  }
}

const untaken = (purchase: Purchase, plan: Plan): SimOrder => ({
  ...purchase,
  supplierOrderNo: 'NONE',
  kind: 'card',
  unitHao: 0,
  plan,
  acceptedAtMs: 0,
  state: 'processing',
  settledAtMs: 0,
  cards: [],
  deliveredUnits: 0,
  takenHao: 0,
  refundedHao: 0,
});

/** The order as the reply to `create` tells of it: never more than that it is under way. */
function toldOf(order: SimOrder): Told {
  const { attemptNo, supplierOrderNo, kind, productId, quantity, takenHao } = order;
  const none = { cards: [], refundHao: 0, refund: 'none', status: 'processing' } as const;
  return { attemptNo, supplierOrderNo, kind, productId, quantity, costHao: takenHao, ...none };
}
