import fc from 'fast-check';
import { isPartMissing, type LargeMove } from './large-told.js';

type Move = Omit<LargeMove, 'key'>;
const keyed = (moves: readonly Move[]): LargeMove[] =>
  moves.map((move, at) => ({ key: `e${at}`, ...move }));

/** Goes through all parts in order as reconciling does: what is missed once counts as told from then on. */
function missedHao(moves: readonly LargeMove[]): number {
  let known = [...moves];
  let sum = 0;
  for (const { key, amountHao } of moves) {
    if (!isPartMissing(known, key)) continue;
    sum += amountHao;
    known = known.map((one) => (one.key === key ? { ...one, isTold: true } : one));
  }
  return sum;
}

/** A large order that was prepaid in part, let go stage by stage, and stopped after some of them. */
const story = fc
  .record({
    stages: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 6 }),
    percent: fc.integer({ min: 1, max: 99 }),
    done: fc.integer({ min: 1, max: 6 }),
    banks: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  })
  .map(({ stages, percent, done, banks }) => {
    const from = (at: number): 'bank' | 'balance' => (banks[at] === true ? 'bank' : 'balance');
    const prepaid = stages.map((amount) => Math.floor((amount * percent) / 100));
    const aheadHao = prepaid.reduce((sum, one) => sum + one, 0);
    const ended = stages.slice(0, done);
    const releasedHao = ended.reduce((sum, one) => sum + one, 0);
    const paid = ended.map((amount, at) => amount - (prepaid[at] ?? 0));
    const paidHao = paid.reduce((sum, one) => sum + one, aheadHao);
    const move = (part: Move['part'], amountHao: number): Move => ({
      part,
      amountHao,
      isTold: false,
    });
    return keyed(
      [
        move(from(6), aheadHao),
        ...ended.flatMap((amount, at) => [move(from(at), paid[at] ?? 0), move('release', amount)]),
        move('refund', releasedHao - paidHao),
      ].filter(({ amountHao }) => amountHao !== 0),
    );
  });

const tell = (moves: readonly LargeMove[], parts: readonly string[]): LargeMove[] =>
  moves.map((move) => ({ ...move, isTold: parts.includes(move.part) }));

describe('what the other side leaves out of a large order', () => {
  it('is nothing where it tells of all payments, or of all stages', () => {
    fc.assert(
      fc.property(story, (moves) => {
        expect(missedHao(tell(moves, ['balance', 'bank', 'refund']))).toBe(0);
        expect(missedHao(tell(moves, ['balance', 'refund']))).toBe(0);
        expect(missedHao(tell(moves, ['release']))).toBe(0);
      }),
    );
  });

  it('is exactly the stage that it leaves out', () => {
    fc.assert(
      fc.property(story, fc.nat(), (moves, which) => {
        const told = tell(moves, ['release']);
        const stages = told.filter(({ part }) => part === 'release');
        const left = stages[which % stages.length];
        if (!left || stages.length < 2) return;
        const heard = told.map((one) => (one.key === left.key ? { ...one, isTold: false } : one));
        expect(missedHao(heard)).toBe(left.amountHao);
      }),
    );
  });

  it('is what was paid from the balance where it says nothing, and nothing where all went back', () => {
    const moves = keyed([
      { part: 'balance', amountHao: 30, isTold: false },
      { part: 'bank', amountHao: 28, isTold: false },
      { part: 'release', amountHao: 40, isTold: false },
    ]);
    expect(missedHao(moves)).toBe(30);
    expect(
      missedHao(
        keyed([
          { part: 'balance', amountHao: 30, isTold: false },
          { part: 'refund', amountHao: -30, isTold: false },
        ]),
      ),
    ).toBe(0);
  });

  it('is not said twice: a line of a payment that looks like a stage counts for either', () => {
    const moves = keyed([
      { part: 'balance', amountHao: 30, isTold: true },
      { part: 'balance', amountHao: 70, isTold: false },
      { part: 'release', amountHao: 40, isTold: true },
      { part: 'release', amountHao: 30, isTold: true },
      { part: 'release', amountHao: 30, isTold: false },
    ]);
    expect(missedHao(moves)).toBe(0);
  });
});
