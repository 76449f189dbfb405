import { canMove, isTerminal, statusesBefore, type Moves } from '../shared/transitions.js';
import { IMPORT_MOVES } from '../inventory/import-status.js';
import { PRODUCT_MOVES } from '../catalog/product-status.js';
import { CALLBACK_MOVES } from '../platform/callback-status.js';
import {
  FINAL_ORDER_STATUSES,
  isFinal,
  ORDER_BIRTHS,
  ORDER_MOVES,
  ORDER_STATUSES,
} from './order-status.js';
import { UNIT_MOVES } from './unit-status.js';

interface Table {
  readonly name: string;
  readonly moves: Moves<string>;
  readonly births: readonly string[];
  /** Where it may stay, although staff can wake it up again; elsewhere only what nothing follows is an end. */
  readonly rests?: readonly string[];
}

const TABLES: readonly Table[] = [
  { name: 'order', moves: ORDER_MOVES, births: ORDER_BIRTHS },
  { name: 'unit', moves: UNIT_MOVES, births: ['pending'] },
  { name: 'product', moves: PRODUCT_MOVES, births: ['draft'] },
  {
    name: 'callback',
    moves: CALLBACK_MOVES,
    births: ['scheduled'],
    rests: ['acknowledged', 'dead'],
  },
  { name: 'import', moves: IMPORT_MOVES, births: ['running'] },
];

const reachable = (moves: Moves<string>, births: readonly string[]): Set<string> => {
  const seen = new Set(births);
  for (const status of seen) for (const next of moves[status] ?? []) seen.add(next);
  return seen;
};

describe.each(TABLES)('the state machine of a $name', ({ moves, births, rests = [] }) => {
  it('reaches every status', () => {
    expect([...reachable(moves, births)].sort()).toEqual(Object.keys(moves).sort());
  });

  it('can end from everywhere', () => {
    for (const status of Object.keys(moves)) {
      const ends = [...reachable(moves, [status])].filter(
        (end) => isTerminal(moves, end) || rests.includes(end),
      );
      expect(ends).not.toEqual([]);
    }
  });

  it('never moves to where it is', () => {
    for (const status of Object.keys(moves)) expect(canMove(moves, status, status)).toBe(false);
  });
});

it('has exactly the final order statuses that nothing follows', () => {
  expect(ORDER_STATUSES.filter(isFinal)).toEqual([...FINAL_ORDER_STATUSES]);
});

it('lets a delivered unit be neither released nor delivered again', () => {
  expect(UNIT_MOVES.delivered).toEqual([]);
});

it('names the statuses before another, as the guard of an update needs them', () => {
  expect(statusesBefore(ORDER_MOVES, 'succeeded')).toEqual(['accepted', 'processing']);
});
