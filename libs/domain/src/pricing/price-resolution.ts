/** One line of a price list. `platformId` null is the list price for everybody. */
export interface PriceCandidate {
  readonly platformId: string | null;
  readonly unitPriceHao: number;
  readonly minQuantity: number;
  /** Inclusive; null is open. An open end never hides the line (a trap seen in other systems). */
  readonly maxQuantity: number | null;
  readonly validFromMs: number;
  readonly validToMs: number | null;
}

export const PRICE_REASONS = ['platform-price', 'list-price'] as const;
export type PriceReason = (typeof PRICE_REASONS)[number];

export interface ResolvedPrice {
  readonly unitPriceHao: number;
  readonly reason: PriceReason;
}

/**
 * The price of one unit for this platform and quantity now: the platform's own line before the list price,
 * then the larger quantity step, then the younger line. Undefined where nothing is priced.
 */
export function priceFor(
  candidates: readonly PriceCandidate[],
  quantity: number,
  nowMs: number,
): ResolvedPrice | undefined {
  const open = candidates.filter(
    (line) =>
      quantity >= line.minQuantity &&
      (line.maxQuantity === null || quantity <= line.maxQuantity) &&
      line.validFromMs <= nowMs &&
      (line.validToMs === null || nowMs < line.validToMs),
  );
  const best = open.sort(
    (a, b) =>
      Number(b.platformId !== null) - Number(a.platformId !== null) ||
      b.minQuantity - a.minQuantity ||
      b.validFromMs - a.validFromMs,
  )[0];
  if (!best) return undefined;
  return {
    unitPriceHao: best.unitPriceHao,
    reason: best.platformId === null ? 'list-price' : 'platform-price',
  };
}
