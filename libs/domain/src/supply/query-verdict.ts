import { MINUTE_MS } from '../shared/business-time.js';
import { assertNever } from '../shared/assert.js';
import type { QueryReply, SuppliedCard, SupplyReport } from './supply-report.js';

/** However short a supplier says: "not found" is no failure before this age. */
export const NOT_FOUND_GRACE_MIN_MS = 3 * MINUTE_MS;
/** Two reads of "not found" that lie closer together count as one. */
export const NOT_FOUND_READS_APART_MS = MINUTE_MS;

/** What is known of the attempt besides the reply. */
export interface QueryFacts {
  readonly kind: 'card' | 'top-up';
  readonly quantity: number;
  readonly sentAtMs: number;
  readonly nowMs: number;
  /** The supplier's grace for "not found"; never less than ours. */
  readonly graceMs: number;
  /** When the supplier first said "not found" after the grace, undefined where it did not yet. */
  readonly firstNotFoundAtMs: number | undefined;
  /** The supplier forgets orders after this moment; undefined where it says nothing. */
  readonly historyEndsAtMs: number | undefined;
  /** When we stop asking by ourselves. */
  readonly giveUpAtMs: number;
}

export type QueryVerdict =
  | { readonly verdict: 'succeeded'; readonly report: SupplyReport; readonly surplus: number }
  | {
      readonly verdict: 'partial';
      readonly report: SupplyReport;
      readonly deliveredUnits: number;
    }
  | { readonly verdict: 'failed'; readonly report: SupplyReport }
  | { readonly verdict: 'processing'; readonly cardsSoFar: readonly SuppliedCard[] }
  | { readonly verdict: 'still-unknown'; readonly firstNotFoundAtMs: number | undefined }
  | { readonly verdict: 'not-received' }
  | { readonly verdict: 'no-information' }
  | { readonly verdict: 'person-decides'; readonly because: PersonReason };

export const PERSON_REASONS = ['unclear-part', 'outside-history', 'budget-spent'] as const;
export type PersonReason = (typeof PERSON_REASONS)[number];

/** What a reply to a query means for the attempt. */
export function judgeQuery(reply: QueryReply, facts: QueryFacts): QueryVerdict {
  if (reply.outcome === 'no-information') return unsettled(facts, { verdict: 'no-information' });
  const { report } = reply;
  switch (report.said) {
    case 'succeeded':
    case 'refunded':
      return judgeDelivered(report, facts);
    case 'failed':
      // Cards in a reply that says "failed" are in our hands unless their money came back: they are not bought again.
      return report.cards.length > 0 && report.refund.state !== 'full'
        ? { verdict: 'partial', report, deliveredUnits: report.cards.length }
        : { verdict: 'failed', report };
    case 'processing':
    case 'abnormal':
      return unsettled(facts, { verdict: 'processing', cardsSoFar: report.cards });
    case 'not-found':
      return judgeNotFound(facts);
    case 'new-status':
      return unsettled(facts, { verdict: 'no-information' });
    default:
      return assertNever(report.said);
  }
}

function judgeDelivered(report: SupplyReport, facts: QueryFacts): QueryVerdict {
  const { refund } = report;
  if (refund.state === 'full') return { verdict: 'failed', report };
  const isUnclear = refund.state === 'unstated' || refund.state === 'marked';
  if (report.said === 'refunded' && isUnclear)
    return { verdict: 'person-decides', because: 'unclear-part' };
  const delivered = deliveredUnits(report, facts);
  if (delivered === 'unclear') return { verdict: 'person-decides', because: 'unclear-part' };
  if (delivered >= facts.quantity)
    return { verdict: 'succeeded', report, surplus: delivered - facts.quantity };
  if (refund.state === 'part')
    return delivered === 0
      ? { verdict: 'person-decides', because: 'unclear-part' }
      : { verdict: 'partial', report, deliveredUnits: delivered };
  // Said to be done, but cards are still missing and no money came back: they may follow.
  return unsettled(facts, { verdict: 'processing', cardsSoFar: report.cards });
}

/** Cards are counted; a top-up shows what was kept only through the money, where that divides evenly. */
function deliveredUnits(report: SupplyReport, facts: QueryFacts): number | 'unclear' {
  if (facts.kind === 'card') return report.cards.length;
  if (report.refund.state !== 'part') return facts.quantity;
  const { costHao, refund } = report;
  if (costHao === undefined || refund.amountHao === undefined) return 'unclear';
  const unitHao = costHao / facts.quantity;
  const delivered = (costHao - refund.amountHao) / unitHao;
  return Number.isInteger(delivered) && delivered > 0 ? delivered : 'unclear';
}

function judgeNotFound(facts: QueryFacts): QueryVerdict {
  const graceMs = Math.max(facts.graceMs, NOT_FOUND_GRACE_MIN_MS);
  if (facts.nowMs - facts.sentAtMs < graceMs)
    return { verdict: 'still-unknown', firstNotFoundAtMs: undefined };
  if (facts.historyEndsAtMs !== undefined && facts.nowMs >= facts.historyEndsAtMs)
    return { verdict: 'person-decides', because: 'outside-history' };
  const firstNotFoundAtMs = facts.firstNotFoundAtMs ?? facts.nowMs;
  return facts.nowMs - firstNotFoundAtMs >= NOT_FOUND_READS_APART_MS
    ? { verdict: 'not-received' }
    : { verdict: 'still-unknown', firstNotFoundAtMs };
}

/** Nothing final was said: go on, unless the supplier has forgotten by now or our budget is spent. */
function unsettled(facts: QueryFacts, goOn: QueryVerdict): QueryVerdict {
  if (facts.historyEndsAtMs !== undefined && facts.nowMs >= facts.historyEndsAtMs)
    return { verdict: 'person-decides', because: 'outside-history' };
  if (facts.nowMs >= facts.giveUpAtMs)
    return { verdict: 'person-decides', because: 'budget-spent' };
  return goOn;
}
