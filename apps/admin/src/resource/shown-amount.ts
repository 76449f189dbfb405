import { formatAmount, formatUnitPrice, parseYuan } from '#domain';

/** An amount as people read it, in yuan with its thousands apart: `1,234,567.50`. */
export const shownAmount = (hao: number): string => withThousands(formatAmount(hao));

/** A unit price as people read it: `1,234.5000`. */
export const shownUnitPrice = (hao: number): string => withThousands(formatUnitPrice(hao));

/** A count as people read it; one that stands at the limit of counting is at least that. */
export function shownCount(count: number, countMax?: number): string {
  const isCapped = countMax !== undefined && count >= countMax;
  return isCapped ? `${withThousands(String(countMax))}+` : withThousands(String(count));
}

/** Reads what people write, also with commas where they belong; undefined where it is no amount. */
export const parseShownYuan = (text: string): number | undefined =>
  parseYuan(/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text);

const withThousands = (number: string): string =>
  number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
