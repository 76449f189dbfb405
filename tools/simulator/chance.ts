import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on the words alone, so that the order of arrival changes nothing. */
export function chance(...words: readonly string[]): number {
  const digest = createHash('sha256').update(words.join('\u0000')).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** A key of the weights, each as likely as its weight. */
export function weighted(
  weights: Readonly<Record<string, number>>,
  at: number,
): string | undefined {
  const entries = Object.entries(weights).filter(([, weight]) => weight > 0);
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = at * total;
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return entries.at(-1)?.[0];
}
