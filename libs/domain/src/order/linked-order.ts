/** The most a platform's order number may hold. */
const NUMBER_LENGTH_MAX = 32;

const LETTERS = { replacement: 'R', 're-order': 'B' } as const;

/**
 * The number of an order of our own making, on behalf of the one it belongs to: `M0001-R1` for its first replacement,
 * `M0001-B1` for its first re-order. A long number loses its end.
 */
export function linkedOrderNo(
  merchantOrderNo: string,
  origin: keyof typeof LETTERS,
  serial: number,
): string {
  const ending = `-${LETTERS[origin]}${serial}`;
  return merchantOrderNo.slice(0, NUMBER_LENGTH_MAX - ending.length) + ending;
}

/** Units of an order that neither it nor a re-order of it has delivered or may still deliver. */
export function missingUnits(
  order: { readonly quantity: number; readonly deliveredQuantity: number },
  reorders: readonly {
    readonly quantity: number;
    readonly deliveredQuantity: number;
    readonly isFinal: boolean;
  }[],
): number {
  const covered = reorders.reduce(
    (sum, one) => sum + (one.isFinal ? one.deliveredQuantity : one.quantity),
    0,
  );
  return Math.max(0, order.quantity - order.deliveredQuantity - covered);
}
