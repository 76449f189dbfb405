import type { LargePart, OurItem, TheirLine } from './match-facts.js';

type Part = LargePart | null;

/** What one line may tell of together: all that was paid, all that was let go, all that was given back. */
const TOLD_TOGETHER: readonly (readonly Part[])[] = [
  [null, 'balance', 'refund'],
  [null, 'balance', 'bank'],
  ['release'],
];

/** Money that moved the account of the party comes first, then what it paid elsewhere, then what was let go. */
const RANK: readonly Part[] = [null, 'balance', 'refund', 'bank', 'release'];

function together(items: readonly OurItem[]): OurItem | undefined {
  const [first, ...also] = items;
  if (!first || also.length === 0) return undefined;
  return { ...first, amountHao: items.reduce((sum, { amountHao }) => sum + amountHao, 0), also };
}

/**
 * Which of these items, all of a line's number and type and nobody's yet, the line tells of: one of its amount, several that
 * are its amount together, otherwise the nearest to it.
 */
export function itemForLine(line: TheirLine, free: readonly OurItem[]): OurItem | undefined {
  const ranked = [...new Set(free)].sort((a, b) => orderOf(line, a) - orderOf(line, b));
  const sums = TOLD_TOGETHER.flatMap(
    (parts) => together(ranked.filter(({ largePart }) => parts.includes(largePart))) ?? [],
  );
  const off = ({ amountHao }: OurItem): number => Math.abs(amountHao - line.amountHao);
  return [...ranked, ...sums].reduce<OurItem | undefined>(
    (best, item) => (best && off(best) <= off(item) ? best : item),
    undefined,
  );
}

/** By rank, then by how near in time. */
function orderOf(line: TheirLine, { largePart, occurredAtMs }: OurItem): number {
  const apart = Math.abs(occurredAtMs - line.occurredAtMs);
  return RANK.indexOf(largePart) + apart / (apart + 1);
}
