import type pg from 'pg';
import { writeAudit } from '#domain/stores';
import type { PanelStaff } from '../resource/resource-definition.js';

/** The card with this fingerprint, written down in the audit log; undefined where there is none. */
export async function findCard(
  pool: pg.Pool,
  fingerprint: Buffer,
  staff: PanelStaff,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM cards WHERE fingerprint = $1', [
    fingerprint,
  ]);
  const cardId = rows[0]?.id;
  if (cardId === undefined) return undefined;
  await writeAudit(pool, {
    staffEmail: staff.email,
    action: 'findCard',
    resource: 'Card',
    recordId: cardId,
    requestId: staff.requestId,
    address: staff.address,
  });
  return cardId;
}
