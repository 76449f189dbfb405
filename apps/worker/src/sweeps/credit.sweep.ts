import { MINUTE_MS } from '#domain';
import { scorePlatforms } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** Once a day for everybody; who has credit or is stopped is looked at again, so that paying helps soon. */
const EVERY_MS = 10 * MINUTE_MS;

export function creditSweep(): Sweep {
  let dueAtMs = 0;
  return (pool) => {
    const nowMs = Date.now();
    if (nowMs < dueAtMs) return Promise.resolve(0);
    dueAtMs = nowMs + EVERY_MS;
    return scorePlatforms(pool, nowMs);
  };
}
