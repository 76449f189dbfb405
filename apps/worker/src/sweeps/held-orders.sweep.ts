import { refuseOverdueCases } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** Held orders whose time is up. */
export const endHeldOrders: Sweep = (pool) => refuseOverdueCases(pool, Date.now());
