import { invariant } from '../shared/assert.js';
import { HAO_PER_FEN, HAO_PER_YUAN, requireHao } from '../shared/money.js';

/** The most that may be paid to a supplier: for a piece, and for the whole submission. */
export interface PriceGuard {
  readonly unitHao: number;
  readonly totalHao: number;
}

/** How a protocol understands its guard field. `none`: it has none, so the cost must be compared before the call. */
export interface GuardFormat {
  readonly meaning: 'unit' | 'total' | 'none';
  readonly currency: 'yuan' | 'fen';
  /** Digits behind the point of a yuan amount that the supplier reads. */
  readonly digits: 2 | 3 | 4;
  readonly trailingZeros: 'keep' | 'drop';
}

const HAO_PER_STEP = { 2: HAO_PER_FEN, 3: 10, 4: 1 } as const;

/** The guard of a line of `quantity` pieces that may cost `unitHao` each. */
export function guardOf(unitHao: number, quantity: number): PriceGuard {
  invariant(Number.isSafeInteger(quantity) && quantity > 0, 'a guard needs a quantity');
  return { unitHao: requireHao(unitHao), totalHao: requireHao(unitHao * quantity) };
}

/**
 * The guard as this protocol reads it; undefined where it has none. Both limits hold, whichever of the two the field
 * means, and what the field cannot express is cut off: never more than was allowed.
 */
export function guardText(
  guard: PriceGuard,
  quantity: number,
  format: GuardFormat,
): string | undefined {
  if (format.meaning === 'none') return undefined;
  const limitHao =
    format.meaning === 'unit'
      ? Math.min(guard.unitHao, Math.floor(guard.totalHao / quantity))
      : Math.min(guard.totalHao, guard.unitHao * quantity);
  const step = format.currency === 'fen' ? HAO_PER_FEN : HAO_PER_STEP[format.digits];
  const readable = Math.floor(requireHao(limitHao) / step) * step;
  // Several suppliers read an empty or zero guard as "do not check".
  invariant(readable > 0, 'a price guard of zero would switch the check off');
  if (format.currency === 'fen') return String(readable / HAO_PER_FEN);
  return yuanText(readable, format);
}

function yuanText(hao: number, { digits, trailingZeros }: GuardFormat): string {
  const whole = Math.floor(hao / HAO_PER_YUAN);
  const fraction = String(hao % HAO_PER_YUAN)
    .padStart(4, '0')
    .slice(0, digits);
  if (trailingZeros === 'drop') {
    const kept = fraction.replace(/0+$/, '');
    return kept === '' ? String(whole) : `${whole}.${kept}`;
  }
  // Two digits are what every supplier reads; more only where the amount needs them.
  const shortened = fraction.slice(0, 2) + fraction.slice(2).replace(/0+$/, '');
  return `${whole}.${shortened}`;
}
