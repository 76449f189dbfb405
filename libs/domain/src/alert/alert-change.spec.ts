import { alertChanges, balanceState, type AlertFact } from './alert-change.js';
import { noticePauseMs } from './alert-kind.js';

const fact = (state: AlertFact['state'], subject = 'acme'): AlertFact => ({
  kind: 'balance-low',
  subject,
  state,
  value: '1.00',
});
const open = { id: '1', kind: 'balance-low', subject: 'acme' } as const;

it('is raised when it begins, and not again while it lasts', () => {
  expect(alertChanges([], [fact('crossed')]).opened).toEqual([fact('crossed')]);
  expect(alertChanges([open], [fact('crossed')])).toEqual({ opened: [], closed: [] });
});

it('neither begins nor ends between the two marks', () => {
  expect(alertChanges([], [fact('between')])).toEqual({ opened: [], closed: [] });
  expect(alertChanges([open], [fact('between')])).toEqual({ opened: [], closed: [] });
});

it('ends when its cause is gone, or when nobody knows of it any more', () => {
  expect(alertChanges([open], [fact('clear')]).closed).toEqual([open]);
  expect(alertChanges([open], []).closed).toEqual([open]);
});

it('is one of its kind for each subject', () => {
  const { opened } = alertChanges([open], [fact('crossed'), fact('crossed', 'other')]);
  expect(opened.map(({ subject }) => subject)).toEqual(['other']);
});

it.each([
  [999, 'crossed'],
  [1_000, 'between'],
  [1_099, 'between'],
  [1_100, 'clear'],
])('a balance of %d over a floor of 1000 is %s', (balance, state) => {
  expect(balanceState(balance, 1_000)).toBe(state);
});

it('is tried again for hours, at longer and longer pauses, and then given up', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map(noticePauseMs);
  expect(pauses.at(-1)).toBeUndefined();
  const sum = pauses.reduce<number>((total, pause) => total + (pause ?? 0), 0);
  expect(sum).toBeGreaterThan(8 * 3_600_000);
});
