import type {
  DifferenceKind,
  ExternalLineType,
  PartyKind,
  ToldStatus,
} from './reconciliation-lists.js';

/** What an entry is of a large order, which is paid and let go in stages: see `itemForLine`. */
export type LargePart = 'balance' | 'bank' | 'release' | 'refund';

/** One thing of ours that a line can be matched with: an entry of the ledger that moved the account of this party. */
export interface OurItem {
  readonly key: string;
  readonly type: ExternalLineType;
  readonly numbers: readonly string[];
  /** With the sign that a line has: refunds are below zero. */
  readonly amountHao: number;
  readonly status: ToldStatus | null;
  readonly occurredAtMs: number;
  readonly productCode: string | null;
  readonly quantity: number | null;
  readonly accounts: readonly string[];
  readonly orderId: string | null;
  readonly attemptId: string | null;
  readonly largePart: LargePart | null;
  /** The amount of the whole large order, as long as it goes on. */
  readonly openWholeHao: number | null;
  /** Further entries that a line tells of together with this one; the amount is that of all. */
  readonly also?: readonly OurItem[];
  /** Another line has used it. */
  readonly isTaken: boolean;
}

export interface TheirLine {
  readonly id: string;
  readonly type: ExternalLineType;
  readonly ourNo: string | null;
  readonly theirNo: string | null;
  readonly productCode: string | null;
  readonly quantity: number | null;
  readonly account: string | null;
  readonly amountHao: number;
  readonly feeHao: number | null;
  readonly status: ToldStatus | null;
  readonly currency: string | null;
  readonly occurredAtMs: number;
  /** How often it was looked at in vain. */
  readonly passCount: number;
}

export interface MatchRules {
  readonly party: PartyKind;
  /** The period of the statement, its end not included. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Everything before it is closed with this party. */
  readonly closedBeforeMs: number | null;
  readonly bufferDays: number;
  readonly feeBasisPoints: number;
  /** What may still be booked to rounding for this statement. */
  readonly roundingLeftHao: number;
  readonly nowMs: number;
}

export interface MatchFacts {
  /** Found by the numbers of these lines. */
  readonly items: readonly OurItem[];
  /** Nobody’s yet, and near these lines in time. */
  readonly nearby: readonly OurItem[];
  /** Numbers of orders, or attempts, that we know of at all. */
  readonly knownNumbers: ReadonlySet<string>;
  readonly knownProducts: ReadonlySet<string>;
  /** Lines of this party that are still waiting and carry one of these numbers. */
  readonly partners: readonly TheirLine[];
  /** Pairs of line and item that a person has refused: `line:item`. */
  readonly refusedPairs: ReadonlySet<string>;
}

export interface FoundDifference {
  readonly kind: DifferenceKind;
  readonly theirsHao: number | null;
  readonly oursHao: number | null;
  /** What is in our favour: above zero we have more than the books explain, below zero less. */
  readonly favourHao: number;
}

export type LineDecision =
  | {
      readonly kind: 'matched';
      readonly lineId: string;
      readonly item: OurItem;
      readonly roundingHao: number;
      readonly differences: readonly FoundDifference[];
    }
  | {
      readonly kind: 'different';
      readonly lineId: string;
      readonly item: OurItem | null;
      readonly differences: readonly FoundDifference[];
    }
  | { readonly kind: 'paired'; readonly lineId: string; readonly otherLineId: string }
  | { readonly kind: 'proposed'; readonly lineId: string; readonly item: OurItem }
  | { readonly kind: 'wait'; readonly lineId: string; readonly untilMs: number };
