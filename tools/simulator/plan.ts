/** Why this supplier refuses; each dialect has its own code or words for it. */
export const REFUSALS = [
  'account',
  'blacklist',
  'price',
  'balance',
  'stock',
  'off-shelf',
  'auth',
  'limit',
  'maintenance',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type Answer =
  | 'accept'
  | 'refuse'
  | 'silence'
  | 'reset'
  | 'http-500'
  | 'html'
  | 'truncated'
  | 'garbage'
  | 'empty'
  | 'duplicate'
  | 'system'
  | 'new-code'
  | 'wrong-order'
  | 'negative-cost'
  | 'http-201';

export type QueryAnswer =
  'truth' | 'http-500' | 'garbage' | 'new-status' | 'wrong-order' | 'silence';

/** One notification: when after the end, and what it says. */
export interface NotifyStep {
  readonly afterMs: number;
  readonly says: 'truth' | 'opposite' | 'unsigned' | 'foreign';
}

/** Everything that this supplier does with one order. */
export interface Plan {
  readonly behaviour: string;
  readonly answer: Answer;
  readonly refusal: Refusal;
  readonly answerAfterMs: number;
  /** Whether the order is really taken, whatever the answer says. */
  readonly works: boolean;
  readonly ending: 'success' | 'failure' | 'part';
  readonly settleMs: number;
  readonly refund: 'full' | 'none' | 'marked';
  /** For so long after the order came, queries say "not found". */
  readonly hiddenMs: number;
  /** For so long after the order ended, queries say "failed". */
  readonly deniedMs: number;
  /** So long after the success it is taken back; never where negative. */
  readonly reversedAfterMs: number;
  readonly query: QueryAnswer;
  readonly notify: readonly NotifyStep[];
}

const TRUTH: NotifyStep = { afterMs: 0, says: 'truth' };

const BASE: Plan = {
  behaviour: 'accept',
  answer: 'accept',
  refusal: 'stock',
  answerAfterMs: 0,
  works: true,
  ending: 'success',
  settleMs: 30,
  refund: 'full',
  hiddenMs: 0,
  deniedMs: 0,
  reversedAfterMs: -1,
  query: 'truth',
  notify: [TRUTH],
};

const LATE_MS = 400;
const refuse = (refusal: Refusal): Partial<Plan> => ({ answer: 'refuse', works: false, refusal });
const lost = (answer: Answer): Partial<Plan> => ({ answer, works: false });
const mute = (answer: Answer): Partial<Plan> => ({ answer, works: true });
const notifying = (...notify: readonly NotifyStep[]): Partial<Plan> => ({ notify });

/** Every behaviour by name: what differs from an honest supplier. "after" has done the work, "before" has not. */
export const BEHAVIOURS: Readonly<Record<string, Partial<Plan>>> = {
  accept: {},
  ...Object.fromEntries(REFUSALS.map((refusal) => [`refuse-${refusal}`, refuse(refusal)])),
  'rate-limited': refuse('limit'),
  'balance-exhausted': refuse('balance'),
  'timeout-before': lost('silence'),
  'timeout-after': mute('silence'),
  'reset-before': lost('reset'),
  'reset-after': mute('reset'),
  'http-500-before': lost('http-500'),
  'http-500-after': mute('http-500'),
  'html-before': lost('html'),
  'html-after': mute('html'),
  'truncated-before': lost('truncated'),
  'truncated-after': mute('truncated'),
  'garbage-before': lost('garbage'),
  'garbage-after': mute('garbage'),
  'empty-after': mute('empty'),
  'duplicate-before': lost('duplicate'),
  'duplicate-after': mute('duplicate'),
  'system-before': lost('system'),
  'system-after': mute('system'),
  'new-code-before': lost('new-code'),
  'new-code-after': mute('new-code'),
  'wrong-order': mute('wrong-order'),
  'negative-cost': mute('negative-cost'),
  'created-201': mute('http-201'),
  slow: { answerAfterMs: 80, settleMs: 600 },
  fail: { ending: 'failure' },
  'fail-unrefunded': { ending: 'failure', refund: 'none' },
  'fail-marked': { ending: 'failure', refund: 'marked' },
  'part-success': { ending: 'part' },
  'late-success': { answer: 'silence', hiddenMs: LATE_MS, settleMs: LATE_MS },
  'failed-then-success': { deniedMs: LATE_MS, notify: [{ afterMs: LATE_MS, says: 'truth' }] },
  reversal: { reversedAfterMs: LATE_MS, notify: [TRUTH, { afterMs: LATE_MS + 50, says: 'truth' }] },
  'notify-never': notifying(),
  'notify-late': notifying({ afterMs: LATE_MS, says: 'truth' }),
  'notify-twice': notifying(TRUTH, { afterMs: 50, says: 'truth' }),
  'notify-contradicting': notifying(TRUTH, { afterMs: 50, says: 'opposite' }),
  'notify-foreign': notifying({ afterMs: 0, says: 'foreign' }),
  'notify-unsigned': notifying({ afterMs: 0, says: 'unsigned' }),
  'query-500': { query: 'http-500' },
  'query-garbage': { query: 'garbage' },
  'query-silence': { query: 'silence' },
  'query-new-status': { query: 'new-status' },
  'query-wrong-order': { query: 'wrong-order' },
};

/** A step of a script: a behaviour by name, with times or answers of its own. */
export type Step = string | (Partial<Plan> & { readonly behaviour: string });

/** The whole plan of a step; undefined where no such behaviour exists. */
export function planOf(step: Step): Plan | undefined {
  const { behaviour, ...own } = typeof step === 'string' ? { behaviour: step } : step;
  if (!Object.hasOwn(BEHAVIOURS, behaviour)) return undefined;
  return { ...BASE, ...BEHAVIOURS[behaviour], ...own, behaviour };
}
