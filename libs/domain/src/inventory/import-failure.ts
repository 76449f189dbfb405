import type { ErrorCode } from '../shared/domain-error.js';

/** Non-empty lines of one file. */
export const IMPORT_LINES_MAX = 1_000_000;

/** Why an import that had begun was given up, besides the refusals of its file. */
export const IMPORT_STOPS = ['import.interrupted', 'import.too-many-lines'] as const;
export type ImportStop = (typeof IMPORT_STOPS)[number];

/** What `fail_code` of an import may hold. */
export type ImportFailCode = ImportStop | ErrorCode;

/** An import that was stopped and rolled back: nothing of its file is in stock. */
export class ImportStopped extends Error {
  constructor(readonly code: ImportStop) {
    super(code);
    this.name = 'ImportStopped';
  }
}
