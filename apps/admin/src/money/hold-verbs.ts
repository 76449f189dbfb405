import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;
const amount = { name: 'amount', label: 'topUp.amount' } as const;

export const placeHoldVerb = (platformId: string): Verb => ({
  name: 'placeHold',
  path: `platforms/${platformId}/holds`,
  kind: 'post',
  tone: 'plain',
  hint: 'ledger.placeHoldHint',
  fields: [amount, { name: 'days', label: 'ledger.holdDays' }, reason],
  hasFormKey: true,
});

/** A hold that has not ended is taken, all of it or a part, or given back. */
export async function holdVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const found = await pool.query(`SELECT 1 FROM balance_holds WHERE id = $1 AND status = 'held'`, [
    id,
  ]);
  if (found.rowCount !== 1) return [];
  return [
    {
      name: 'postHold',
      path: `holds/${id}/post`,
      kind: 'post',
      tone: 'danger',
      hint: 'ledger.postHoldHint',
      fields: [amount, reason],
      hasFormKey: true,
    },
    {
      name: 'voidHold',
      path: `holds/${id}/void`,
      kind: 'post',
      tone: 'plain',
      hint: 'ledger.voidHoldHint',
      fields: [reason],
    },
  ];
}
