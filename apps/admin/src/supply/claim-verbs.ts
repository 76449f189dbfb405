import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** Money that came back, a remark, and giving up, which takes two people. */
export async function claimVerbs(
  pool: Pool,
  { role, email }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: string; write_off_asked_by: string | null }>(
    'SELECT status, write_off_asked_by FROM supply_claims WHERE id = $1',
    [id],
  );
  const claim = rows[0];
  if (claim?.status !== 'open') return [];
  const reason = { name: 'reason', label: 'claim.remarkField' } as const;
  const verb = (name: string, path: string, more: Partial<Verb>): Verb => ({
    name,
    path: `claims/${id}/${path}`,
    kind: 'post',
    tone: 'plain',
    ...more,
  });
  const asked = claim.write_off_asked_by;
  const mayConfirm = asked !== null && asked !== email && mayStaff(role, 'money.approve');
  return [
    ...(mayStaff(role, 'money.write')
      ? [
          verb('recoverClaim', 'recover', {
            tone: 'main',
            hint: 'claim.recoverHint',
            fields: [{ name: 'amount', label: 'claim.amountField' }, reason],
            done: 'claimRecovered',
          }),
        ]
      : []),
    ...(mayConfirm
      ? [
          verb('confirmWriteOff', 'confirm-write-off', {
            tone: 'danger',
            hint: 'claim.confirmHintAny',
            done: 'claimWrittenOff',
          }),
        ]
      : []),
    ...(mayStaff(role, 'supply.write') || mayStaff(role, 'money.write')
      ? [
          verb('remarkClaim', 'remark', {
            hint: 'claim.remarkHint',
            fields: [reason],
            done: 'remarkSaved',
          }),
          verb('askWriteOff', 'ask-write-off', {
            tone: 'danger',
            hint: 'claim.writeOffHint',
            fields: [reason],
            done: 'writeOffAsked',
          }),
        ]
      : []),
  ];
}
