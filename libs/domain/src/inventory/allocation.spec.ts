import fc from 'fast-check';
import { fillableOrders, type WaitingOrder } from './allocation.js';

const aLine = fc
  .array(fc.integer({ min: 1, max: 50 }), { maxLength: 40 })
  .map((quantities): WaitingOrder[] =>
    quantities.map((quantity, index) => ({ id: String(index + 1), quantity })),
  );
const aStock = fc.integer({ min: 0, max: 400 });

describe('cards for waiting orders', () => {
  it('fill the oldest first, and pass over what cannot be filled whole', () => {
    const waiting = [
      { id: '1', quantity: 3 },
      { id: '2', quantity: 5 },
      { id: '3', quantity: 2 },
    ];
    expect(fillableOrders(waiting, 5)).toEqual({ filled: [waiting[0], waiting[2]], leftCount: 0 });
    expect(fillableOrders(waiting, 2)).toEqual({ filled: [waiting[2]], leftCount: 0 });
    expect(fillableOrders(waiting, 0)).toEqual({ filled: [], leftCount: 0 });
  });

  it('are never more than there are, and those left are exactly the rest', () => {
    fc.assert(
      fc.property(aLine, aStock, (waiting, availableCount) => {
        const { filled, leftCount } = fillableOrders(waiting, availableCount);
        const given = filled.reduce((sum, order) => sum + order.quantity, 0);
        expect(leftCount).toBeGreaterThanOrEqual(0);
        expect(given + leftCount).toBe(availableCount);
      }),
    );
  });

  it('keep the order of acceptance', () => {
    fc.assert(
      fc.property(aLine, aStock, (waiting, availableCount) => {
        const ids = fillableOrders(waiting, availableCount).filled.map((order) => Number(order.id));
        expect(ids).toEqual([...ids].sort((a, b) => a - b));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('pass over an order only if it needed more than was left at its turn', () => {
    fc.assert(
      fc.property(aLine, aStock, (waiting, availableCount) => {
        const filled = new Set(fillableOrders(waiting, availableCount).filled);
        let left = availableCount;
        for (const order of waiting) {
          expect(filled.has(order)).toBe(order.quantity <= left);
          if (filled.has(order)) left -= order.quantity;
        }
      }),
    );
  });
});
