import { DAY_MS, MINUTE_MS } from '#domain';
import { countServiceDays } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

const EVERY_MS = MINUTE_MS;
/** An order may wait for a month, and its day changes when it ends. */
const ALL_EVERY_MS = DAY_MS / 4;
const RECENT_DAYS = 2;
const OPEN_DAYS = 32;
/** At the first start the page has a past. */
const FIRST_DAYS = 400;

/** Counts today and yesterday each minute, days that may still change now and then. */
export function serviceDaysSweep(now: () => number = Date.now): Sweep {
  let dueAtMs = 0;
  let allDueAtMs = 0;
  return async (pool) => {
    const nowMs = now();
    if (nowMs < dueAtMs) return 0;
    dueAtMs = nowMs + EVERY_MS;
    if (nowMs < allDueAtMs) return countServiceDays(pool, { days: RECENT_DAYS, nowMs });
    allDueAtMs = nowMs + ALL_EVERY_MS;
    const known = await pool.query('SELECT 1 FROM service_days LIMIT 1');
    return countServiceDays(pool, { days: known.rowCount === 0 ? FIRST_DAYS : OPEN_DAYS, nowMs });
  };
}
