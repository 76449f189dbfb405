import type { Pool } from 'pg';
import { mayStaff } from '#domain';
import { placeHoldVerb } from '../money/hold-verbs.js';
import { platformMoneyVerbs } from '../money/platform-money-verbs.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { startWatchVerb } from '../risk/risk-verbs.js';
import type { Verb } from '../components/views.js';

export function platformVerbs(
  _pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const verbs: Verb[] = [];
  if (mayStaff(staff.role, 'money.write')) verbs.push(...platformMoneyVerbs(id), placeHoldVerb(id));
  if (mayStaff(staff.role, 'platform.write'))
    verbs.push(
      {
        name: 'newCredential',
        path: `platforms/${id}/credentials`,
        kind: 'post',
        tone: 'main',
        hint: 'credential.hint',
        reveals: [
          { name: 'key', label: 'credential.key' },
          { name: 'secret', label: 'credential.secret' },
          { name: 'callbackSecret', label: 'credential.callbackSecret' },
        ],
        done: 'secretMade',
      },
      {
        name: 'newCallbackSecret',
        path: `platforms/${id}/callback-secret`,
        kind: 'post',
        tone: 'danger',
        hint: 'credential.callbackHint',
        reveals: [{ name: 'secret', label: 'credential.callbackSecret' }],
        done: 'secretMade',
      },
    );
  verbs.push(...startWatchVerb(staff, id));
  return Promise.resolve(verbs);
}

export async function credentialVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'platform.write')) return [];
  const found = await pool.query(
    `SELECT 1 FROM api_credentials WHERE id = $1 AND status = 'active'`,
    [id],
  );
  if (found.rowCount !== 1) return [];
  return [
    {
      name: 'revokeCredential',
      path: `credentials/${id}/revoke`,
      kind: 'post',
      tone: 'danger',
      hint: 'credential.revokeHint',
      fields: [{ name: 'reason', label: 'common.reason' }],
      done: 'credentialRevoked',
    },
  ];
}

/** A platform's balance is topped up from its account, too. */
export async function accountVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const found = await pool.query<{ platform_id: string }>(
    `SELECT platform_id FROM ledger_accounts WHERE id = $1 AND kind = 'platform-balance'`,
    [id],
  );
  const platformId = found.rows[0]?.platform_id;
  return platformId === undefined ? [] : platformMoneyVerbs(platformId);
}
