import { FirstSchema1795488644392 } from './1795488644392-first-schema.js';

/** Oldest first; a landed migration is never edited. */
export const migrations = [FirstSchema1795488644392] as const;
