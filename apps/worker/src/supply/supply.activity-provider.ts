import { setTimeout as pause } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { guardOf, SEND_TRIES_MAX, type CreateOutcome } from '#domain';
import {
  adapterFor,
  maskReply,
  maskRequest,
  type CreateRequest,
  type Exchange,
  type WireRequest,
} from '#domain/protocol';
import { isDatabaseAway } from '#domain/database';
import {
  claimSend,
  readAskable,
  recordWire,
  settleAttempt,
  settleByReply,
  type AskableAttempt,
  type ClaimedAttempt,
  type MasterKeys,
  type SettleAttempt,
  type Settled,
  type SupplyParts,
} from '#domain/stores';
import type { AttemptRef, CallEnd, SupplyActivities } from '#workflows';
import { attemptStanding, AttemptWatch } from './attempt-watch.js';
import { SupplierConnections, type SupplierTarget } from './supplier-connections.js';
import { settlementOf, wordOf, wordOfReply } from './outcome-words.js';
import type { SupplierHttp } from './supplier-http.js';

const HEARTBEAT_EVERY_MS = 2_000;
/** What a supplier has answered is not lost because the database is away for a moment. */
const WRITE_TRIES_MAX = 40;
const WRITE_PAUSE_MS = 1_500;

export interface SupplyProviderParts {
  readonly pool: Pool;
  readonly supply: SupplyParts;
  readonly masterKeys: MasterKeys;
  readonly http: SupplierHttp;
  /** Where suppliers reach our api; undefined where they cannot: then they are asked. */
  readonly notifyBaseUrl: string | undefined;
}

/** Calls to suppliers. Every answer is evidence first, then news. */
export class SupplyActivityProvider implements SupplyActivities {
  private readonly connections: SupplierConnections;
  private readonly watch: AttemptWatch;

  constructor(private readonly parts: SupplyProviderParts) {
    this.connections = new SupplierConnections(parts.pool, parts.masterKeys);
    this.watch = new AttemptWatch(parts.pool);
  }

  async sendAttempt({ attemptId }: AttemptRef): Promise<CallEnd> {
    const stopBeating = beat();
    try {
      const claimed = await claimSend(this.parts.pool, attemptId, Date.now());
      // Somebody has sent it, or is about to: whatever came of it, asking will tell.
      if (!claimed) return await attemptStanding(this.parts.pool, attemptId);
      const settled = await this.send(claimed);
      return await this.linger(attemptId, settled);
    } finally {
      stopBeating();
    }
  }

  async queryAttempt({ attemptId }: AttemptRef): Promise<CallEnd> {
    const stopBeating = beat();
    try {
      return await this.askAbout(attemptId, { isOfRun: true });
    } finally {
      stopBeating();
    }
  }

  settle(command: SettleAttempt): Promise<Settled> {
    return settleAttempt(this.parts.supply, command);
  }

  /** Asks the supplier, also about an attempt that is settled. Outside of a run the run is told by the relay. */
  async askAbout(attemptId: string, { isOfRun } = { isOfRun: false }): Promise<CallEnd> {
    const attempt = await readAskable(this.parts.pool, attemptId);
    if (!attempt || attempt.maySend) return attemptStanding(this.parts.pool, attemptId);
    if (attempt.status === 'prepared') await this.noteLostSend(attemptId);
    return callEnd(await this.ask(attempt, isOfRun));
  }

  private async send(claimed: ClaimedAttempt): Promise<Settled> {
    const target = await this.connections.of(claimed.supplierId);
    const adapter = adapterFor(target.protocol);
    const request = this.createRequest(claimed, target);
    const wire = written(() => adapter.encodeCreate(request, target.connection, Date.now()));
    if (wire instanceof Error) return this.settleUnwritten(claimed, wire);
    const { exchange, durationMs } = await this.parts.http.call(wire, target);
    const outcome = adapter.decodeCreate(exchange, request, target.connection);
    await this.keep(target, claimed, {
      call: 'create',
      wire,
      exchange,
      durationMs,
      verdict: wordOf(outcome),
    });
    return this.written(() => this.settleCreate(claimed, outcome));
  }

  /** A request that this protocol cannot express has not left, and never will: the next source has its turn. */
  private settleUnwritten({ attemptId }: ClaimedAttempt, { message }: Error): Promise<Settled> {
    return this.written(() =>
      settleAttempt(this.parts.supply, {
        attemptId,
        settlement: { kind: 'not-sent', reason: message },
        source: 'call',
        isOfRun: true,
        nowMs: Date.now(),
        maySendAgain: false,
      }),
    );
  }

