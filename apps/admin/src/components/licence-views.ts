// What the server tells the pages about licences. This file imports nothing: pages and server both build on it.

/** A licence over one year: shares of the year, 0 to 1. */
export interface LicenceBar {
  readonly id: string;
  readonly name: string;
  readonly holder: string;
  readonly status: string;
  readonly statusText: string;
  readonly from: number;
  readonly to: number;
  readonly applyBy: { readonly at: number; readonly date: string } | null;
  readonly expires: { readonly at: number; readonly date: string } | null;
}

export interface LicenceYearView {
  readonly year: number;
  /** Where today is; null in another year. */
  readonly today: number | null;
  readonly bars: readonly LicenceBar[];
}
