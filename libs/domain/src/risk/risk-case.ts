import type { ErrorCode } from '../shared/domain-error.js';
import type { Moves } from '../shared/transitions.js';

export const RISK_CASE_STATUSES = ['open', 'released', 'refused', 'withdrawn'] as const;
export type RiskCaseStatus = (typeof RISK_CASE_STATUSES)[number];

/** Decided once: by a person, at its end by the rule, or withdrawn with the order that its platform cancels. */
export const RISK_CASE_MOVES = {
  open: ['released', 'refused', 'withdrawn'],
  released: [],
  refused: [],
  withdrawn: [],
} as const satisfies Moves<RiskCaseStatus>;

/** Who raises what no person has raised. */
export const RAISED_BY_RULES = 'system';

/** Why this person may not decide the case; undefined where they may. Whoever asked for the watch is not the second person. */
export function caseFault(
  { status, raisedBy }: { readonly status: RiskCaseStatus; readonly raisedBy: string },
  decider: string,
): ErrorCode | undefined {
  if (status !== 'open') return 'risk-case.not-open';
  const isOwn = raisedBy.trim().toLowerCase() === decider.trim().toLowerCase();
  return isOwn ? 'risk-case.own' : undefined;
}
