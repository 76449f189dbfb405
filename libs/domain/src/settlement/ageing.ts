/** How late money is, in the steps that the books provide for. */
export const AGEING_BUCKETS = ['0', '1-7', '8-15', '16-30', '31-60', '60+'] as const;
export type AgeingBucket = (typeof AGEING_BUCKETS)[number];

const BUCKETS: readonly { bucket: AgeingBucket; upTo: number; percent: number }[] = [
  { bucket: '0', upTo: 0, percent: 0 },
  { bucket: '1-7', upTo: 7, percent: 1 },
  { bucket: '8-15', upTo: 15, percent: 5 },
  { bucket: '16-30', upTo: 30, percent: 20 },
  { bucket: '31-60', upTo: 60, percent: 50 },
  { bucket: '60+', upTo: Infinity, percent: 100 },
];

export function ageingBucket(overdueDays: number): AgeingBucket {
  return (BUCKETS.find(({ upTo }) => overdueDays <= upTo) ?? BUCKETS[0])?.bucket ?? '0';
}

export interface AgeingLine {
  readonly bucket: AgeingBucket;
  readonly count: number;
  readonly amountHao: number;
  /** What the books should expect to lose, rounded up to the hao. */
  readonly provisionHao: number;
  readonly percent: number;
}

/** Open amounts by how late they are, with what should be provided for. Every bucket is there, also an empty one. */
export function ageingOf(
  open: readonly { readonly overdueDays: number; readonly outstandingHao: number }[],
): readonly AgeingLine[] {
  return BUCKETS.map(({ bucket, percent }) => {
    const those = open.filter((one) => ageingBucket(one.overdueDays) === bucket);
    const amountHao = those.reduce((sum, one) => sum + one.outstandingHao, 0);
    const provisionHao = Math.ceil((amountHao * percent) / 100);
    return { bucket, percent, count: those.length, amountHao, provisionHao };
  });
}
