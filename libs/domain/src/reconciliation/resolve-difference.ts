import type { AccountKind, EntryKind } from '../money/posting.js';
import { ROUNDING_PER_LINE_HAO } from './match-lines.js';
import type {
  DifferenceCause,
  DifferenceKind,
  DifferenceStatus,
  PartyKind,
  Resolution,
} from './reconciliation-lists.js';

export interface DifferenceToResolve {
  readonly kind: DifferenceKind;
  readonly status: DifferenceStatus;
  readonly party: PartyKind;
  readonly favourHao: number;
  readonly hasAttempt: boolean;
}

/** A line of the entry that a resolution books; `party` is the account of platform, supplier or bank. */
export interface ResolutionLine {
  readonly account: 'party' | AccountKind;
  readonly amountHao: number;
}

export interface ResolutionPlan {
  readonly to: 'resolved' | 'suspended';
  /** Null where nothing is booked. */
  readonly entry: { readonly kind: EntryKind; readonly lines: readonly ResolutionLine[] } | null;
  readonly opensClaim: boolean;
}

/** Why a difference cannot be resolved like this. */
export const RESOLUTION_REFUSALS = [
  'not-open',
  'no-money',
  'too-much-for-rounding',
  'claim-needs-supplier-shortfall',
  'refund-needs-platform-shortfall',
  'cause-unknown',
  'already-suspended',
] as const;
export type ResolutionRefusal = (typeof RESOLUTION_REFUSALS)[number];

const suspenseOf = (favourHao: number): AccountKind =>
  favourHao > 0 ? 'suspense-long' : 'suspense-short';

/** The account that explains a difference once its cause is known. */
function explainedBy({ party, kind }: DifferenceToResolve): AccountKind {
  if (party === 'bank') return 'settlement-in-transit';
  if (party === 'supplier') return 'cost-of-goods';
  return kind === 'fee' || kind === 'deduction-unexplained' ? 'platform-fee' : 'revenue';
}

function refusalOf(
  difference: DifferenceToResolve,
  resolution: Resolution,
  cause: DifferenceCause,
): ResolutionRefusal | undefined {
  const { status, favourHao } = difference;
  if (status !== 'open' && status !== 'suspended') return 'not-open';
  if (resolution === 'nothing') return undefined;
  return favourHao === 0 ? 'no-money' : REFUSALS[resolution](difference, cause);
}

type Rule = (
  difference: DifferenceToResolve,
  cause: DifferenceCause,
) => ResolutionRefusal | undefined;

/** What else each way asks for. */
const REFUSALS: Readonly<Record<Exclude<Resolution, 'nothing'>, Rule>> = {
  suspense: ({ status }) => (status === 'suspended' ? 'already-suspended' : undefined),
  rounding: ({ favourHao }) =>
    Math.abs(favourHao) > ROUNDING_PER_LINE_HAO ? 'too-much-for-rounding' : undefined,
  claim: ({ party, favourHao, hasAttempt }) =>
    party === 'supplier' && favourHao < 0 && hasAttempt
      ? undefined
      : 'claim-needs-supplier-shortfall',
  refund: ({ party, favourHao }) =>
    party === 'platform' && favourHao < 0 ? undefined : 'refund-needs-platform-shortfall',
  // Money that nobody can explain goes to suspense, never to revenue.
  adjustment: (_, cause) => (cause === 'unknown' ? 'cause-unknown' : undefined),
};

function otherAccount(difference: DifferenceToResolve, resolution: Resolution): AccountKind {
  switch (resolution) {
    case 'suspense':
      return suspenseOf(difference.favourHao);
    case 'rounding':
      return 'rounding';
    case 'claim':
      // An overcharge stands in the books as cost until it comes back.
      return 'cost-of-goods';
    case 'refund':
      return 'revenue';
    case 'adjustment':
    case 'nothing':
      return explainedBy(difference);
  }
}

const ENTRY_KIND = {
  adjustment: 'settlement-adjustment',
  suspense: 'suspense',
  rounding: 'rounding',
  claim: 'settlement-adjustment',
  refund: 'settlement-adjustment',
  nothing: 'suspense-cleared',
} as const satisfies Record<Resolution, EntryKind>;

/**
 * What a resolution books. The account of the party takes what the difference is worth, another account explains it; out
 * of suspense it is the suspense account that gives it up. Answers why it cannot be resolved like this where it cannot.
 */
export function planResolution(
  difference: DifferenceToResolve,
  resolution: Resolution,
  cause: DifferenceCause,
): ResolutionPlan | ResolutionRefusal {
  const refusal = refusalOf(difference, resolution, cause);
  if (refusal) return refusal;
  const { status, favourHao } = difference;
  const isSuspended = status === 'suspended';
  const to = resolution === 'suspense' ? 'suspended' : 'resolved';
  if (resolution === 'nothing' && !isSuspended) return { to, entry: null, opensClaim: false };
  const from = isSuspended ? suspenseOf(favourHao) : 'party';
  const other = resolution === 'nothing' ? 'party' : otherAccount(difference, resolution);
  return {
    to,
    entry: {
      kind: isSuspended ? 'suspense-cleared' : ENTRY_KIND[resolution],
      lines: [
        { account: from, amountHao: favourHao },
        { account: other, amountHao: -favourHao },
      ],
    },
    opensClaim: resolution === 'claim',
  };
}

/** Which resolutions make sense now: what a page offers. */
export function possibleResolutions(
  difference: DifferenceToResolve,
  resolutions: readonly Resolution[],
): readonly Resolution[] {
  return resolutions.filter(
    (resolution) => typeof planResolution(difference, resolution, 'timing') !== 'string',
  );
}
