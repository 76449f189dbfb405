import { measureRunways } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** Demand of a week is read anew: that is not done at every round. */
const EVERY_MS = 300_000;

export function runwaySweep(): Sweep {
  let dueAtMs = 0;
  return (pool) => {
    const nowMs = Date.now();
    if (nowMs < dueAtMs) return Promise.resolve(0);
    dueAtMs = nowMs + EVERY_MS;
    return measureRunways(pool, nowMs);
  };
}
