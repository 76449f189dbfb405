import type { Pool } from 'pg';
import type { Actor } from '#domain';
import type { AskedBy } from '#workflows';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Runs know staff by id only; the timeline names them as people know them. */
export async function namedActor(pool: Pool, actor: AskedBy): Promise<Actor> {
  if (actor.kind !== 'staff' || !UUID.test(actor.name)) return actor;
  const found = await pool.query<{ email: string }>('SELECT email FROM staff WHERE id = $1', [
    actor.name,
  ]);
  return { kind: 'staff', name: found.rows[0]?.email ?? actor.name };
}
