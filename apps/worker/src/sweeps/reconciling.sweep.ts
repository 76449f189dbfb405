import { dueStatements, reconcileStep } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** So many steps a round: a statement of a million lines must not keep the other sweeps waiting. */
const STEPS_MAX = 20;

/** Takes up statements whose lines have waited long enough. A step is one transaction and may be taken by anybody. */
export const reconcilingSweep: Sweep = async (pool) => {
  let steps = 0;
  for (const { id } of await dueStatements(pool, Date.now())) {
    for (let isMore = true; isMore && steps < STEPS_MAX; steps += 1)
      ({ isMore } = await reconcileStep(pool, { statementId: id, nowMs: Date.now() }));
    if (steps >= STEPS_MAX) break;
  }
  return steps;
};
