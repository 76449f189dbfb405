/** Whether the workflow server answers: what waits for it is no violation while it is away. */
export interface DoctorCircumstances {
  readonly isTemporalAway: boolean;
}

/** One invariant as SQL. `violations` yields one row per violation with a text `example` that people understand. */
export interface DoctorCheck {
  readonly name: string;
  /** What is counted as looked at: a table, or a FROM clause with its WHERE. */
  readonly looked: string;
  readonly violations: string;
  /** Cannot be judged while the workflow server is away. */
  readonly needsTemporal?: true;
}

export interface CheckResult {
  readonly name: string;
  readonly looked: number;
  readonly violations: number;
  readonly examples: readonly string[];
  readonly durationMs: number;
  /** Why nothing was looked at. */
  readonly skipped?: string;
}

/** How many examples of a violation are shown. */
export const EXAMPLES_MAX = 5;
