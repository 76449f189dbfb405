import { isBanned } from './ban-window.js';

/** A moment in Shanghai. */
const at = (text: string): number => Date.parse(`${text}:00+08:00`);

it.each([
  ['2026-11-24T08:59', false],
  ['2026-11-24T09:00', true],
  ['2026-11-24T17:59', true],
  ['2026-11-24T18:00', false],
])('is open from its first minute until before its last: %s', (text, open) => {
  expect(isBanned([{ from: '09:00', to: '18:00' }], at(text))).toBe(open);
});

it.each([
  ['2026-11-24T23:29', false],
  ['2026-11-24T23:30', true],
  ['2026-11-25T00:00', true],
  ['2026-11-25T02:59', true],
  ['2026-11-25T03:00', false],
])('goes over midnight where it ends before it begins: %s', (text, open) => {
  expect(isBanned([{ from: '23:30', to: '03:00' }], at(text))).toBe(open);
});

it('counts a night to the weekday on which it begins', () => {
  const fridayNight = [{ from: '22:00', to: '06:00', weekdays: [5] }];
  expect(isBanned(fridayNight, at('2026-11-27T23:00'))).toBe(true);
  expect(isBanned(fridayNight, at('2026-11-28T05:00'))).toBe(true);
  expect(isBanned(fridayNight, at('2026-11-28T23:00'))).toBe(false);
  expect(isBanned(fridayNight, at('2026-11-27T05:00'))).toBe(false);
});

it('is the whole day where it ends when it begins, and never where there is none', () => {
  expect(isBanned([{ from: '00:00', to: '00:00' }], at('2026-11-24T13:00'))).toBe(true);
  expect(isBanned([], at('2026-11-24T13:00'))).toBe(false);
});
