import type { Pool } from 'pg';
import { DEFAULT_CALLBACK_LADDER_MS, nextCallbackDelayMs, SECOND_MS } from '#domain';
import {
  claimCallback,
  presentOrder,
  readComplaint,
  readExpiryNotice,
  readOrderById,
  recordCallbackTry,
  secretContext,
  type CardVault,
  type DueCallback,
  type MasterKeys,
} from '#domain/stores';
import type { CallbackStep } from '#workflows';
import type { WorkerMetrics } from '../health/metrics.js';
import { postCallback, type CallbackOutcome } from './callback-http.js';
import { webhookHeaders, webhookKey } from './webhook-signature.js';

/** Longer than a try may take: only a sender that died is overtaken. */
const CLAIM_MS = 12_000;

export interface CallbackSenderParts {
  readonly pool: Pool;
  readonly vault: CardVault;
  readonly masterKeys: MasterKeys;
  readonly metrics: WorkerMetrics;
}

/** Calls platforms back, one step at a time. What is sent is read when it is sent, so that no code waits anywhere. */
export class CallbackSender {
  constructor(private readonly parts: CallbackSenderParts) {}

  /** Sends where sending is due, records the try, and tells when the next step is due. */
  async step(target: {
    readonly callbackId: string;
    /** The round that asks; where a replay has begun a newer one, it ends. */
    readonly triesBefore?: number;
  }): Promise<CallbackStep> {
    const claimed = await claimCallback(
      this.parts.pool,
      target.callbackId,
      target.triesBefore,
      CLAIM_MS,
    );
    const { kind } = claimed;
    if (kind === 'none') return { kind: 'ended', end: 'none', tryCount: 0 };
    if (kind === 'closed')
      return { kind: 'ended', end: claimed.status, tryCount: claimed.tryCount };
    if (kind === 'not-yet')
      return { kind: 'again', delayMs: claimed.remainingMs, tryCount: claimed.tryCount };
    return this.send(claimed.callback);
  }

  private async send(due: DueCallback): Promise<CallbackStep> {
    const sentAtMs = Date.now();
    const outcome = await this.post(due, sentAtMs);
    this.parts.metrics.callbackTries.inc({ outcome: outcome.failure ?? 'acknowledged' });
    const ladderMs = ladderOf(due);
    const nextDelayMs = nextCallbackDelayMs(ladderMs, due.tryCount + 1 - due.ladderStart);
    const { status, tryCount } = await recordCallbackTry(this.parts.pool, {
      callbackId: due.callbackId,
      ...outcome,
      durationMs: Date.now() - sentAtMs,
      askedBy: due.ladderStart === 0 ? 'order' : 'replay',
      sentAtMs,
      nextDelayMs,
    });
    return status === 'scheduled'
      ? { kind: 'again', delayMs: nextDelayMs ?? 0, tryCount }
      : { kind: 'ended', end: status, tryCount };
  }

  private async post(due: DueCallback, sentAtMs: number): Promise<CallbackOutcome> {
    const { masterKeys } = this.parts;
    const message = await this.messageOf(due, sentAtMs);
    if (!message || !due.secretSealed)
      return { httpStatus: null, failure: message ? 'no-secret' : 'no-order' };
    const secret = masterKeys.open(
      due.secretSealed,
      secretContext.platformCallback(due.platformCode),
    );
    const key = webhookKey(secret.toString('utf8'));
    if (!key) return { httpStatus: null, failure: 'no-secret' };
    const body = JSON.stringify(message);
    const headers = webhookHeaders(key, { id: due.webhookId, sentAtMs, body });
    return postCallback({ url: due.url, rules: due.rules, headers, body });
  }

  /** As things stand now: what is sent is never older than its sending. */
  private async messageOf(due: DueCallback, nowMs: number): Promise<object | undefined> {
    const { pool, vault } = this.parts;
    if (due.complaintId !== null) {
      const found = await readComplaint(pool, { complaintId: due.complaintId });
      return found && { type: 'complaint.updated', data: found.view };
    }
    if (due.orderVersion < 0) {
      const notice = await readExpiryNotice(pool, due.callbackId, nowMs);
      return notice && { type: 'licence.expiring', data: notice };
    }
    const order = due.orderId === null ? undefined : await readOrderById(pool, vault, due.orderId);
    const language = due.language === 'en' ? 'en' : 'zh-CN';
    return order && { type: 'order.updated', data: presentOrder(order, language) };
  }
}

function ladderOf(due: DueCallback): readonly number[] {
  return due.ladderSeconds === null
    ? DEFAULT_CALLBACK_LADDER_MS
    : due.ladderSeconds.map((seconds) => seconds * SECOND_MS);
}
