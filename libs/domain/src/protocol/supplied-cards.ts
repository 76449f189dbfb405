import type { SuppliedCard } from '../supply/supply-report.js';
import {
  isAbsent,
  isObject,
  text,
  textAt,
  type JsonObject,
  type JsonValue,
} from './wire-values.js';

const CARDS_MAX = 20_000;

/** How one card stands on the wire. */
export interface CardNames {
  readonly no: string;
  readonly password: string;
  readonly expiry: string | undefined;
  readonly expiryFormat: 'seconds' | 'shanghai-time';
  /** Cards that were taken back are in the list, too. */
  readonly isVoid?: (card: JsonObject) => boolean;
  /** Takes a sealed text apart; undefined where it cannot be opened. */
  readonly open?: (sealed: string) => string | undefined;
}

/** The cards of a list; none where there is no list, undefined where it cannot be read whole. */
export function suppliedCards(
  list: JsonValue | undefined,
  names: CardNames,
): SuppliedCard[] | undefined {
  if (isAbsent(list)) return [];
  if (!Array.isArray(list) || list.length > CARDS_MAX) return undefined;
  const cards = new Map<string, SuppliedCard>();
  for (const item of list as readonly JsonValue[]) {
    if (!isObject(item)) return undefined;
    if (names.isVoid?.(item)) continue;
    const card = suppliedCard(item, names);
    if (!card) return undefined;
    // The same card twice in one reply is one card.
    cards.set(JSON.stringify([card.cardNo, card.cardPassword]), card);
  }
  return [...cards.values()];
}

function suppliedCard(item: JsonObject, names: CardNames): SuppliedCard | undefined {
  const cardNo = part(item, names.no, names);
  const cardPassword = part(item, names.password, names);
  if (cardNo === undefined || cardPassword === undefined) return undefined;
  if (cardNo === '' && cardPassword === '') return undefined;
  return { cardNo, cardPassword, expiresAtMs: expiry(item, names) };
}

/** The text of a card's part, '' where it has none, undefined where it cannot be read. */
function part(item: JsonObject, name: string, { open }: CardNames): string | undefined {
  if (isAbsent(item[name])) return '';
  const found = text(item[name]);
  if (found === undefined || !open) return found;
  return open(found)?.trim();
}

function expiry(item: JsonObject, names: CardNames): number | undefined {
  if (names.expiry === undefined) return undefined;
  const found = textAt(item, names.expiry);
  if (found === undefined) return undefined;
  if (names.expiryFormat === 'seconds')
    return /^[1-9]\d{8,10}$/.test(found) ? Number(found) * 1_000 : undefined;
  const parts = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2}))?$/.exec(found);
  if (!parts) return undefined;
  const atMs = Date.parse(`${parts[1]}T${parts[2] ?? '23:59:59'}+08:00`);
  return Number.isNaN(atMs) ? undefined : atMs;
}
