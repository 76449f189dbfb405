import { HOUR_MS } from '../shared/business-time.js';

/** A list of the panel as a file that is made in the background. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_STATUSES = ['queued', 'running', 'done', 'failed', 'expired'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** What a spreadsheet still opens; an Excel file is built in memory. Longer lists are cut, and say so. */
export const EXPORT_ROWS_MAX: Readonly<Record<ExportFormat, number>> = {
  csv: 1_000_000,
  xlsx: 100_000,
};

/** A finished file is kept so long; it holds business data and is not an archive. */
export const EXPORT_LASTS_MS = 24 * HOUR_MS;
/** A run that shows no progress for so long has died and is begun anew. */
export const EXPORT_LEASE_MS = 60_000;
