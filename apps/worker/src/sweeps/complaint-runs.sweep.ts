import { HOUR_MS } from '#domain';
import { restartComplaintRuns } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

const RESTART_EVERY_MS = 6 * HOUR_MS;

/** Runs that were lost begin again; those that live are only asked now and then, because each question is kept. */
export function complaintRunsSweep(now: () => number = Date.now): Sweep {
  let dueAtMs = 0;
  let afterId = '0';
  return async (pool) => {
    const nowMs = now();
    if (nowMs < dueAtMs) return 0;
    const asked = await restartComplaintRuns(pool, { afterId, nowMs });
    afterId = asked.lastId ?? '0';
    if (asked.lastId === null) dueAtMs = nowMs + RESTART_EVERY_MS;
    return asked.count;
  };
}
