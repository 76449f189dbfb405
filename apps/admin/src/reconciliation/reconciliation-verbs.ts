import type { Pool } from 'pg';
import { mayStaff, possibleResolutions, type Resolution, RESOLUTIONS } from '#domain';
import { readDifference } from '#domain/stores';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;
const cause = { name: 'cause', label: 'reconciliation.cause' } as const;
const evidence = { name: 'evidence', label: 'reconciliation.proof' } as const;

const WAYS: Readonly<Record<Resolution, { readonly name: string } & Partial<Verb>>> = {
  adjustment: { name: 'adjustDifference', tone: 'main', fields: [cause, evidence, reason] },
  suspense: {
    name: 'suspendDifference',
    body: { cause: 'unknown' },
    hint: 'reconciliation.suspenseHint',
  },
  rounding: { name: 'roundDifference', body: { cause: 'timing' } },
  claim: { name: 'claimDifference', body: { cause: 'their-mistake' }, fields: [evidence, reason] },
  refund: { name: 'refundDifference', body: { cause: 'our-mistake' }, fields: [evidence, reason] },
  nothing: {
    name: 'closeDifference',
    body: { cause: 'timing' },
    hint: 'reconciliation.nothingHint',
  },
};

/** How a difference can end now, and who takes it. */
export async function differenceVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const difference = await readDifference(pool, id);
  const verb = (name: string, path: string, more: Partial<Verb>): Verb => ({
    name,
    path: `differences/${id}/${path}`,
    kind: 'post',
    tone: 'plain',
    ...more,
  });
  const ways = possibleResolutions(difference, RESOLUTIONS).map((resolution) => {
    const { name, body, ...more } = WAYS[resolution];
    return verb(name, 'resolve', {
      hint: 'reconciliation.resolveHint',
      fields: [reason],
      hasFormKey: true,
      ...more,
      body: { resolution, ...body },
    });
  });
  if (ways.length === 0) return [];
  const canPair = ['missing-ours', 'refund-unmatched', 'unknown-sku', 'late-after-close'].includes(
    difference.kind,
  );
  return [
    ...ways,
    ...(canPair && difference.status === 'open'
      ? [
          verb('pairDifference', 'pair', {
            hint: 'reconciliation.pairHint',
            fields: [{ name: 'number', label: 'reconciliation.pairNumber' }],
          }),
        ]
      : []),
    verb('ownDifference', 'own', { hint: 'reconciliation.ownHint' }),
    verb('noteDifference', 'evidence', { hint: 'reconciliation.evidenceHint', fields: [evidence] }),
  ];
}

/** A pair that only looks alike waits for a person. */
export async function matchVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'money.write')) return [];
  const open = await pool.query(
    `SELECT 1 FROM reconciliation_matches WHERE id = $1 AND status = 'proposed'`,
    [id],
  );
  if (open.rowCount !== 1) return [];
  const path = `matches/${id}/decide`;
  return [
    {
      name: 'confirmMatch',
      path,
      kind: 'post',
      tone: 'main',
      body: { decision: 'same' },
      hint: 'reconciliation.confirmHint',
    },
    {
      name: 'rejectMatch',
      path,
      kind: 'post',
      tone: 'danger',
      body: { decision: 'other' },
      hint: 'reconciliation.rejectHint',
    },
  ];
}

export async function statementVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: string; fault_count: number }>(
    'SELECT status, fault_count FROM external_statements WHERE id = $1',
    [id],
  );
  const statement = rows[0];
  if (!statement) return [];
  if (statement.status === 'refused')
    return statement.fault_count === 0
      ? []
      : [
          {
            name: 'downloadFaults',
            path: `statements-in/${id}/faults.csv`,
            kind: 'download',
            tone: 'plain',
          },
        ];
  return [
    ...(statement.status === 'reconciling' && mayStaff(staff.role, 'money.write')
      ? [
          {
            name: 'reconcileNow',
            path: `statements-in/${id}/reconcile`,
            kind: 'post',
            tone: 'main',
          } as const,
        ]
      : []),
    {
      name: 'exportDifferences',
      path: `statements-in/${id}/differences.csv`,
      kind: 'download',
      tone: 'plain',
    },
  ];
}
