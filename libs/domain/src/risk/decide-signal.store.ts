import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { startWatch } from './watch.store.js';

export interface DecideSignal {
  readonly signalId: string;
  readonly decision: 'confirmed' | 'dismissed';
  readonly by: string;
  readonly reason: string;
  readonly nowMs: number;
}

/**
 * What a person makes of a signal. Confirmed, its subject is on watch by that person's word; dismissed, the watch that the
 * signal began ends. Throws `risk-case.not-found`, `risk-case.not-open`.
 */
export async function decideSignal(client: PoolClient, command: DecideSignal): Promise<void> {
  const { signalId, decision, by, reason, nowMs } = command;
  const now = new Date(nowMs);
  const { rows } = await client.query<{ status: string; platform_id: string; subject: string }>(
    'SELECT status, platform_id, subject FROM risk_signals WHERE id = $1 FOR UPDATE',
    [signalId],
  );
  const signal = rows[0];
  if (!signal) throw new DomainError('risk-case.not-found');
  if (signal.status !== 'open') throw new DomainError('risk-case.not-open');
  await client.query(
    `UPDATE risk_signals SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5 WHERE id = $1`,
    [signalId, decision, by, now, reason],
  );
  if (decision === 'confirmed')
    await startWatch(client, {
      platformId: signal.platform_id,
      subject: signal.subject,
      reason,
      raisedBy: by,
      signalId,
      nowMs,
    });
  else
    await client.query(
      'UPDATE risk_watches SET ended_at = $2, ended_by = $3 WHERE signal_id = $1 AND ended_at IS NULL',
      [signalId, now, by],
    );
}
