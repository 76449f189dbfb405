import { chance, weighted } from './chance.js';
import type { Credentials, Purchase, SimCard, SimProduct, Told } from './dialect.js';
import { planOf, type Plan, type Refusal, type Step } from './plan.js';

/** How a simulated supplier is set up over the control endpoint. */
export interface SupplierSetup {
  readonly code: string;
  readonly protocol: string;
  readonly account: string;
  readonly secret: string;
  readonly balanceHao: number;
  readonly products: readonly SimProduct[];
}

/** An order as it really stands: what was handed out and what it cost. */
export interface SimOrder extends Purchase {
  readonly supplierOrderNo: string;
  readonly kind: 'card' | 'top-up';
  readonly unitHao: number;
  readonly plan: Plan;
  readonly acceptedAtMs: number;
  state: 'processing' | 'success' | 'failed' | 'part' | 'reversed';
  settledAtMs: number;
  /** Every card that was ever handed out. */
  cards: readonly SimCard[];
  deliveredUnits: number;
  takenHao: number;
  refundedHao: number;
}

const ALWAYS_ACCEPT = { accept: 1 };

/** One supplier: its catalogue, its money, its orders, and how it means to behave. */
export class SimulatedSupplier {
  readonly orders = new Map<string, SimOrder>();
  /** How often each attempt number was submitted, whether or not it was taken. */
  readonly submissions = new Map<string, number>();
  balanceHao: number;
  down: 'no' | 'refuse' | 'hang' = 'no';
  private script: Step[] = [];
  private mix: Readonly<Record<string, number>> = ALWAYS_ACCEPT;
  private defaults: Partial<Plan> = {};

  constructor(
    readonly setup: SupplierSetup,
    private readonly seed: string,
  ) {
    this.balanceHao = setup.balanceHao;
  }

  get credentials(): Credentials {
    return { account: this.setup.account, secret: this.setup.secret };
  }

  /** First the script, step by step; then the mix, drawn from the seed and the attempt's number. */
  behave(given: {
    readonly script?: readonly Step[];
    readonly mix?: Readonly<Record<string, number>>;
    readonly defaults?: Partial<Plan>;
  }): void {
    const steps = [...(given.script ?? []), ...Object.keys(given.mix ?? {})];
    const stranger = steps.find((step) => planOf(step) === undefined);
    if (stranger !== undefined) throw new Error(`no such behaviour: ${JSON.stringify(stranger)}`);
    if (given.script) this.script = [...given.script];
    if (given.mix) this.mix = given.mix;
    if (given.defaults) this.defaults = given.defaults;
  }

  planFor(attemptNo: string): Plan {
    const at = chance(this.seed, this.setup.code, attemptNo);
    const step = this.script.shift() ?? weighted(this.mix, at) ?? 'accept';
    const plan = planOf(typeof step === 'string' ? { ...this.defaults, behaviour: step } : step);
    if (!plan) throw new Error('a step was checked when it was set');
    return plan;
  }

  /** Why an honest supplier would not take this; undefined where it would. */
  objection(purchase: Purchase): Refusal | undefined {
    const product = this.setup.products.find(({ id }) => id === purchase.productId);
    if (!product || !(purchase.quantity >= 1)) return 'off-shelf';
    if (product.kind === 'top-up' && purchase.account === '') return 'account';
    const costHao = product.priceHao * purchase.quantity;
    if (purchase.limitHao !== undefined && costHao > purchase.limitHao) return 'price';
    return costHao > this.balanceHao ? 'balance' : undefined;
  }

  take(purchase: Purchase, plan: Plan, nowMs: number): SimOrder {
    const product = this.setup.products.find(({ id }) => id === purchase.productId);
    const unitHao = product?.priceHao ?? 0;
    const order: SimOrder = {
      ...purchase,
      supplierOrderNo: `${this.setup.code.toUpperCase()}${this.orders.size + 1}`,
      kind: product?.kind ?? 'card',
      unitHao,
      plan,
      acceptedAtMs: nowMs,
      state: 'processing',
      settledAtMs: 0,
      cards: [],
      deliveredUnits: 0,
      takenHao: unitHao * purchase.quantity,
      refundedHao: 0,
    };
    this.balanceHao -= order.takenHao;
    this.orders.set(order.attemptNo, order);
    return order;
  }

  /** Ends the order as planned: hands out, pays back. */
  settle(order: SimOrder, nowMs: number): void {
    if (order.state !== 'processing') return;
    const { ending, refund } = order.plan;
    const isPart = ending === 'part' && order.quantity > 1;
    const delivered = ending === 'failure' ? 0 : isPart ? order.quantity >> 1 : order.quantity;
    order.settledAtMs = nowMs;
    order.deliveredUnits = delivered;
    if (order.kind === 'card')
      order.cards = Array.from({ length: delivered }, (_, index) => this.card(order, index));
    order.state = delivered === 0 ? 'failed' : isPart ? 'part' : 'success';
    if (delivered > 0 || refund === 'full') this.payBack(order, order.quantity - delivered);
  }

  /** Takes a success back, with the money. */
  reverse(order: SimOrder): void {
    if (order.state !== 'success' && order.state !== 'part') return;
    order.state = 'reversed';
    this.payBack(order, order.deliveredUnits);
    order.deliveredUnits = 0;
  }

  /** The order as this supplier tells of it now; undefined while it claims not to know it. */
  tell(order: SimOrder, nowMs: number): Told | undefined {
    if (nowMs - order.acceptedAtMs < order.plan.hiddenMs) return undefined;
    const isDenied = order.state === 'success' && nowMs - order.settledAtMs < order.plan.deniedMs;
    const status = isDenied ? 'failed' : order.state;
    const isGiven = status === 'success' || status === 'part';
    return {
      attemptNo: order.attemptNo,
      supplierOrderNo: order.supplierOrderNo,
      kind: order.kind,
      productId: order.productId,
      quantity: order.quantity,
      status: order.plan.query === 'new-status' ? 'new' : status,
      cards: isGiven ? order.cards : [],
      costHao: order.takenHao,
      refundHao: isDenied ? order.takenHao : order.refundedHao,
      refund: isDenied ? 'full' : refundWord(order),
    };
  }

  private payBack(order: SimOrder, units: number): void {
    order.refundedHao += units * order.unitHao;
    this.balanceHao += units * order.unitHao;
  }

  private card({ attemptNo }: SimOrder, index: number): SimCard {
    const digits = Math.floor(chance(this.seed, this.setup.code, attemptNo, String(index)) * 1e9);
    const no = `SIM-${this.setup.code}-${attemptNo}-${index}`;
    return { no, password: `P${String(digits).padStart(9, '0')}` };
  }
}

function refundWord(order: SimOrder): Told['refund'] {
  if (order.refundedHao === 0)
    return order.state === 'failed' && order.plan.refund === 'marked' ? 'marked' : 'none';
  return order.refundedHao === order.takenHao ? 'full' : 'part';
}
