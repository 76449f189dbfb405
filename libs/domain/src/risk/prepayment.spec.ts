import { needsPrepayment, type PrepaymentFacts } from './prepayment.js';

const trusted: PrepaymentFacts = {
  amountHao: 1_000,
  band: 'A',
  stage: 'open',
  limitHao: 5_000,
  exposureHao: 4_000,
  isWatched: false,
  orderedLastDayHao: 0,
  usualDayHao: 500,
};

it('is spared to who is trusted and has room for the whole order', () => {
  expect(needsPrepayment(trusted)).toEqual({ isNeeded: false, reasons: [] });
  expect(needsPrepayment({ ...trusted, band: 'B' }).isNeeded).toBe(false);
});

it.each([
  ['not-scored', { band: null }],
  ['band-too-low', { band: 'C' }],
  ['over-limit', { exposureHao: 4_001 }],
  ['overdue', { stage: 'credit-stopped' }],
  ['watched', { isWatched: true }],
  ['sudden', { orderedLastDayHao: 1_501 }],
] as const)('is demanded for one reason alone: %s', (reason, facts) => {
  expect(needsPrepayment({ ...trusted, ...facts })).toEqual({ isNeeded: true, reasons: [reason] });
});

it('tells everything that speaks for it', () => {
  const unknown = { ...trusted, band: null, limitHao: 0, usualDayHao: 0 };
  expect(needsPrepayment(unknown).reasons).toEqual(['not-scored', 'over-limit', 'sudden']);
});
