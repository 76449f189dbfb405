import type { Pool } from 'pg';
import { mayStaff, type CompensationStatus, type PolicyStatus } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** A second person approves or declines what is proposed; who asked may take it back. */
export async function compensationVerbs(
  pool: Pool,
  { role, email }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: CompensationStatus; asked_by: string | null }>(
    'SELECT status, asked_by FROM compensations WHERE id = $1',
    [id],
  );
  const one = rows[0];
  if (one?.status !== 'proposed') return [];
  const approve: Verb = {
    name: 'approveCompensation',
    path: `compensations/${id}/approve`,
    kind: 'post',
    tone: 'main',
    hint: 'compensation.approveHint',
    done: 'compensationGiven',
  };
  const decline: Verb = {
    name: 'declineCompensation',
    path: `compensations/${id}/decline`,
    kind: 'post',
    tone: 'danger',
    hint: 'compensation.declineHint',
    done: 'compensationDeclined',
  };
  const mayApprove = mayStaff(role, 'money.approve');
  return [
    ...(mayApprove && one.asked_by !== email ? [approve] : []),
    ...(mayApprove || mayStaff(role, 'compensation.write') ? [decline] : []),
  ];
}

/** Any version is copied to change it; a draft is put in force. */
export async function policyVerbs(
  pool: Pool,
  { role }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: PolicyStatus }>(
    'SELECT status FROM compensation_policies WHERE id = $1',
    [id],
  );
  const status = rows[0]?.status;
  if (status === undefined) return [];
  const copy: Verb = {
    name: 'newPolicy',
    path: `compensation-policies/${id}/copy`,
    kind: 'post',
    tone: 'plain',
    hint: 'compensation.newPolicyHint',
    done: 'policyCopied',
  };
  const activate: Verb = {
    name: 'activatePolicy',
    path: `compensation-policies/${id}/activate`,
    kind: 'post',
    tone: 'main',
    hint: 'compensation.activateHint',
    done: 'policyActivated',
  };
  return [
    ...(mayStaff(role, 'compensation.write') ? [copy] : []),
    ...(status === 'draft' && mayStaff(role, 'money.approve') ? [activate] : []),
  ];
}
