import { assertNever } from '../shared/assert.js';
import { canMove } from '../shared/transitions.js';
import type { RefusalClass, UnknownCause } from './attempt-outcome.js';
import { ATTEMPT_MOVES, MAY_STILL_DELIVER, type AttemptStatus } from './attempt-status.js';
import type { PersonReason, QueryVerdict } from './query-verdict.js';
import type { SupplyReport } from './supply-report.js';

/** Who tells how an attempt stands. */
export type SettlementSource = 'call' | 'query' | 'notification' | 'person';

/** What was learnt of an attempt, from the reply to its `create`, a query, a notification or a person. */
export type Settlement =
  | { readonly kind: 'not-sent'; readonly reason: string }
  | {
      readonly kind: 'rejected';
      readonly refusal: RefusalClass;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly kind: 'accepted';
      readonly supplierOrderNo: string | undefined;
      readonly costHao: number | undefined;
    }
  | {
      readonly kind: 'unknown';
      readonly cause: UnknownCause;
      readonly code: string | undefined;
      readonly message: string;
    }
  | { readonly kind: 'verdict'; readonly verdict: QueryVerdict };

/** What follows from it for the attempt's row. */
export type SettlementStep =
  /** Its end: so many units were delivered; those that were not are free again. */
  | {
      readonly step: 'end';
      readonly to: AttemptStatus;
      readonly deliveredUnits: number;
      readonly report: SupplyReport | undefined;
    }
  /** A success of an attempt that was given up before: nothing of it goes to a unit. */
  | {
      readonly step: 'late';
      readonly to: 'late-success';
      readonly deliveredUnits: number;
      readonly report: SupplyReport;
    }
  /** A success that the supplier took back. */
  | { readonly step: 'reverse'; readonly to: 'reversed'; readonly report: SupplyReport }
  | { readonly step: 'move'; readonly to: AttemptStatus }
  | { readonly step: 'not-found'; readonly firstNotFoundAtMs: number | undefined }
  | { readonly step: 'person'; readonly because: PersonReason }
  /** The money of a failure came back only now. */
  | { readonly step: 'refund'; readonly report: SupplyReport }
  | { readonly step: 'nothing' }
  /** Not proven by who told it: the supplier is asked. */
  | { readonly step: 'ask' }
  /** It says something else than what is known to be final: kept as evidence, changes nothing. */
  | { readonly step: 'contradiction' };

const NOTHING = { step: 'nothing' } as const;
const CONTRADICTION = { step: 'contradiction' } as const;
const SUCCESSES: readonly AttemptStatus[] = ['succeeded', 'partial', 'late-success'];

/**
 * What a settlement does to an attempt in this status. A repeated one does nothing. A notification delivers, but it frees
 * no unit and overturns nothing that is settled, however well it is signed: for that the supplier is asked, because
 * notifications contradict each other, and a unit that was freed wrongly is bought twice.
 */
export function settlementStep(
  status: AttemptStatus,
  settlement: Settlement,
  { quantity, source }: { readonly quantity: number; readonly source: SettlementSource },
): SettlementStep {
  const step = stepOf(status, settlement, quantity);
  return source === 'notification' && mustBeAsked(step, quantity) ? { step: 'ask' } : step;
}

function mustBeAsked(step: SettlementStep, quantity: number): boolean {
  if (step.step === 'end') return step.deliveredUnits < quantity;
  return step.step === 'late' || step.step === 'reverse' || step.step === 'refund';
}

function stepOf(status: AttemptStatus, settlement: Settlement, quantity: number): SettlementStep {
  switch (settlement.kind) {
    case 'not-sent':
      return status === 'prepared' ? ended('not-sent') : NOTHING;
    case 'rejected':
      if (status === 'prepared') return ended('rejected');
      return MAY_STILL_DELIVER[status] || SUCCESSES.includes(status) ? CONTRADICTION : NOTHING;
    case 'accepted':
      return moveOpen(status, 'accepted');
    case 'unknown':
      return status === 'prepared' ? { step: 'move', to: 'unknown' } : NOTHING;
    case 'verdict':
      return verdictStep(status, settlement.verdict, quantity);
    default:
      return assertNever(settlement);
  }
}

function verdictStep(
  status: AttemptStatus,
  verdict: QueryVerdict,
  quantity: number,
): SettlementStep {
  const isOpen = MAY_STILL_DELIVER[status];
  switch (verdict.verdict) {
    case 'succeeded':
      return delivered(status, 'succeeded', quantity, verdict.report);
    case 'partial':
      return delivered(status, 'partial', verdict.deliveredUnits, verdict.report);
    case 'failed':
      return failed(status, verdict.report);
    case 'processing':
      return moveOpen(status, 'accepted');
    case 'still-unknown':
      return isOpen ? { step: 'not-found', firstNotFoundAtMs: verdict.firstNotFoundAtMs } : NOTHING;
    case 'not-received':
      return isOpen ? ended('not-received') : NOTHING;
    case 'person-decides':
      return isOpen ? { step: 'person', because: verdict.because } : NOTHING;
    case 'no-information':
      return NOTHING;
    default:
      return assertNever(verdict);
  }
}

const ended = (to: AttemptStatus): SettlementStep => ({
  step: 'end',
  to,
  deliveredUnits: 0,
  report: undefined,
});

function moveOpen(status: AttemptStatus, to: AttemptStatus): SettlementStep {
  return MAY_STILL_DELIVER[status] && canMove(ATTEMPT_MOVES, status, to)
    ? { step: 'move', to }
    : NOTHING;
}

function delivered(
  status: AttemptStatus,
  to: 'succeeded' | 'partial',
  deliveredUnits: number,
  report: SupplyReport,
): SettlementStep {
  if (MAY_STILL_DELIVER[status]) return { step: 'end', to, deliveredUnits, report };
  if (canMove(ATTEMPT_MOVES, status, 'late-success'))
    return { step: 'late', to: 'late-success', deliveredUnits, report };
  return SUCCESSES.includes(status) ? NOTHING : CONTRADICTION;
}

function failed(status: AttemptStatus, report: SupplyReport): SettlementStep {
  if (MAY_STILL_DELIVER[status]) return { step: 'end', to: 'failed', deliveredUnits: 0, report };
  if (SUCCESSES.includes(status)) return { step: 'reverse', to: 'reversed', report };
  return status === 'failed' ? { step: 'refund', report } : NOTHING;
}
