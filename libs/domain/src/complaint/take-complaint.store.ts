import type { Pool } from 'pg';
import { type AfterChange, inTransaction } from '../database/sql.js';
import { changeIn } from './complaint-command.store.js';

const NEXT = `
  SELECT id FROM complaints WHERE status NOT IN ('solved', 'withdrawn') AND assignee IS NULL
  ORDER BY due_at NULLS LAST, id LIMIT 1 FOR UPDATE SKIP LOCKED`;

/** Gives the most pressing complaint that nobody has into these hands; two people never get the same. Null where there is none. */
export async function takeNextComplaint(
  pool: Pool,
  { staffEmail, nowMs }: { readonly staffEmail: string; readonly nowMs: number },
  afterChange: (...given: [...Parameters<AfterChange>, string]) => Promise<void>,
): Promise<string | null> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(NEXT);
    const complaintId = rows[0]?.id;
    if (complaintId === undefined) return null;
    const author = { author: 'staff', staffEmail, atMs: nowMs } as const;
    await changeIn(client, { complaintId, nowMs }, (scene) =>
      scene.add({ ...author, type: 'assigned', detail: { assignee: staffEmail } }),
    );
    await afterChange(client, complaintId);
    return complaintId;
  });
}
