import { endLapsedOrders, refreshGates } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** Counts the sales gates anew, takes products off sale and puts them back, and ends orders whose right has lapsed. */
export const licencesSweep: Sweep = async (pool) => {
  const nowMs = Date.now();
  return (await refreshGates(pool, nowMs)) + (await endLapsedOrders(pool, nowMs));
};
