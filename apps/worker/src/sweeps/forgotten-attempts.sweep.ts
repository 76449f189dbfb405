import type { SettleAttempt } from '#domain/stores';
import type { Sweep } from './sweep-queries.js';

/** A run that lives asks within seconds; its order's run may have been terminated, or Temporal be away. */
const FORGOTTEN = `
  (SELECT id, false AS was_never_sent FROM attempts
   WHERE status IN ('prepared', 'accepted', 'unknown') AND NOT may_send AND next_query_at < now() - interval '3 minutes'
   ORDER BY next_query_at LIMIT 40)
  UNION ALL
  (SELECT id, true FROM attempts
   WHERE status = 'prepared' AND may_send AND coalesce(next_query_at, created_at) < now() - interval '15 minutes'
   ORDER BY id LIMIT 40)`;

export interface AttemptKeeper {
  /** Asks the supplier and writes down what it says. */
  askAbout(attemptId: string): Promise<unknown>;
  /** Takes an attempt back that nobody has sent and nobody will. */
  settle(command: SettleAttempt): Promise<unknown>;
}

/**
 * The backstop behind the runs: attempts that nobody asks about any more are asked about from here, and attempts that were
 * planned and never sent are taken back, so that no unit stays with a supplier for ever.
 */
export function forgottenAttemptsSweep(keeper: AttemptKeeper): Sweep {
  return async (pool) => {
    const { rows } = await pool.query<{ id: string; was_never_sent: boolean }>(FORGOTTEN);
    for (const { id, was_never_sent: wasNeverSent } of rows)
      await (wasNeverSent
        ? keeper.settle({
            attemptId: id,
            settlement: { kind: 'not-sent', reason: 'nobody sent it' },
            source: 'call',
            nowMs: Date.now(),
          })
        : keeper.askAbout(id));
    return rows.length;
  };
}