  private settleCreate(claimed: ClaimedAttempt, outcome: CreateOutcome): Promise<Settled> {
    const { attemptId, sendCount } = claimed;
    const nowMs = Date.now();
    // Cards in the reply to the submission itself: it is judged like any report of success.
    if (outcome.outcome === 'accepted' && outcome.report)
      return settleByReply(this.parts.supply, {
        attemptId,
        reply: { outcome: 'report', report: outcome.report },
        source: 'call',
        isOfRun: true,
        nowMs,
      });
    return settleAttempt(this.parts.supply, {
      attemptId,
      settlement: settlementOf(outcome),
      source: 'call',
      isOfRun: true,
      nowMs,
      maySendAgain: sendCount < SEND_TRIES_MAX,
    });
  }

  private async ask(attempt: AskableAttempt, isOfRun: boolean): Promise<Settled> {
    const target = await this.connections.of(attempt.supplierId);
    const adapter = adapterFor(target.protocol);
    const { attemptId } = attempt;
    const wire = adapter.encodeQuery(attempt, target.connection, Date.now());
    const { exchange, durationMs } = await this.parts.http.call(wire, target);
    const reply = adapter.decodeQuery(exchange, attempt, target.connection);
    await this.keep(target, attempt, {
      call: 'query',
      wire,
      exchange,
      durationMs,
      verdict: wordOfReply(reply),
    });
    return this.written(() => {
      const told = { attemptId, reply, source: 'query', isOfRun, nowMs: Date.now() } as const;
      return settleByReply(this.parts.supply, told);
    });
  }

  private createRequest(claimed: ClaimedAttempt, target: SupplierTarget): CreateRequest {
    const { notifyBaseUrl } = this.parts;
    return {
      attemptNo: claimed.attemptNo,
      kind: claimed.kind,
      supplierProductId: claimed.supplierProductId,
      quantity: claimed.quantity,
      account: claimed.account,
      fieldNames: claimed.fieldNames,
      guard: guardOf(claimed.costHao, claimed.quantity),
      callbackUrl:
        notifyBaseUrl === undefined
          ? undefined
          : `${notifyBaseUrl}/supply/notifications/${target.code}`,
    };
  }

  /** The sender died with the call in flight: it may have arrived. */
  private noteLostSend(attemptId: string): Promise<Settled> {
    return settleAttempt(this.parts.supply, {
      attemptId,
      settlement: {
        kind: 'unknown',
        cause: 'no-reply',
        code: undefined,
        message: 'the sender was lost',
      },
      source: 'query',
      nowMs: Date.now(),
    });
  }

  /** Evidence. That it could not be kept is no reason to lose the news. */
  private async keep(
    target: SupplierTarget,
    attempt: { readonly attemptId: string },
    told: {
      readonly call: 'create' | 'query';
      readonly wire: WireRequest;
      readonly exchange: Exchange;
      readonly durationMs: number;
      readonly verdict: string;
    },
  ): Promise<void> {
    const { call, wire, exchange, durationMs, verdict } = told;
    await recordWire(this.parts.pool, {
      supplierId: target.supplierId,
      attemptId: attempt.attemptId,
      call,
      result: exchange.result,
      request: maskRequest(wire, target.connection),
      reply: maskReply(exchange, target.connection),
      httpStatus: exchange.result === 'reply' ? exchange.status : null,
      durationMs,
      verdict,
    }).catch(() => undefined);
  }

  /** Goes on until the database has it, for about a minute: after that a query brings the same news. */
  private async written(write: () => Promise<Settled>): Promise<Settled> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseAway(error) || tries >= WRITE_TRIES_MAX) throw error;
        await pause(WRITE_PAUSE_MS);
      }
    }
  }

  /** A supplier that delivers at once tells us within moments: to watch for it saves the run a round. */
  private async linger(attemptId: string, settled: Settled): Promise<CallEnd> {
    if (settled.status !== 'accepted') return callEnd(settled);
    return (await this.watch.untilSettled(attemptId)) ?? callEnd(settled);
  }
}

/** What was written, or why it could not be. */
function written<Item>(write: () => Item): Item | Error {
  try {
    return write();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function callEnd({ status, order }: Settled): CallEnd {
  if (!order) return { attemptStatus: status };
  return { attemptStatus: status, order: { status: order.status, version: order.version } };
}

/** Tells the server that this worker is alive: where it dies, the run hears of it within seconds. */
function beat(): () => void {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), HEARTBEAT_EVERY_MS);
  return () => clearInterval(timer);
}
