import type { PoolClient } from 'pg';

/** The complaint's run is to look again, and to be started where there is none. */
export async function askForRun(
  client: PoolClient,
  complaintId: string,
  nowMs: number,
): Promise<void> {
  await client.query(
    `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('complaint-changed', $1, $2)`,
    [complaintId, new Date(nowMs)],
  );
}
