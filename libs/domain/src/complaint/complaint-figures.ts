/** Complaints may be at most so many of a thousand delivered order lines: 0.3 %. */
export const COMPLAINT_RATE_LIMIT = 0.003;

/** Hundredths of a per cent a share is shown in. */
const SHOWN = 10_000;

/** Promises kept of all that came due, in per cent and never rounded up: 99.999 % is not all. Null where none came due. */
export function attainmentPercent(met: number, breached: number): string | null {
  const all = met + breached;
  return all === 0 ? null : (Math.floor((met / all) * SHOWN) / 100).toFixed(2);
}

/** Complaints of delivered order lines in per cent, never rounded down. Null where nothing was delivered. */
export function complaintRatePercent(complaints: number, delivered: number): string | null {
  return delivered === 0
    ? null
    : (Math.ceil((complaints / delivered) * SHOWN * 10) / 1_000).toFixed(3);
}

/** Above what is promised. */
export const isRateHigh = (complaints: number, delivered: number): boolean =>
  delivered > 0 && complaints / delivered > COMPLAINT_RATE_LIMIT;
