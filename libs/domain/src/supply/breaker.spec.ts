import type { AttemptStatus } from './attempt-status.js';
import { breakerState, type RecentAttempt } from './breaker.js';

const NOW_MS = 1_800_000_000_000;
const SECOND_MS = 1_000;

/** Attempts as a line of signs, newest first: `+` delivered, `-` failed, `?` not settled yet. */
function line(signs: string, newestAgoMs = 1_000): RecentAttempt[] {
  const statuses: Record<string, AttemptStatus> = {
    '+': 'succeeded',
    '-': 'failed',
    '?': 'accepted',
  };
  return signs.split('').map((sign, index) => {
    const settledAtMs = NOW_MS - newestAgoMs - index * 100;
    const status = statuses[sign] ?? 'accepted';
    return {
      status,
      createdAtMs: settledAtMs - 50,
      settledAtMs: sign === '?' ? null : settledAtMs,
    };
  });
}

it.each([
  ['nothing is known', '', 'closed'],
  ['four failed in a row', '----', 'closed'],
  ['five failed in a row', '-----', 'open'],
  ['those that are not settled stand between failures', '-?-?---', 'open'],
  ['seven of ten went wrong', '--+--+--+-', 'open'],
  ['six of ten went wrong', '-+--+--+-+', 'closed'],
  ['three were good after many failures', '+++-----', 'closed'],
])('knows where %s: %s is %s', (_, signs, state) => {
  expect(breakerState(line(signs), NOW_MS)).toBe(state);
});

it('lets one attempt at a time through after thirty seconds', () => {
  expect(breakerState(line('-----', 29 * SECOND_MS), NOW_MS)).toBe('open');
  expect(breakerState(line('-----', 31 * SECOND_MS), NOW_MS)).toBe('half-open');
});

it('rests twice as long for each further failure, but never more than ten minutes', () => {
  expect(breakerState(line('------', 59 * SECOND_MS), NOW_MS)).toBe('open');
  expect(breakerState(line('------', 61 * SECOND_MS), NOW_MS)).toBe('half-open');
  const many = '-'.repeat(30);
  expect(breakerState(line(many, 599 * SECOND_MS), NOW_MS)).toBe('open');
  expect(breakerState(line(many, 601 * SECOND_MS), NOW_MS)).toBe('half-open');
});

it('comes back slowly: it closes after three good ones, not after one', () => {
  expect(breakerState(line('+-----'), NOW_MS)).toBe('half-open');
  expect(breakerState(line('++-----'), NOW_MS)).toBe('half-open');
  expect(breakerState(line('+++-----'), NOW_MS)).toBe('closed');
});

it('rests a shorter time in rehearsals', () => {
  expect(breakerState(line('-----', 4 * SECOND_MS), NOW_MS, 10)).toBe('half-open');
});
