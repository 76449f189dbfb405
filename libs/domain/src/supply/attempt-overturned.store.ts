import { openReversals } from '../compensation/open-compensation.store.js';
import { noteOrderEvent, type News } from './attempt-news.store.js';
import { END_ATTEMPT } from './attempt-end.store.js';
import type { SettlementStep } from './settlement.js';
import { bookDelivery, bookReversal } from './supply-money.store.js';
import { countInBatch, storeSuppliedCards } from './supplied-cards.store.js';

/** Cards go to surplus stock, a top-up opens a claim; both are paid for. */
export async function takeLateSuccess(
  news: News,
  step: SettlementStep & { step: 'late' },
): Promise<void> {
  const { client, attempt, command } = news;
  const stored = await storeSuppliedCards(news.parts.vault, client, {
    attempt,
    cards: attempt.kind === 'card' ? step.report.cards : [],
    forUnits: 0,
    nowMs: command.nowMs,
  });
  await client.query(END_ATTEMPT, [
    attempt.id,
    step.to,
    0,
    stored.surplusCount,
    step.report.supplierOrderNo ?? null,
    null,
    null,
    null,
    new Date(command.nowMs),
    command.source === 'query' ? 1 : 0,
  ]);
  await bookDelivery(client, attempt, {
    report: step.report,
    receivedUnits: step.deliveredUnits,
    duplicateCount: stored.duplicateCount,
    isLate: true,
    nowMs: command.nowMs,
  });
  await noteOrderEvent(client, attempt, {
    type: 'supply-settled',
    command,
    detail: {
      attemptNo: attempt.attemptNo,
      supplier: attempt.supplierCode,
      result: 'late-success',
      quantity: step.deliveredUnits,
      source: command.source,
    },
  });
  await countInBatch(client, stored);
}

export async function takeReversal(
  { client, attempt, command }: News,
  step: SettlementStep & { step: 'reverse' },
): Promise<void> {
  await client.query(
    `UPDATE attempts SET status = 'reversed', settled_at = $2, updated_at = $2 WHERE id = $1`,
    [attempt.id, new Date(command.nowMs)],
  );
  await bookReversal(client, attempt, step.report, command.nowMs);
  await openReversals(client, attempt, command.nowMs);
  await noteOrderEvent(client, attempt, {
    type: 'supply-settled',
    command,
    detail: {
      attemptNo: attempt.attemptNo,
      supplier: attempt.supplierCode,
      result: 'reversed',
      quantity: attempt.deliveredCount,
      source: command.source,
    },
  });
}
