import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { CANCEL_CODES, isFinal, type OrderView } from '#domain';
import type { Language } from '#domain/i18n';
import {
  acceptStage,
  CardVault,
  endOrder,
  presentOrder,
  readOrderById,
  readOrderByNumber,
  type AcceptedOrder,
  type OrderWithCards,
} from '#domain/stores';
import { Problem } from '../http/problem.js';
import { unavailable } from '../http/problem.filter.js';
import type { CallerIdentity } from '../signing/caller.js';
import { AcceptanceLine, LineIsFull } from './acceptance-line.js';
import { CallbackReleases } from './callback-releases.js';
import { FinalWaiter } from './final-waiter.js';
import { fingerprintOf, toOrderRequest, type CreateOrder } from './orders.dto.js';

export interface SubmitAnswer {
  readonly isNew: boolean;
  readonly view: OrderView;
  /** To be called once the answer has left: no callback goes before it. */
  readonly afterReply: () => void;
}

const NOTHING = (): void => undefined;

@Injectable()
export class OrdersService {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
    private readonly line: AcceptanceLine,
    private readonly waiter: FinalWaiter,
    private readonly releases: CallbackReleases,
  ) {}

  /** Records the order, or finds it again; waits up to `waitMs` for it to become final. */
  async submit(
    caller: CallerIdentity,
    body: CreateOrder,
    { waitMs, language }: { readonly waitMs: number; readonly language: Language },
  ): Promise<SubmitAnswer> {
    const { platform, credentialId, nonce } = caller;
    const request = toOrderRequest(body);
    const acceptance = await this.line
      .accept({
        platformId: platform.id,
        platformCode: platform.code,
        platformLargeFromHao: platform.largeOrderFromHao,
        credentialId,
        nonce,
        request,
        fingerprint: fingerprintOf(request),
        waitMs,
      })
      .catch((error: unknown) => {
        throw error instanceof LineIsFull ? unavailable() : error;
      });
    switch (acceptance.kind) {
      case 'replayed':
        throw new Problem('auth.refused');
      case 'refused': {
        const { code, params } = acceptance.refusal;
        throw new Problem(code, params, code === 'product.not-found' ? { status: 422 } : {});
      }
      case 'accepted':
        return this.answer(acceptance.order.id, true, acceptance.order, waitMs, language);
      case 'repeat':
        return this.answer(acceptance.orderId, false, undefined, waitMs, language);
    }
  }

  /** One of the caller's orders; throws `order.not-found`. */
  async find(
    caller: CallerIdentity,
    merchantOrderNo: string,
    language: Language,
  ): Promise<OrderView> {
    return presentOrder(await this.require(caller, merchantOrderNo), language);
  }

  /**
   * Ends what is not delivered; where a supplier may still deliver, the wish is noted and kept as soon as that is known.
   * Asked again it answers the same; a delivered order is refused.
   */
  async cancel(
    caller: CallerIdentity,
    merchantOrderNo: string,
    reason: string | undefined,
    language: Language,
  ): Promise<OrderView> {
    const order = await this.require(caller, merchantOrderNo);
    let isAsked = false;
    if (!isFinal(order.status)) {
      const end = await endOrder(this.pool, {
        orderId: order.id,
        to: 'cancelled',
        failCode: 'cancelled-by-platform',
        actor: { kind: 'platform', name: caller.platform.code },
        nowMs: Date.now(),
        ...(reason === undefined ? {} : { reason }),
      });
      isAsked = end.asked;
    }
    const now = isFinal(order.status) ? order : await this.require(caller, merchantOrderNo);
    if (!isAsked && !wasCancelled(now))
      throw new Problem('order.not-cancellable', { merchantOrderNo });
    return presentOrder(now, language);
  }

  /** The platform has its say on a stage that was delivered; asked again it answers the same. */
  async acceptStage(
    caller: CallerIdentity,
    { merchantOrderNo, stageNo }: { readonly merchantOrderNo: string; readonly stageNo: number },
    language: Language,
  ): Promise<OrderView> {
    const order = await this.require(caller, merchantOrderNo);
    await acceptStage(this.pool, {
      orderId: order.id,
      stageNo,
      actor: { kind: 'platform', name: caller.platform.code },
      nowMs: Date.now(),
    });
    return presentOrder(await this.require(caller, merchantOrderNo), language);
  }

  private async require(caller: CallerIdentity, merchantOrderNo: string): Promise<OrderWithCards> {
    const order = await readOrderByNumber(
      this.pool,
      this.vault,
      caller.platform.id,
      merchantOrderNo,
    );
    if (!order) throw new Problem('order.not-found', { merchantOrderNo });
    return order;
  }

  private async answer(
    orderId: string,
    isNew: boolean,
    accepted: AcceptedOrder | undefined,
    waitMs: number,
    language: Language,
  ): Promise<SubmitAnswer> {
    const afterReply = (): void => this.releases.release(orderId);
    if (accepted && isFinal(accepted.status)) {
      const isCalledBack = accepted.callbackUrl !== null;
      const view = this.viewOfAccepted(accepted, language);
      return { isNew, view, afterReply: isCalledBack ? afterReply : NOTHING };
    }
    let order = await this.requireById(orderId);
    if (waitMs > 0 && !isFinal(order.status)) {
      await this.waiter.untilFinal(orderId, waitMs);
      order = await this.requireById(orderId);
    }
    const isCalledBack = order.callbackUrl !== null;
    return {
      isNew,
      view: presentOrder(order, language),
      afterReply: isCalledBack ? afterReply : NOTHING,
    };
  }

  private viewOfAccepted(order: AcceptedOrder, language: Language): OrderView {
    const cards = order.cards.map((card) => ({
      ...this.vault.open(card),
      expiresOn: card.expiresOn,
    }));
    return presentOrder({ ...order, cards }, language);
  }

  private async requireById(orderId: string): Promise<OrderWithCards> {
    const order = await readOrderById(this.pool, this.vault, orderId);
    if (!order) throw new Problem('order.not-found');
    return order;
  }
}

/** Cancelled whole, or the rest of what had been delivered before. */
const wasCancelled = ({ status, failCode }: OrderWithCards): boolean =>
  status === 'cancelled' ||
  (status === 'partial' && CANCEL_CODES.some((code) => code === failCode));
