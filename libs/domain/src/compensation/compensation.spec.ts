import fc from 'fast-check';
import {
  budgetObstacles,
  decideCompensation,
  proposeCompensation,
  type CompensationCase,
  type CompensationRuleFacts,
} from './compensation.js';
import {
  COMPENSATION_CAUSES,
  COMPENSATION_MEASURES,
  COMPENSATION_REMEDIES,
  faultOf,
} from './compensation-kind.js';

const LIMITS = {
  automaticMaxHao: 2_000_000,
  customerDailyCount: 3,
  customerDailyHao: 5_000_000,
  dailyHao: 50_000_000,
};
const NOTHING_SPENT = { dayHao: 0, customerHao: 0, customerCount: 0 };

const aRule = (more: Partial<CompensationRuleFacts> = {}): CompensationRuleFacts => ({
  id: 'rule',
  lineNo: 10,
  isActive: true,
  cause: 'bad-card',
  productId: null,
  platformId: null,
  tier: null,
  ageMinSeconds: 0,
  ageMaxSeconds: null,
  amountMaxHao: null,
  remedy: 'refund',
  basis: 'full',
  percent: 100,
  fixedHao: 0,
  isAutomatic: true,
  chargeBack: 'cost',
  ...more,
});
const aCase = (more: Partial<CompensationCase> = {}): CompensationCase => ({
  cause: 'bad-card',
  productId: 'steam',
  platformId: 'demo',
  tier: 'standard',
  ageSeconds: 3_600,
  valueHao: 985_000,
  leftHao: 1_970_000,
  canReplace: true,
  isAsked: false,
  ...more,
});
const decide = (
  one: CompensationCase,
  rules: readonly CompensationRuleFacts[] = [aRule()],
  spent = NOTHING_SPENT,
) => decideCompensation(one, { rules, limits: LIMITS, spent });

describe('the rule that decides', () => {
  it('is the first that applies, in the order of the lines', () => {
    const rules = [
      aRule({ id: 'any', lineNo: 20 }),
      aRule({ id: 'steam', lineNo: 10, productId: 'steam', remedy: 'replace' }),
    ];
    expect(proposeCompensation(aCase(), rules)).toMatchObject({ remedy: 'replace' });
    expect(proposeCompensation(aCase({ productId: 'xbox' }), rules)).toMatchObject({
      remedy: 'refund',
      steps: [
        { ruleId: 'steam', misfit: 'product' },
        { ruleId: 'any', misfit: null },
      ],
    });
  });

  it.each([
    ['inactive', { isActive: false }],
    ['cause', { cause: 'late' }],
    ['product', { productId: 'xbox' }],
    ['platform', { platformId: 'demo2' }],
    ['tier', { tier: 'strategic' }],
    ['too-young', { ageMinSeconds: 3_601 }],
    ['too-old', { ageMaxSeconds: 3_599 }],
    ['amount', { amountMaxHao: 984_999 }],
  ] as const)('tells that another does not apply: %s', (misfit, more) => {
    const proposal = proposeCompensation(aCase(), [aRule(more)]);
    expect(proposal).toMatchObject({ amountHao: 0, reasons: ['no-rule'], steps: [{ misfit }] });
  });

  it('gives a share in whole fen, or a fixed amount', () => {
    const value = { valueHao: 453_333, leftHao: 453_333 };
    const share = aRule({ remedy: 'credit', basis: 'percent', percent: 5 });
    expect(proposeCompensation(aCase(value), [share]).amountHao).toBe(22_600);
    const fixed = aRule({ remedy: 'credit', basis: 'fixed', fixedHao: 50_000 });
    expect(proposeCompensation(aCase(value), [fixed]).amountHao).toBe(50_000);
  });

  it('refunds where a replacement is impossible, and says so', () => {
    const proposal = proposeCompensation(aCase({ canReplace: false }), [
      aRule({ remedy: 'replace' }),
    ]);
    expect(proposal).toMatchObject({ remedy: 'refund', reasons: ['by-rule', 'cannot-replace'] });
  });
});

describe('what is given', () => {
  it('is given at once within limits and budgets', () => {
    expect(decide(aCase())).toMatchObject({ outcome: 'give', amountHao: 985_000 });
  });

  it.each([
    ['above-automatic', aCase({ valueHao: 2_000_100, leftHao: 2_000_100 }), NOTHING_SPENT],
    ['customer-count', aCase(), { ...NOTHING_SPENT, customerCount: 3 }],
    ['customer-budget', aCase(), { ...NOTHING_SPENT, customerHao: 4_015_001 }],
    ['daily-budget', aCase(), { ...NOTHING_SPENT, dayHao: 49_015_001 }],
  ] as const)('waits for a person: %s', (reason, one, spent) => {
    const decision = decide(one, [aRule()], spent);
    expect(decision.outcome).toBe('ask');
    expect(decision.reasons).toContain(reason);
  });

  it('waits for a person where the rule wants one, unless a person asks', () => {
    const rules = [aRule({ isAutomatic: false })];
    expect(decide(aCase(), rules)).toMatchObject({
      outcome: 'ask',
      reasons: ['by-rule', 'not-automatic'],
    });
    expect(decide(aCase({ isAsked: true }), rules)).toMatchObject({ outcome: 'give' });
  });

  it('is nothing where nothing is left of what was paid', () => {
    expect(decide(aCase({ leftHao: 0 }))).toMatchObject({ outcome: 'decline', amountHao: 0 });
    expect(decide(aCase({ leftHao: 400 }))).toMatchObject({
      outcome: 'give',
      amountHao: 400,
      reasons: ['by-rule', 'capped'],
    });
  });

  it('never exceeds what is left, and at once never a limit, whatever the rules say', () => {
    const amounts = fc.integer({ min: 0, max: 100_000_000 });
    const rules = fc.array(
      fc.record({
        lineNo: fc.integer({ min: 1, max: 99 }),
        cause: fc.constantFrom(...COMPENSATION_CAUSES),
        remedy: fc.constantFrom(...COMPENSATION_REMEDIES),
        basis: fc.constantFrom(...COMPENSATION_MEASURES),
        percent: fc.integer({ min: 0, max: 100 }),
        fixedHao: amounts,
        isAutomatic: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(
        rules,
        fc.record({
          valueHao: amounts,
          leftHao: fc.integer({ min: -5, max: 100_000_000 }),
          isAsked: fc.boolean(),
        }),
        fc.record({
          dayHao: amounts,
          customerHao: amounts,
          customerCount: fc.integer({ min: 0, max: 5 }),
        }),
        (given, facts, spent) => {
          const decision = decide(
            aCase(facts),
            given.map((more) => aRule(more)),
            spent,
          );
          expect(decision.amountHao).toBeLessThanOrEqual(Math.max(0, facts.leftHao));
          if (decision.outcome !== 'give') return;
          expect(decision.amountHao).toBeGreaterThan(0);
          expect(budgetObstacles(decision.amountHao, LIMITS, spent)).toEqual([]);
        },
      ),
    );
  });
});

it('blames the supplier for its own goods, and us for what came from our stock', () => {
  expect([faultOf('bad-card', true), faultOf('bad-card', false), faultOf('late', true)]).toEqual([
    'supplier',
    'ours',
    'ours',
  ]);
});
