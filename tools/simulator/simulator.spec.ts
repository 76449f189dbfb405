import { chance, weighted } from './chance.js';
import { BEHAVIOURS, planOf } from './plan.js';
import { SimulatedSupplier } from './simulated-supplier.js';

const supplier = (seed: string): SimulatedSupplier =>
  new SimulatedSupplier(
    {
      code: 'a',
      protocol: 'kakayun',
      account: '1',
      secret: 's',
      balanceHao: 1_000_000,
      products: [{ id: '555', kind: 'card', priceHao: 100_000 }],
    },
    seed,
  );
const purchase = (attemptNo: string, quantity = 2) => ({
  attemptNo,
  productId: '555',
  quantity,
  account: '',
  callbackUrl: '',
  limitHao: undefined,
});
const accept = () => {
  const plan = planOf('accept');
  if (!plan) throw new Error('accept is a behaviour');
  return plan;
};

describe('a simulated supplier', () => {
  const MIX = { accept: 5, fail: 3, 'timeout-after': 2 };
  const drawn = (seed: string, attempts: readonly string[]): string[] => {
    const one = supplier(seed);
    one.behave({ mix: MIX });
    return attempts.map((attemptNo) => `${attemptNo} ${one.planFor(attemptNo).behaviour}`);
  };
  const attempts = Array.from({ length: 300 }, (_, index) => `A${index}`);

  it('behaves the same under the same seed, in whatever order the attempts come', () => {
    const again = drawn('7', [...attempts].reverse()).reverse();
    expect(drawn('7', attempts)).toEqual(again);
    expect(drawn('8', attempts)).not.toEqual(again);
  });

  it('draws about as often as the weights say', () => {
    const failures = drawn('7', attempts).filter((line) => line.endsWith(' fail')).length;
    expect(failures).toBeGreaterThan(60);
    expect(failures).toBeLessThan(120);
  });

  it('follows its script first', () => {
    const one = supplier('1');
    one.behave({ script: ['fail', { behaviour: 'accept', settleMs: 9 }], mix: { slow: 1 } });
    const plans = ['x', 'y', 'z'].map((attemptNo) => one.planFor(attemptNo));
    expect(plans.map(({ behaviour }) => behaviour)).toEqual(['fail', 'accept', 'slow']);
    expect(plans[1]?.settleMs).toBe(9);
  });

  it('refuses a behaviour that it does not know', () => {
    expect(() => supplier('1').behave({ script: ['explode'] })).toThrow('no such behaviour');
    expect(() => supplier('1').behave({ mix: { toString: 1 } })).toThrow('no such behaviour');
  });

  it('keeps its money together: balance, sales and refunds add up', () => {
    const one = supplier('1');
    for (const behaviour of ['accept', 'fail', 'part-success', 'reversal', 'fail-unrefunded']) {
      const plan = planOf(behaviour) ?? accept();
      one.balanceHao += 300_000;
      const order = one.take(purchase(behaviour, 3), plan, 0);
      one.settle(order, 1);
      if (behaviour === 'reversal') one.reverse(order);
    }
    const orders = [...one.orders.values()];
    const kept = orders.reduce((sum, order) => sum + order.takenHao - order.refundedHao, 0);
    expect(one.balanceHao).toBe(1_000_000 + 5 * 300_000 - kept);
    expect(orders.map(({ deliveredUnits }) => deliveredUnits)).toEqual([3, 0, 1, 0, 0]);
    expect(orders.map(({ refundedHao }) => refundedHao / 100_000)).toEqual([0, 3, 2, 3, 0]);
  });

  it('hands no card out twice', () => {
    const one = supplier('1');
    const cards = ['x', 'y'].flatMap((attemptNo) => {
      const order = one.take(purchase(attemptNo), accept(), 0);
      one.settle(order, 1);
      one.settle(order, 2);
      return order.cards;
    });
    expect(new Set(cards.map(({ no }) => no)).size).toBe(4);
  });

  it('sells nothing above the limit, beyond the balance or off the shelf', () => {
    const one = supplier('1');
    expect(one.objection({ ...purchase('x'), limitHao: 199_999 })).toBe('price');
    expect(one.objection({ ...purchase('x'), limitHao: 200_000 })).toBeUndefined();
    expect(one.objection(purchase('x', 11))).toBe('balance');
    expect(one.objection({ ...purchase('x'), productId: '1' })).toBe('off-shelf');
  });
});

it('every behaviour has a whole plan', () => {
  for (const behaviour of Object.keys(BEHAVIOURS))
    expect(planOf(behaviour)).toMatchObject({ behaviour, notify: expect.any(Array) as unknown });
});

it('chance is a number below one that hangs on every word', () => {
  expect(chance('a', 'b')).not.toBe(chance('ab'));
  expect(weighted({ a: 0, b: 1 }, 0)).toBe('b');
  expect(weighted({}, 0.5)).toBeUndefined();
});
