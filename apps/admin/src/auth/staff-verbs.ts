import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { readSecondFactor } from './staff.store.js';

/** What an owner can do about somebody's access beside editing it. */
export async function staffVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'staff.write')) return [];
  const reason = { name: 'reason', label: 'common.reason' };
  const verbs: Verb[] = [
    {
      name: 'endSessions',
      path: `staff/${id}/sessions/end`,
      kind: 'post',
      tone: 'plain',
      hint: 'account.endSessionsHint',
      fields: [reason],
      done: 'sessionsEnded',
    },
  ];
  const { since } = await readSecondFactor(pool, id);
  if (since !== null && id !== staff.id)
    verbs.push({
      name: 'resetSecondFactor',
      path: `staff/${id}/second-factor/reset`,
      kind: 'post',
      tone: 'danger',
      hint: 'account.resetHint',
      fields: [reason],
      done: 'secondFactorReset',
    });
  return verbs;
}
