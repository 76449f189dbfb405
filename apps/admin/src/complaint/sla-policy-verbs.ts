import type { Pool } from 'pg';
import { isComplaintEnded, mayStaff, type ComplaintStatus, type PolicyStatus } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** Any version is copied to change it; a draft is put in force. */
export async function slaPolicyVerbs(
  pool: Pool,
  { role }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(role, 'complaint.lead')) return [];
  const { rows } = await pool.query<{ status: PolicyStatus }>(
    'SELECT status FROM sla_policy_versions WHERE id = $1',
    [id],
  );
  const status = rows[0]?.status;
  if (status === undefined) return [];
  const copy: Verb = {
    name: 'copySlaPolicy',
    path: `sla-policies/${id}/copy`,
    kind: 'post',
    tone: 'plain',
    hint: 'sla.copyHint',
    done: 'slaPolicyCopied',
  };
  const activate: Verb = {
    name: 'activateSlaPolicy',
    path: `sla-policies/${id}/activate`,
    kind: 'post',
    tone: 'main',
    hint: 'sla.activateHint',
    done: 'slaPolicyActivated',
  };
  return status === 'draft' ? [activate, copy] : [copy];
}

/** What a complaint is about came from a supplier: we complain there. */
export async function complaintVerbs(
  pool: Pool,
  { role }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(role, 'complaint.write')) return [];
  const { rows } = await pool.query<{ status: ComplaintStatus; supplier_id: string | null }>(
    'SELECT status, supplier_id FROM complaints WHERE id = $1',
    [id],
  );
  const complaint = rows[0];
  if (!complaint?.supplier_id || isComplaintEnded(complaint.status)) return [];
  return [
    {
      name: 'fileUpstream',
      path: `complaints/${id}/upstream`,
      kind: 'post',
      tone: 'plain',
      hint: 'sla.fileHint',
      fields: [
        { name: 'text', label: 'sla.fileText', isLong: true },
        { name: 'supplierRef', label: 'sla.fileRef', isOptional: true },
      ],
      done: 'upstreamFiled',
    },
  ];
}

/** The supplier has answered. */
export async function upstreamVerbs(
  pool: Pool,
  { role }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(role, 'complaint.write')) return [];
  const { rowCount } = await pool.query(
    `SELECT 1 FROM upstream_complaints WHERE id = $1 AND status IN ('asked', 'filed')`,
    [id],
  );
  if (rowCount === 0) return [];
  return [
    {
      name: 'answerUpstream',
      path: `upstream-complaints/${id}/answer`,
      kind: 'post',
      tone: 'main',
      hint: 'sla.answerHint',
      fields: [{ name: 'text', label: 'sla.answerText', isLong: true }],
      done: 'upstreamAnswered',
    },
  ];
}
