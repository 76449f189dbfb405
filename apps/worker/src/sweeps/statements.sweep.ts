import { Logger } from '@nestjs/common';
import { HOUR_MS, MINUTE_MS } from '#domain';
import { advanceForgottenStatements, closeStatement, duePeriods } from '#domain/stores';
import { isConnectionLost } from './connection-lost.js';
import type { Sweep } from './sweep-queries.js';

const EVERY_MS = 5 * MINUTE_MS;
/** The schedule comes first; this is for the time when Temporal is away. */
const LATE_MS = HOUR_MS;

const logger = new Logger('Statements');

/** Closes periods that nobody has closed for an hour, and does what time brings to statements without a run. */
export function statementsSweep(): Sweep {
  let dueAtMs = 0;
  return async (pool) => {
    const nowMs = Date.now();
    if (nowMs < dueAtMs) return 0;
    dueAtMs = nowMs + EVERY_MS;
    let repairs = await advanceForgottenStatements(pool, nowMs);
    for (const due of await duePeriods(pool, nowMs - LATE_MS))
      try {
        if (await closeStatement(pool, { ...due, nowMs })) repairs += 1;
      } catch (error) {
        if (isConnectionLost(error)) throw error;
        logger.error(`period ${due.periodKey} of ${due.platformCode} could not be closed`, error);
      }
    return repairs;
  };
}
