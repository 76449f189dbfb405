import { linkedOrderNo, missingUnits } from './linked-order.js';

describe('the number of a linked order', () => {
  it('tells what it is and to which order it belongs', () => {
    expect(linkedOrderNo('M0001', 'replacement', 1)).toBe('M0001-R1');
    expect(linkedOrderNo('M0001', 're-order', 12)).toBe('M0001-B12');
  });

  it('never grows beyond what an order number may hold', () => {
    const number = linkedOrderNo('M'.repeat(32), 'replacement', 10);
    expect(number).toHaveLength(32);
    expect(number.endsWith('-R10')).toBe(true);
  });
});

describe('what an order lacks', () => {
  it('is what neither it nor a re-order has delivered or may still deliver', () => {
    const order = { quantity: 10, deliveredQuantity: 4 };
    expect(missingUnits(order, [])).toBe(6);
    expect(missingUnits(order, [{ quantity: 6, deliveredQuantity: 2, isFinal: false }])).toBe(0);
    expect(missingUnits(order, [{ quantity: 6, deliveredQuantity: 2, isFinal: true }])).toBe(4);
  });
});
