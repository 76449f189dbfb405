import fc from 'fast-check';
import { type BalanceMove, type Lot, LotBook, lotKindOf, type LotUse } from './lot.js';

const aLot = (id: number, more: Partial<Lot> = {}): Lot => ({
  id: String(id),
  kind: 'paid',
  broughtHao: 100,
  remainingHao: 100,
  expiresAtMs: null,
  payer: null,
  ...more,
});
const aMove = (amountHao: number, more: Partial<BalanceMove> = {}): BalanceMove => ({
  kind: amountHao < 0 ? 'order-charge' : 'platform-top-up',
  amountHao,
  ownLot: aLot(99, { broughtHao: 0, remainingHao: 0 }),
  takenBefore: [],
  namedLotId: null,
  payer: null,
  ...more,
});
const granted = aLot(5, { kind: 'granted', expiresAtMs: 2_000 });
const sooner = aLot(6, { kind: 'granted', expiresAtMs: 1_000 });

describe('what is spent', () => {
  it('is taken from granted lots first, those that expire soonest, then from the oldest paid one', () => {
    const book = new LotBook([aLot(2), aLot(1), granted, sooner], 0);
    expect(book.attribute(aMove(-350))).toEqual([
      { lotId: '6', amountHao: 100 },
      { lotId: '5', amountHao: 100 },
      { lotId: '1', amountHao: 100 },
      { lotId: '2', amountHao: 50 },
    ]);
  });

  it('is owed as far as no lot covers it, and the next money pays it', () => {
    const book = new LotBook([aLot(1)], 0);
    expect(book.attribute(aMove(-130))).toContainEqual({ lotId: null, amountHao: 30 });
    expect(book.owedHao).toBe(30);
    expect(book.attribute(aMove(50))).toEqual([
      { lotId: '99', amountHao: -50 },
      { lotId: '99', amountHao: 30 },
      { lotId: null, amountHao: -30 },
    ]);
    expect([book.owedHao, book.lot('99')?.remainingHao]).toEqual([0, 20]);
  });

  it('by a payout comes from what the payer had paid in, and by an expiry from the lot that expires', () => {
    const lots = [aLot(1, { payer: '甲' }), aLot(2, { payer: '乙' }), granted, sooner];
    const payout = aMove(-100, { kind: 'platform-payout', payer: '乙' });
    expect(new LotBook(lots, 0).attribute(payout)).toEqual([{ lotId: '2', amountHao: 100 }]);
    const expiry = aMove(-40, { kind: 'grant-expiry', namedLotId: '5' });
    expect(new LotBook(lots, 0).attribute(expiry)).toEqual([{ lotId: '5', amountHao: 40 }]);
  });
});

describe('what comes back', () => {
  it('goes to the lots that it was taken from, the last first', () => {
    const book = new LotBook([aLot(1), granted], 0);
    const takenBefore = book.attribute(aMove(-150));
    expect(book.attribute(aMove(70, { kind: 'order-refund', takenBefore }))).toEqual([
      { lotId: '1', amountHao: -50 },
      { lotId: '5', amountHao: -20 },
    ]);
  });

  it('and was owed lessens the debt, or goes to the lot that has paid the debt since', () => {
    const book = new LotBook([], 0);
    const takenBefore = book.attribute(aMove(-80));
    expect(book.attribute(aMove(30, { kind: 'order-refund', takenBefore }))).toEqual([
      { lotId: null, amountHao: -30 },
    ]);
    book.attribute(aMove(60));
    const rest = [{ lotId: null, amountHao: 50 }];
    expect(book.attribute(aMove(50, { kind: 'order-refund', takenBefore: rest }))).toEqual([
      { lotId: '99', amountHao: -50 },
    ]);
  });
});

it('tells what was granted from what was paid in', () => {
  expect(lotKindOf('platform-grant')).toBe('granted');
  expect(lotKindOf('platform-top-up')).toBe('paid');
});

type Step = { readonly amountHao: number; readonly isBack: boolean; readonly isGrant: boolean };

/** A course of moves: what comes in is a payment, a grant, or a refund of what was spent last. */
class Course {
  readonly book = new LotBook([], 0);
  balanceHao = 0;
  private spent: readonly LotUse[] = [];

  go({ amountHao, isBack, isGrant }: Step, id: number): void {
    const takenHao = this.spent.reduce((sum, use) => sum + use.amountHao, 0);
    if (amountHao < 0) this.spent = this.move(aMove(amountHao));
    else if (isBack && takenHao > 0) {
      const back = Math.min(amountHao, takenHao);
      this.move(aMove(back, { kind: 'order-refund', takenBefore: this.spent }));
      this.spent = [];
    } else this.move(aMove(amountHao, { ownLot: ownLot(id, isGrant ? 'granted' : 'paid') }));
  }

  private move(move: BalanceMove): readonly LotUse[] {
    this.balanceHao += move.amountHao;
    return this.book.attribute(move);
  }
}

const ownLot = (id: number, kind: Lot['kind']): Lot =>
  aLot(1_000 + id, {
    kind,
    broughtHao: 0,
    remainingHao: 0,
    expiresAtMs: kind === 'paid' ? null : id,
  });

it('never loses a hao, never goes below an empty lot, over any course of moves', () => {
  const step = fc.record({
    amountHao: fc.integer({ min: -500, max: 500 }).filter((amount) => amount !== 0),
    isBack: fc.boolean(),
    isGrant: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const course = new Course();
      steps.forEach((one, index) => {
        course.go(one, index);
        expect(course.book.totalHao).toBe(course.balanceHao);
        expect(course.book.owedHao).toBeGreaterThanOrEqual(0);
        expect(course.book.lowestHao).toBeGreaterThanOrEqual(0);
      });
    }),
  );
});
