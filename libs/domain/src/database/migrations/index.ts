import { FirstSchema1795488644392 } from './1795488644392-first-schema.js';
import { Supply1795522701093 } from './1795522701093-supply.js';
import { SupplierHealth1795534051477 } from './1795534051477-supplier-health.js';

/** Oldest first; a landed migration is never edited. */
export const migrations = [
  FirstSchema1795488644392,
  Supply1795522701093,
  SupplierHealth1795534051477,
] as const;
