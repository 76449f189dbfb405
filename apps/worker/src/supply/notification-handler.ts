import type { Pool } from 'pg';
import { adapterFor, maskBody, type Notification } from '#domain/protocol';
import {
  askNow,
  findNotifiedAttempt,
  hastenProducts,
  markNotification,
  openNotification,
  recordWire,
  settleByReply,
  type KeptNotification,
  type MasterKeys,
  type NotifiedAttempt,
  type SupplyParts,
} from '#domain/stores';
import type { NotificationStatus } from '#domain';
import { SupplierConnections, type SupplierTarget } from './supplier-connections.js';

interface Outcome {
  readonly status: NotificationStatus;
  readonly remark: string | null;
}

/**
 * Understands what a supplier told us. Only its own secret proves it, only its own attempts can be meant; what cannot be
 * proven is a hint to ask. Said again, or said against what is known, it changes nothing and is kept.
 */
export class NotificationHandler {
  private readonly connections: SupplierConnections;

  constructor(
    private readonly pool: Pool,
    private readonly supply: SupplyParts,
    private readonly masterKeys: MasterKeys,
    private readonly askAbout: (attemptId: string) => Promise<unknown>,
  ) {
    this.connections = new SupplierConnections(pool, masterKeys);
  }

  async handle(id: string): Promise<void> {
    const kept = await openNotification(this.pool, this.masterKeys, id);
    if (!kept) return;
    const target = await this.connections.of(kept.supplierId);
    const first = decode(target, kept, 'card');
    if (first.trust === 'product') return this.readProducts(target, kept, id);
    const attempt = await this.attemptOf(kept, first);
    const told = attempt ? decode(target, kept, attempt.kind) : first;
    const outcome = attempt ? await this.apply(attempt, told) : withoutAttempt(told);
    await markNotification(this.pool, { id, attemptId: attempt?.attemptId ?? null, ...outcome });
    await this.keep(target, kept, attempt, outcome);
  }

  /** What a push says is not taken from it: the supplier's list is read at once, and is believed. */
  private async readProducts(
    target: SupplierTarget,
    kept: KeptNotification,
    id: string,
  ): Promise<void> {
    await hastenProducts(this.pool, { supplierId: kept.supplierId, nowMs: Date.now() });
    const outcome = { status: 'asked', remark: 'products' } as const;
    await markNotification(this.pool, { id, attemptId: null, ...outcome });
    await this.keep(target, kept, undefined, outcome);
  }

  private attemptOf(
    kept: KeptNotification,
    told: Notification,
  ): Promise<NotifiedAttempt | undefined> {
    if (told.trust === 'refused' || told.trust === 'product') return Promise.resolve(undefined);
    return findNotifiedAttempt(this.pool, {
      supplierId: kept.supplierId,
      attemptNo: told.attemptNo,
      supplierOrderNo: told.trust === 'hint' ? told.supplierOrderNo : undefined,
    });
  }

  private async apply({ attemptId }: NotifiedAttempt, told: Notification): Promise<Outcome> {
    if (told.trust === 'refused') return { status: 'refused', remark: told.reason };
    if (told.trust === 'product') return { status: 'ignored', remark: 'product' };
    if (told.trust === 'hint' || told.needsQuery) {
      // Where the attempt is settled nobody else asks: it may be a reversal or a late success.
      if (!(await askNow(this.pool, attemptId))) await this.askAbout(attemptId);
      return { status: 'asked', remark: null };
    }
    const settled = await settleByReply(this.supply, {
      attemptId,
      reply: { outcome: 'report', report: told.report },
      source: 'notification',
      nowMs: Date.now(),
    });
    if (settled.mustBeAsked) {
      await this.askAbout(attemptId);
      return { status: 'asked', remark: `said: ${settled.verdict}` };
    }
    return { status: settled.changed ? 'applied' : 'ignored', remark: settled.verdict };
  }

  private async keep(
    target: SupplierTarget,
    kept: KeptNotification,
    attempt: NotifiedAttempt | undefined,
    { status, remark }: Outcome,
  ): Promise<void> {
    await recordWire(this.pool, {
      supplierId: kept.supplierId,
      attemptId: attempt?.attemptId ?? null,
      call: 'notification',
      result: 'received',
      request: maskBody(kept.input.body, target.connection),
      reply: null,
      httpStatus: null,
      durationMs: 0,
      verdict: remark === null ? status : `${status}: ${remark}`,
    });
  }
}

const decode = (
  target: SupplierTarget,
  kept: KeptNotification,
  kind: 'card' | 'top-up',
): Notification =>
  adapterFor(target.protocol).decodeNotification(kept.input, target.connection, kind);

function withoutAttempt(told: Notification): Outcome {
  return told.trust === 'refused'
    ? { status: 'refused', remark: told.reason }
    : { status: 'refused', remark: 'no attempt of this supplier' };
}
