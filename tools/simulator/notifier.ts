import type { Dialect } from './dialect.js';
import type { NotifyStep } from './plan.js';
import type { SimOrder, SimulatedSupplier } from './simulated-supplier.js';

const NOTIFY_TIMEOUT_MS = 10_000;
const NOTIFY_TRIES_MAX = 4;

/** One notification that was sent, and what came back. */
export interface SentNotice {
  readonly attemptNo: string;
  readonly says: NotifyStep['says'];
  readonly answer: string;
}

/** Sends what the plan of an order says, each step on its time; an honest one is repeated until acknowledged. */
export class Notifier {
  readonly sent: SentNotice[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(private readonly retryAfterMs: number) {}

  after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, delayMs);
    this.timers.add(timer);
  }

  announce(supplier: SimulatedSupplier, dialect: Dialect, order: SimOrder): void {
    if (order.callbackUrl === '') return;
    for (const step of order.plan.notify)
      this.after(step.afterMs, () => void this.notify(supplier, dialect, { order, step }));
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private async notify(
    supplier: SimulatedSupplier,
    dialect: Dialect,
    { order, step, tries = 1 }: { order: SimOrder; step: NotifyStep; tries?: number },
  ): Promise<void> {
    const answer = await post(order.callbackUrl, written(supplier, dialect, { order, step }));
    this.sent.push({ attemptNo: order.attemptNo, says: step.says, answer });
    const isTaken = answer.startsWith('200 ');
    if (isTaken || step.says !== 'truth' || tries >= NOTIFY_TRIES_MAX) return;
    this.after(this.retryAfterMs * tries, () => {
      void this.notify(supplier, dialect, { order, step, tries: tries + 1 });
    });
  }
}

function written(
  supplier: SimulatedSupplier,
  dialect: Dialect,
  { order, step }: { readonly order: SimOrder; readonly step: NotifyStep },
): ReturnType<Dialect['notification']> {
  const nowMs = Date.now();
  const told = supplier.tell(
    { ...order, plan: { ...order.plan, hiddenMs: 0, deniedMs: 0 } },
    nowMs,
  );
  if (!told) throw new Error('an order that is not hidden can be told of');
  const credentials =
    step.says === 'foreign'
      ? { ...supplier.credentials, secret: '#'.repeat(supplier.setup.secret.length) }
      : supplier.credentials;
  const said =
    step.says === 'opposite'
      ? { ...told, ...(told.status === 'failed' ? SUCCEEDED : FAILED), refundHao: told.costHao }
      : told;
  return dialect.notification(said, credentials, step.says !== 'unsigned', nowMs);
}

const FAILED = { status: 'failed', refund: 'full', cards: [] } as const;
const SUCCEEDED = { status: 'success', refund: 'none', cards: [] } as const;

async function post(
  url: string,
  { headers, body }: ReturnType<Dialect['notification']>,
): Promise<string> {
  try {
    const signal = AbortSignal.timeout(NOTIFY_TIMEOUT_MS);
    const reply = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return `${reply.status} ${(await reply.text()).slice(0, 100)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
