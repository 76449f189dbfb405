import type { Pool } from 'pg';
import { caseFault, mayStaff, type RiskCaseStatus } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;

/** Release or refuse, for a person who did not raise it. */
export async function caseVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'risk.decide')) return [];
  const { rows } = await pool.query<{ status: RiskCaseStatus; raisedBy: string }>(
    'SELECT status, raised_by AS "raisedBy" FROM risk_cases WHERE id = $1',
    [id],
  );
  const found = rows[0];
  if (!found || caseFault(found, staff.email) !== undefined) return [];
  const verb = (name: string, decision: string, tone: Verb['tone']): Verb => ({
    name,
    path: `risk-cases/${id}/decide`,
    kind: 'post',
    tone,
    body: { decision },
    hint: `risk.${name}Hint`,
    fields: [reason],
  });
  return [verb('releaseOrder', 'released', 'main'), verb('refuseOrder', 'refused', 'danger')];
}

/** Confirm or dismiss. */
export async function signalVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'risk.decide')) return [];
  const found = await pool.query(`SELECT 1 FROM risk_signals WHERE id = $1 AND status = 'open'`, [
    id,
  ]);
  if (found.rowCount !== 1) return [];
  const verb = (name: string, decision: string, tone: Verb['tone']): Verb => ({
    name,
    path: `risk-signals/${id}/decide`,
    kind: 'post',
    tone,
    body: { decision },
    hint: `risk.${name}Hint`,
    fields: [reason],
  });
  return [verb('confirmSignal', 'confirmed', 'danger'), verb('dismissSignal', 'dismissed', 'main')];
}

export async function watchVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'risk.decide')) return [];
  const found = await pool.query('SELECT 1 FROM risk_watches WHERE id = $1 AND ended_at IS NULL', [
    id,
  ]);
  if (found.rowCount !== 1) return [];
  return [
    {
      name: 'endWatch',
      path: `risk-watches/${id}/end`,
      kind: 'post',
      tone: 'main',
      hint: 'risk.endWatchHint',
      fields: [reason],
    },
  ];
}

/** On a platform's page. */
export function startWatchVerb(staff: PanelStaff, platformId: string): readonly Verb[] {
  if (!mayStaff(staff.role, 'risk.decide')) return [];
  return [
    {
      name: 'startWatch',
      path: `platforms/${platformId}/watch`,
      kind: 'post',
      tone: 'plain',
      hint: 'risk.startWatchHint',
      fields: [{ name: 'customerNo', label: 'risk.customerOrAll' }, reason],
    },
  ];
}
