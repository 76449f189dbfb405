import { runwayState, stockRunway } from './stock-runway.js';

const steady = (perHour: number, hours: number): number[] =>
  Array.from({ length: hours }, () => perHour);

it('divides the stock by a steady demand', () => {
  const { perHour, hoursLeft } = stockRunway(steady(5, 168), { available: 100, knownHours: 500 });
  expect(perHour).toBeCloseTo(5);
  expect(hoursLeft).toBeCloseTo(20);
});

it('believes the last day more than the week before', () => {
  const surge = [...steady(20, 24), ...steady(2, 144)];
  const { perHour } = stockRunway(surge, { available: 100, knownHours: 500 });
  expect(perHour).toBeGreaterThan(10);
  expect(perHour).toBeLessThan(20);
});

it('does not take the hours before a product existed for hours without demand', () => {
  const { perHour } = stockRunway([6, 6, 6], { available: 100, knownHours: 3 });
  expect(perHour).toBeCloseTo(6);
});

it('lasts for ever where nobody asks, and no time at all where nothing is left', () => {
  expect(stockRunway([], { available: 100, knownHours: 10 }).hoursLeft).toBeNull();
  expect(stockRunway([4], { available: 0, knownHours: 1 }).hoursLeft).toBe(0);
});

it.each([
  [11.9, 'crossed'],
  [12, 'between'],
  [17.9, 'between'],
  [18, 'clear'],
  [null, 'clear'],
])('%p hours left over a mark of 12 is %s', (hoursLeft, state) => {
  expect(runwayState(hoursLeft, 12)).toBe(state);
});

it('never falls short of no mark', () => {
  expect(runwayState(0, 0)).toBe('clear');
});
