import type { PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { endAttempt } from './attempt-end.store.js';
import {
  lockAttempt,
  type AttemptLock,
  type LockedAttempt,
  type OrderStanding,
} from './attempt-facts.store.js';
import {
  orderStanding,
  type News,
  type SettleAttempt,
  type SupplyParts,
} from './attempt-news.store.js';
import { takeLateSuccess, takeReversal } from './attempt-overturned.store.js';
import { noteProgress } from './attempt-progress.store.js';
import type { AttemptStatus } from './attempt-status.js';
import { noteStockAttempt } from './stock-attempt.store.js';
import { settlementStep, type SettlementStep } from './settlement.js';
import { bookFailure } from './supply-money.store.js';

export type { SettleAttempt, SupplyParts } from './attempt-news.store.js';

export interface Settled {
  readonly status: AttemptStatus;
  /** False where nothing was new. */
  readonly changed: boolean;
  /** It is no proof, or says the opposite of what is known: the supplier should be asked. */
  readonly mustBeAsked: boolean;
  /** How the order stands after it; undefined for purchases of stock. */
  readonly order: OrderStanding | undefined;
}

/**
 * Writes down what was learnt of an attempt, with everything that follows: cards into the vault, units delivered or
 * freed, the order's end, money, claims, callbacks. One transaction; the same news again changes nothing. Locks in the
 * order all scripts keep: product, order, attempt; the product only where stock changes, so that orders of one product do
 * not queue for each other. Throws `attempt.not-found`.
 */
export async function settleAttempt(
  parts: SupplyParts,
  command: SettleAttempt,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<Settled> {
  const settle = (lock: AttemptLock): Promise<Settled> =>
    inTransaction(parts.pool, async (client) => {
      const settled = await settleWithin(client, parts, command, lock);
      await afterChange(client);
      return settled;
    });
  try {
    return await settle('attempt');
  } catch (error) {
    if (!(error instanceof StockIsTouched)) throw error;
    return settle('product');
  }
}

/** Nothing was written yet: the product has to be locked first. */
class StockIsTouched extends Error {}

/** The same inside the caller's transaction, which holds no lock that comes before these. */
export async function settleWithin(
  client: PoolClient,
  parts: SupplyParts,
  command: SettleAttempt,
  lock: AttemptLock = 'product',
): Promise<Settled> {
  const { attempt, order } = await lockAttempt(client, command.attemptId, lock);
  const step = settlementStep(attempt.status, command.settlement, {
    quantity: attempt.quantity,
    source: command.source,
  });
  if (lock === 'attempt' && addsStock(attempt, step)) throw new StockIsTouched();
  const news: News = { client, parts, attempt, command, step };
  await takeStep(news);
  await noteStockAttempt(news);
  return settledOf(news, step.step === 'end' && order ? await orderStanding(client, order) : order);
}

/** Cards that no unit waits for go into stock. */
function addsStock({ kind, orderId, quantity }: LockedAttempt, step: SettlementStep): boolean {
  if (kind !== 'card') return false;
  if (step.step === 'late') return true;
  const cardCount = step.step === 'end' ? (step.report?.cards.length ?? 0) : 0;
  return cardCount > (orderId === null ? 0 : quantity);
}

const isNews = ({ step }: SettlementStep): boolean =>
  step !== 'nothing' && step !== 'contradiction' && step !== 'ask';

function settledOf({ attempt, step }: News, order: Settled['order']): Settled {
  return {
    status: 'to' in step ? step.to : attempt.status,
    changed: isNews(step),
    mustBeAsked: step.step === 'ask' || step.step === 'contradiction',
    order,
  };
}

async function takeStep(news: News): Promise<void> {
  const { step } = news;
  switch (step.step) {
    case 'end':
      return endAttempt(news, step);
    case 'late':
      return takeLateSuccess(news, step);
    case 'reverse':
      return takeReversal(news, step);
    case 'refund':
      return bookFailure(news.client, news.attempt, step.report, news.command.nowMs);
    case 'move':
    case 'not-found':
    case 'person':
    case 'nothing':
    case 'contradiction':
      return noteProgress(news);
    case 'ask':
      return;
  }
}
