import type { Moves } from '../shared/transitions.js';

export const IMPORT_STATUSES = ['running', 'done', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export const IMPORT_MOVES = {
  running: ['done', 'failed'],
  done: [],
  failed: [],
} as const satisfies Moves<ImportStatus>;
