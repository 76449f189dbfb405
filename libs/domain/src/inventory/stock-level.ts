export const STOCK_LEVELS = ['plenty', 'low', 'none'] as const;
export type StockLevel = (typeof STOCK_LEVELS)[number];

/** What a platform is told: never the number, only its level. Where suppliers deliver, there is enough. */
export function offeredLevel(offer: {
  readonly availableCount: number;
  readonly lowStockThreshold: number;
  readonly isSupplied: boolean;
}): StockLevel {
  return offer.isSupplied ? 'plenty' : stockLevel(offer.availableCount, offer.lowStockThreshold);
}

/** The level of our own stock. */
export function stockLevel(availableCount: number, lowStockThreshold: number): StockLevel {
  if (availableCount <= 0) return 'none';
  return availableCount < lowStockThreshold ? 'low' : 'plenty';
}
