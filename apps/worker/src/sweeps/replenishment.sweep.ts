import { MINUTE_MS } from '#domain';
import {
  askDueReplenishments,
  closeRefusedReplenishments,
  restartReplenishments,
} from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

const RESTART_EVERY_MS = 10 * MINUTE_MS;

/** Asks for stock where it has fallen short; a product that is bought for already is passed over. */
export const dueReplenishments: Sweep = async (pool) =>
  (await closeRefusedReplenishments(pool)) + (await askDueReplenishments(pool, Date.now()));

/** Runs that were lost begin again; those that live are only asked now and then, because each question is kept. */
export function replenishmentRunsSweep(now: () => number = Date.now): Sweep {
  let dueAtMs = 0;
  return (pool) => {
    const nowMs = now();
    if (nowMs < dueAtMs) return Promise.resolve(0);
    dueAtMs = nowMs + RESTART_EVERY_MS;
    return restartReplenishments(pool);
  };
}
