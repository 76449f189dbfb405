/** What may look like laundering or misuse. A signal is a reason to look, never a verdict. */
export const RISK_SIGNAL_KINDS = [
  'velocity',
  'structuring',
  'third-party-payment',
  'night-burst',
  'high-face',
  'daily-sum',
] as const;
export type RiskSignalKind = (typeof RISK_SIGNAL_KINDS)[number];

/** Every rule that is data: the signals, what counts as slow charging, and how long a held order waits for a person. */
export const RISK_RULE_KINDS = [...RISK_SIGNAL_KINDS, 'slow-charge', 'hold-policy'] as const;
export type RiskRuleKind = (typeof RISK_RULE_KINDS)[number];

/** The numbers of the rules, each with its unit in its name. */
export const RISK_PARAMS = [
  'windowMinutes',
  'windowHours',
  'windowDays',
  'customerOrders',
  'platformOrders',
  'orders',
  'percentUnder',
  'limitYuan',
  'fromHour',
  'toHour',
  'unitPriceYuan',
  'customerYuan',
  'platformYuan',
  'watches',
  'costPercent',
  'holdHours',
  'alertHours',
  'refusesAtEnd',
  'watchDays',
] as const;
export type RiskParam = (typeof RISK_PARAMS)[number];

export type RiskParams<Kind extends RiskRuleKind> = Readonly<
  Record<keyof (typeof FIRST_RULES)[Kind], number>
>;

/** The first revision of every rule. `watches`: 1 puts who raised the signal on watch, 0 only tells. */
export const FIRST_RULES = {
  velocity: { windowMinutes: 60, customerOrders: 60, platformOrders: 3_000, watches: 1 },
  structuring: { windowHours: 24, orders: 5, percentUnder: 10, limitYuan: 50_000, watches: 1 },
  'third-party-payment': { windowDays: 30, watches: 1 },
  'night-burst': { fromHour: 1, toHour: 5, orders: 30, watches: 0 },
  'high-face': { windowHours: 24, orders: 20, unitPriceYuan: 500, watches: 0 },
  'daily-sum': { customerYuan: 200_000, platformYuan: 2_000_000, watches: 1 },
  'slow-charge': { costPercent: 90 },
  'hold-policy': { holdHours: 24, alertHours: 4, refusesAtEnd: 1, watchDays: 7 },
} as const satisfies Record<RiskRuleKind, Partial<Record<RiskParam, number>>>;

const RANGES: Readonly<Record<RiskParam, readonly [number, number]>> = {
  windowMinutes: [1, 1_440],
  windowHours: [1, 168],
  windowDays: [1, 365],
  customerOrders: [2, 1_000_000],
  platformOrders: [2, 10_000_000],
  orders: [2, 1_000_000],
  percentUnder: [1, 50],
  limitYuan: [1, 100_000_000],
  fromHour: [0, 23],
  toHour: [1, 24],
  unitPriceYuan: [1, 1_000_000],
  customerYuan: [1, 1_000_000_000],
  platformYuan: [1, 10_000_000_000],
  watches: [0, 1],
  costPercent: [1, 100],
  holdHours: [1, 720],
  alertHours: [0, 720],
  refusesAtEnd: [0, 1],
  watchDays: [1, 365],
};

/** The first number of a rule that is missing, not whole or out of its range; undefined where all are good. */
export function ruleFault(
  kind: RiskRuleKind,
  params: Readonly<Record<string, unknown>>,
): RiskParam | undefined {
  return paramsOf(kind).find((name) => {
    const value = params[name];
    const [min, max] = RANGES[name];
    return typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max;
  });
}

export const paramsOf = (kind: RiskRuleKind): readonly RiskParam[] =>
  RISK_PARAMS.filter((name) => name in FIRST_RULES[kind]);
