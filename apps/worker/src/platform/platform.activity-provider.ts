import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { DEFAULT_CALLBACK_LADDER_MS, nextCallbackDelayMs, SECOND_MS } from '#domain';
import {
  claimCallback,
  presentOrder,
  readOrderById,
  recordCallbackTry,
  secretContext,
  type CardVault,
  type ClaimedCallback,
  type DueCallback,
  type MasterKeys,
} from '#domain/stores';
import type { CallbackStep, CallbackTarget, PlatformActivities } from '#workflows';
import type { WorkerMetrics } from '../health/metrics.js';
import { pause } from '../pause.js';
import { postCallback, type CallbackOutcome } from './callback-http.js';
import { webhookHeaders, webhookKey } from './webhook-signature.js';

/** Longer than a try may take: only a sender that died is overtaken. */
const CLAIM_MS = 12_000;
const HEARTBEAT_MS = 2_000;
/** A create call that still holds its reply lets go soon: looking again is cheaper than a timer of the workflow. */
const LOOK_AGAIN_MS = 250;
const LOOK_FOR_MS = 2_000;
const COME_BACK_MS = 500;

export interface PlatformParts {
  readonly pool: Pool;
  readonly vault: CardVault;
  readonly masterKeys: MasterKeys;
  readonly metrics: WorkerMetrics;
}

/** Calls platforms back. What is sent is read when it is sent, so that no code waits anywhere. */
export class PlatformActivityProvider implements PlatformActivities {
  constructor(private readonly parts: PlatformParts) {}

  async tryCallback(target: CallbackTarget): Promise<CallbackStep> {
    const { heartbeat, cancellationSignal } = activityContext();
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      return await this.step(target, cancellationSignal);
    } finally {
      clearInterval(beat);
    }
  }

  private async step(target: CallbackTarget, signal: AbortSignal): Promise<CallbackStep> {
    const claimed = await this.claimSoon(target, signal);
    switch (claimed.kind) {
      case 'none':
        return { kind: 'ended', end: 'none', tryCount: 0 };
      case 'closed':
        return { kind: 'ended', end: claimed.status, tryCount: claimed.tryCount };
      case 'not-yet':
        return {
          kind: 'again',
          delayMs: comeBackMs(claimed),
          tryCount: claimed.tryCount,
        };
      case 'due':
        return this.send(claimed.callback, target.triesBefore);
    }
  }

  /** Waits a little for a callback that is about to be due. */
  private async claimSoon(target: CallbackTarget, signal: AbortSignal): Promise<ClaimedCallback> {
    const untilMs = Date.now() + LOOK_FOR_MS;
    for (;;) {
      const claimed = await claimCallback(this.parts.pool, target, CLAIM_MS);
      if (claimed.kind !== 'not-yet' || Date.now() >= untilMs || signal.aborted) return claimed;
      if (claimed.tryCount > 0) return claimed;
      await pause(Math.min(claimed.remainingMs, LOOK_AGAIN_MS), signal);
    }
  }

  private async send(due: DueCallback, triesBefore: number | undefined): Promise<CallbackStep> {
    const sentAtMs = Date.now();
    const outcome = await this.post(due, sentAtMs);
    this.parts.metrics.callbackTries.inc({ outcome: outcome.failure ?? 'acknowledged' });
    const ladderMs = ladderOf(due);
    const nextDelayMs = nextCallbackDelayMs(ladderMs, due.tryCount + 1 - (triesBefore ?? 0));
    const { status, tryCount } = await recordCallbackTry(this.parts.pool, {
      callbackId: due.callbackId,
      ...outcome,
      durationMs: Date.now() - sentAtMs,
      askedBy: triesBefore === undefined ? 'order' : 'replay',
      sentAtMs,
      nextDelayMs,
    });
    return status === 'scheduled'
      ? { kind: 'again', delayMs: nextDelayMs ?? 0, tryCount }
      : { kind: 'ended', end: status, tryCount };
  }

  private async post(due: DueCallback, sentAtMs: number): Promise<CallbackOutcome> {
    const { pool, vault, masterKeys } = this.parts;
    const order = await readOrderById(pool, vault, due.orderId);
    if (!order || !due.secretSealed)
      return { httpStatus: null, failure: order ? 'no-secret' : 'no-order' };
    const secret = masterKeys.open(
      due.secretSealed,
      secretContext.platformCallback(due.platformCode),
    );
    const key = webhookKey(secret.toString('utf8'));
    if (!key) return { httpStatus: null, failure: 'no-secret' };
    const language = due.language === 'en' ? 'en' : 'zh-CN';
    const body = JSON.stringify({ type: 'order.updated', data: presentOrder(order, language) });
    const headers = webhookHeaders(key, { id: due.webhookId, sentAtMs, body });
    return postCallback({ url: due.url, rules: due.rules, headers, body });
  }
}

/** Before the first try the create call decides, and may let go at any moment; later the ladder has decided. */
function comeBackMs({ remainingMs, tryCount }: { remainingMs: number; tryCount: number }): number {
  return tryCount === 0 ? Math.min(remainingMs, COME_BACK_MS) : remainingMs;
}

function ladderOf(due: DueCallback): readonly number[] {
  return due.ladderSeconds === null
    ? DEFAULT_CALLBACK_LADDER_MS
    : due.ladderSeconds.map((seconds) => seconds * SECOND_MS);
}

function activityContext(): { heartbeat: () => void; cancellationSignal: AbortSignal } {
  const context = Context.current();
  return {
    heartbeat: () => context.heartbeat(),
    cancellationSignal: context.cancellationSignal,
  };
}
