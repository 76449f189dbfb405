export const STOCK_LEVELS = ['plenty', 'low', 'none'] as const;
export type StockLevel = (typeof STOCK_LEVELS)[number];

/** What a platform is told about stock: never the number, only its level. */
export function stockLevel(availableCount: number, lowStockThreshold: number): StockLevel {
  if (availableCount <= 0) return 'none';
  return availableCount < lowStockThreshold ? 'low' : 'plenty';
}
