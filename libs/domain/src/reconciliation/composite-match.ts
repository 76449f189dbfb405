import { DAY_MS, MINUTE_MS } from '../shared/business-time.js';
import type { OurItem, TheirLine } from './match-facts.js';
import type { PartyKind } from './reconciliation-lists.js';
import { isMaskOf } from './statement-text.js';

/** So far apart may two clocks be that tell of the same order. */
export const COMPOSITE_WINDOW_MS = 10 * MINUTE_MS;
/** A bank may book days after. */
export const RECEIPT_WINDOW_MS = 3 * DAY_MS;

/**
 * Whether a line without a number that we know may be this item: same product, quantity, amount and, where both tell,
 * account. Answers how far apart they are in time; undefined where it cannot be.
 */
export function compositeFit(line: TheirLine, item: OurItem, party: PartyKind): number | undefined {
  if (item.isTaken || line.type !== item.type || line.amountHao !== item.amountHao)
    return undefined;
  const apartMs = Math.abs(line.occurredAtMs - item.occurredAtMs);
  if (party === 'bank') return apartMs <= RECEIPT_WINDOW_MS ? apartMs : undefined;
  const isSame =
    apartMs <= COMPOSITE_WINDOW_MS &&
    line.productCode !== null &&
    line.productCode === item.productCode &&
    line.quantity !== null &&
    line.quantity === item.quantity &&
    isAccountOf(line.account, item.accounts);
  return isSame ? apartMs : undefined;
}

function isAccountOf(masked: string | null, accounts: readonly string[]): boolean {
  if (masked === null || accounts.length === 0) return true;
  return accounts.some((account) => isMaskOf(masked, account));
}
