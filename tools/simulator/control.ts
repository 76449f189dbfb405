import type { Notifier } from './notifier.js';
import type { Plan, Step } from './plan.js';
import type { SimOrder, SimulatedSupplier, SupplierSetup } from './simulated-supplier.js';
import { object } from './wire.js';

/** What a supplier really did, in plain JSON. */
export interface LedgerOrder {
  readonly attemptNo: string;
  readonly supplierOrderNo: string;
  readonly productId: string;
  readonly kind: 'card' | 'top-up';
  readonly account: string;
  readonly quantity: number;
  readonly behaviour: string;
  readonly state: SimOrder['state'];
  readonly deliveredUnits: number;
  readonly cards: SimOrder['cards'];
  readonly takenHao: number;
  readonly refundedHao: number;
}

export interface SupplierLedger {
  readonly code: string;
  readonly protocol: string;
  readonly balanceHao: number;
  readonly orders: readonly LedgerOrder[];
  readonly submissions: Readonly<Record<string, number>>;
}

export interface Ledger {
  readonly suppliers: readonly SupplierLedger[];
  readonly notifications: Notifier['sent'];
}

/** What the control endpoint works on. */
export interface Controlled {
  readonly suppliers: ReadonlyMap<string, SimulatedSupplier>;
  readonly notifier: Notifier;
  add(setup: SupplierSetup): void;
  reset(seed: string): void;
}

export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

/** `POST /control/suppliers`, `POST /control/suppliers/CODE/(behaviour|balance|down)`, `GET /control/ledger`, `POST /control/reset`. */
export function control(
  controlled: Controlled,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
): ControlReply {
  if (method !== 'POST') return shown(controlled, path);
  const said = object(body);
  switch (path) {
    case '/control/reset':
      controlled.reset(typeof said['seed'] === 'string' ? said['seed'] : '1');
      return ok({});
    case '/control/suppliers':
      controlled.add(said as unknown as SupplierSetup);
      return ok({});
    default:
      return steered(controlled, path, said);
  }
}

function shown(controlled: Controlled, path: string): ControlReply {
  if (path === '/control/ledger') return ok(ledgerOf(controlled));
  return path === '/control/health' ? ok({ status: 'ok' }) : unknownPath(path);
}

function steered(
  { suppliers }: Controlled,
  path: string,
  said: Readonly<Record<string, unknown>>,
): ControlReply {
  const [, code = '', verb = ''] = /^\/control\/suppliers\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const supplier = suppliers.get(code);
  return supplier ? steer(supplier, verb, said) : unknownPath(path);
}

function steer(
  supplier: SimulatedSupplier,
  verb: string,
  said: Readonly<Record<string, unknown>>,
): ControlReply {
  switch (verb) {
    case 'behaviour':
      supplier.behave({
        ...(said['script'] ? { script: said['script'] as Step[] } : {}),
        ...(said['mix'] ? { mix: said['mix'] as Record<string, number> } : {}),
        ...(said['defaults'] ? { defaults: said['defaults'] as Partial<Plan> } : {}),
      });
      return ok({});
    case 'balance':
      supplier.balanceHao = Number(said['balanceHao']);
      return ok({});
    case 'down':
      supplier.down = said['mode'] === 'hang' || said['mode'] === 'refuse' ? said['mode'] : 'no';
      return ok({});
    default:
      return unknownPath(verb);
  }
}

const ok = (body: unknown): ControlReply => ({ status: 200, body });
const unknownPath = (path: string): ControlReply => ({
  status: 404,
  body: { error: `nothing is at ${path}` },
});

function ledgerOf({ suppliers, notifier }: Controlled): Ledger {
  return {
    suppliers: [...suppliers.values()].map((supplier) => ({
      code: supplier.setup.code,
      protocol: supplier.setup.protocol,
      balanceHao: supplier.balanceHao,
      orders: [...supplier.orders.values()].map(ledgerOrder),
      submissions: Object.fromEntries(supplier.submissions),
    })),
    notifications: notifier.sent,
  };
}

const ledgerOrder = (order: SimOrder): LedgerOrder => ({
  attemptNo: order.attemptNo,
  supplierOrderNo: order.supplierOrderNo,
  productId: order.productId,
  kind: order.kind,
  account: order.account,
  quantity: order.quantity,
  behaviour: order.plan.behaviour,
  state: order.state,
  deliveredUnits: order.deliveredUnits,
  cards: order.cards,
  takenHao: order.takenHao,
  refundedHao: order.refundedHao,
});
