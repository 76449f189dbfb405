import { offeredLevel, stockLevel } from './stock-level.js';

it.each([
  { available: 0, level: 'none' },
  { available: -1, level: 'none' },
  { available: 1, level: 'low' },
  { available: 49, level: 'low' },
  { available: 50, level: 'plenty' },
])('$available cards at a threshold of 50 are told as $level', ({ available, level }) => {
  expect(stockLevel(available, 50)).toBe(level);
});

it('offers plenty of what suppliers deliver, whatever is in stock', () => {
  const offer = { availableCount: 0, lowStockThreshold: 50 };
  expect(offeredLevel({ ...offer, isSupplied: true })).toBe('plenty');
  expect(offeredLevel({ ...offer, isSupplied: false })).toBe('none');
});
