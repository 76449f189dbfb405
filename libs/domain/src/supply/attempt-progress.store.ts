import { nextQueryAtMs, supplierClock, type SupplierClock } from './query-plan.js';
import { noteOrderEvent, tellRun, mustTellRun, type News } from './attempt-news.store.js';
import type { Settlement } from './settlement.js';

const NOTE = `
  UPDATE attempts SET status = $2, supplier_order_no = coalesce(supplier_order_no, $3),
    unknown_cause = coalesce($4, unknown_cause), outcome_code = coalesce($5, outcome_code),
    outcome_message = coalesce($6, outcome_message), first_not_found_at = $7, query_count = query_count + $8::int,
    next_query_at = $9, person_reason = $10, updated_at = $11
  WHERE id = $1`;

/** The attempt stays open: when to ask next, and whether a person should look at it. */
export async function noteProgress(news: News): Promise<void> {
  const { client, parts, attempt, command, step } = news;
  if (!attempt.isOpen) return;
  const clock = supplierClock(attempt.sentAtMs ?? command.nowMs, parts.clockSpeed);
  const notFoundAtMs = step.step === 'not-found' ? step.firstNotFoundAtMs : undefined;
  const personReason = step.step === 'person' ? step.because : attempt.personReason;
  await client.query(NOTE, [
    attempt.id,
    step.step === 'move' ? step.to : attempt.status,
    ...toldBy(command.settlement),
    instantOf(notFoundAtMs, clock),
    queriesIn(news),
    instantOf(nextAskAtMs(news, clock, notFoundAtMs), clock),
    personReason,
    new Date(command.nowMs),
  ]);
  if (personReason !== null && attempt.personReason === null)
    await noteOrderEvent(client, attempt, {
      type: 'supply-undecided',
      command,
      detail: {
        attemptNo: attempt.attemptNo,
        supplier: attempt.supplierCode,
        reason: personReason,
      },
    });
  if (mustTellRun(news)) await tellRun(client, attempt.orderId, command.nowMs);
}

const queriesIn = ({ command }: News): number => (command.source === 'query' ? 1 : 0);

const instantOf = (supplierMs: number | undefined, clock: SupplierClock): Date | null =>
  supplierMs === undefined ? null : new Date(clock.toRealMs(supplierMs));

/** In the supplier's time; undefined where it has forgotten and cannot tell any more. */
function nextAskAtMs(
  news: News,
  clock: SupplierClock,
  firstNotFoundAtMs: number | undefined,
): number | undefined {
  const { attempt, command, step } = news;
  if (step.step === 'person' && step.because === 'outside-history') return undefined;
  return nextQueryAtMs({
    sentAtMs: attempt.sentAtMs ?? command.nowMs,
    nowMs: clock.toSupplierMs(command.nowMs),
    queryCount: attempt.queryCount + queriesIn(news),
    firstAfterMs: attempt.firstQueryAfterMs,
    everyMs: attempt.queryEveryMs,
    graceMs: attempt.graceMs,
    firstNotFoundAtMs,
  });
}

/** Supplier's number, cause, code and message, as far as the news tells them. */
function toldBy(settlement: Settlement): (string | null)[] {
  if (settlement.kind === 'accepted') return [settlement.supplierOrderNo ?? null, null, null, null];
  if (settlement.kind !== 'unknown') return [null, null, null, null];
  const { cause, code, message } = settlement;
  return [null, cause, code ?? null, message.slice(0, 300)];
}
