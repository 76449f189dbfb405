import { invariant } from './assert.js';

/** Amounts are whole hao (毫): 1 yuan = 10 000 hao, 1 fen = 100 hao. */
export const HAO_PER_YUAN = 10_000;
export const HAO_PER_FEN = 100;

/** Refuses anything that is not an exact whole number of hao. */
export function requireHao(hao: number): number {
  invariant(Number.isSafeInteger(hao), `amount ${hao} is not a whole number of hao`);
  return hao;
}

/** The amount of an order line: unit price × quantity, rounded half up to the fen once, at the end. */
export function lineAmountHao(unitPriceHao: number, quantity: number): number {
  const exact = BigInt(requireHao(unitPriceHao)) * BigInt(quantity);
  const fen = (exact + BigInt(HAO_PER_FEN) / 2n) / BigInt(HAO_PER_FEN);
  return requireHao(Number(fen * BigInt(HAO_PER_FEN)));
}

/** Decimal yuan with two digits where the amount is whole fen, with four otherwise: `197.00`, `45.3333`. */
export function formatAmount(hao: number): string {
  return hao % HAO_PER_FEN === 0 ? formatHao(hao, 2) : formatHao(hao, 4);
}

/** Decimal yuan with four digits, as unit prices are shown: `98.5000`. */
export function formatUnitPrice(hao: number): string {
  return formatHao(hao, 4);
}

function formatHao(hao: number, digits: 2 | 4): string {
  const magnitude = Math.abs(requireHao(hao)).toString().padStart(5, '0');
  const fraction = magnitude.slice(-4).slice(0, digits);
  return `${hao < 0 ? '-' : ''}${magnitude.slice(0, -4)}.${fraction}`;
}

/** Reads a decimal of yuan with at most four digits behind the point; undefined where the text is none or too large. */
export function parseYuan(text: string): number | undefined {
  const parts = /^(-?)(\d{1,11})(?:\.(\d{1,4}))?$/.exec(text);
  if (!parts) return undefined;
  const hao = Number(parts[2]) * HAO_PER_YUAN + Number((parts[3] ?? '').padEnd(4, '0'));
  return parts[1] === '-' && hao > 0 ? -hao : hao;
}
