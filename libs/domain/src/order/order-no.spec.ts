import { orderNoOf } from './order-no.js';

describe('an order number', () => {
  it('is the day in Shanghai and the id with at least six digits', () => {
    expect(orderNoOf('123', Date.UTC(2026, 10, 22, 10))).toBe('20261122000123');
    expect(orderNoOf('12345678', Date.UTC(2026, 10, 22, 10))).toBe('2026112212345678');
  });

  it('changes its day at midnight in Shanghai, not in Greenwich', () => {
    expect(orderNoOf('1', Date.UTC(2026, 10, 22, 15, 59, 59, 999))).toBe('20261122000001');
    expect(orderNoOf('1', Date.UTC(2026, 10, 22, 16))).toBe('20261123000001');
  });
});
