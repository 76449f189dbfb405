import { MINUTE_MS } from '#domain';
import { raiseSignals } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** Windows are looked at beside the orders, never while one is accepted. */
const EVERY_MS = MINUTE_MS;

export function riskSignalsSweep(): Sweep {
  let dueAtMs = 0;
  return (pool) => {
    const nowMs = Date.now();
    if (nowMs < dueAtMs) return Promise.resolve(0);
    dueAtMs = nowMs + EVERY_MS;
    return raiseSignals(pool, nowMs);
  };
}
