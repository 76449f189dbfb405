import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import type {
  DifferenceCause,
  DifferenceKind,
  DifferenceStatus,
  Resolution,
} from './reconciliation-lists.js';
import { bookForParty } from './reconciliation-entry.store.js';
import { planResolution, type DifferenceToResolve } from './resolve-difference.js';
import { partyById } from './statement-party.store.js';
import { lockParty } from './statement-version.store.js';

export interface DifferenceResolution {
  readonly differenceId: string;
  readonly resolution: Resolution;
  readonly cause: DifferenceCause;
  readonly reason: string;
  readonly evidence: string | null;
  readonly by: string;
  readonly nowMs: number;
}

export interface DifferenceFacts extends DifferenceToResolve {
  readonly id: string;
  readonly key: string;
  readonly partyId: string;
  readonly orderId: string | null;
  readonly attemptId: string | null;
}

const READ = `
  SELECT d.id, d.key, d.party_id, d.kind, d.status, d.favour_hao, d.order_id, d.attempt_id, p.kind AS party
  FROM reconciliation_differences d JOIN statement_parties p ON p.id = d.party_id WHERE d.id = $1`;

/** What a resolution needs to know of a difference. Throws `difference.not-found`. */
export async function readDifference(
  client: Pick<PoolClient, 'query'>,
  differenceId: string,
  lock: '' | 'FOR UPDATE OF d' = '',
): Promise<DifferenceFacts> {
  const { rows } = await client.query<{
    id: string;
    key: string;
    party_id: string;
    kind: DifferenceKind;
    status: DifferenceStatus;
    favour_hao: string;
    order_id: string | null;
    attempt_id: string | null;
    party: DifferenceToResolve['party'];
  }>(`${READ} ${lock}`, [differenceId]);
  const row = rows[0];
  if (!row) throw new DomainError('difference.not-found');
  return {
    id: row.id,
    key: row.key,
    partyId: row.party_id,
    kind: row.kind,
    status: row.status,
    party: row.party,
    favourHao: Number(row.favour_hao),
    orderId: row.order_id,
    attemptId: row.attempt_id,
    hasAttempt: row.attempt_id !== null,
  };
}

const END = `
  UPDATE reconciliation_differences SET status = $2::varchar, resolution = $3, cause = $4, reason = $5, evidence = coalesce($6, evidence),
    entry_id = CASE WHEN $2::varchar = 'resolved' THEN $7::bigint ELSE entry_id END,
    suspense_entry_id = CASE WHEN $2::varchar = 'suspended' THEN $7::bigint ELSE suspense_entry_id END,
    resolved_by = $8, resolved_at = $9 WHERE id = $1`;

/**
 * Resolves a difference with what is booked for it, inside the caller's transaction. Throws `difference.not-found`,
 * `difference.not-resolvable` where it cannot be resolved like this, `ledger.below-floor` where the platform has less.
 */
export async function resolveDifference(
  client: PoolClient,
  resolving: DifferenceResolution,
): Promise<{ readonly entryId: string | null }> {
  const { differenceId, resolution, cause, nowMs } = resolving;
  const { partyId } = await readDifference(client, differenceId);
  await lockParty(client, partyId);
  const difference = await readDifference(client, differenceId, 'FOR UPDATE OF d');
  const plan = planResolution(difference, resolution, cause);
  if (typeof plan === 'string') throw new DomainError('difference.not-resolvable', { why: plan });
  const party = await partyById(client, partyId);
  const entryId = plan.entry
    ? await bookForParty(client, party, {
        key: `difference:${difference.id}:${plan.to}`,
        kind: plan.entry.kind,
        lines: plan.entry.lines,
        orderId: difference.orderId,
        subject: { resource: 'ReconciliationDifference', recordId: difference.id },
        memo: `${difference.kind} ${party.code}: ${resolving.reason}`,
        nowMs,
      })
    : null;
  if (plan.opensClaim) await openClaim(client, difference, party.supplierId);
  await client.query(END, [
    difference.id,
    plan.to,
    resolution,
    cause,
    resolving.reason,
    resolving.evidence,
    entryId,
    resolving.by,
    new Date(nowMs),
  ]);
  return { entryId };
}

async function openClaim(
  client: PoolClient,
  difference: DifferenceFacts,
  supplierId: string | null,
): Promise<void> {
  await client.query(
    `INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao, remark) VALUES ($1, $2, 'overcharge', $3, $4)
     ON CONFLICT (attempt_id, kind) WHERE compensation_id IS NULL DO UPDATE SET status = 'open', closed_at = NULL,
       amount_hao = supply_claims.amount_hao + EXCLUDED.amount_hao, updated_at = now(), version = supply_claims.version + 1`,
    [supplierId, difference.attemptId, -difference.favourHao, `difference ${difference.id}`],
  );
}

/** Whose work it is, and what is known so far. */
export async function noteDifference(
  client: Pick<PoolClient, 'query'>,
  note: {
    readonly differenceId: string;
    readonly ownerEmail?: string;
    readonly evidence?: string;
  },
): Promise<void> {
  const changed = await client.query(
    `UPDATE reconciliation_differences SET owner_email = coalesce($2, owner_email),
       evidence = CASE WHEN $3::text IS NULL THEN evidence ELSE left(concat_ws(E'\\n', evidence, $3), 1000) END
     WHERE id = $1 AND status IN ('open', 'suspended')`,
    [note.differenceId, note.ownerEmail ?? null, note.evidence ?? null],
  );
  if (changed.rowCount === 0) throw new DomainError('difference.not-found');
}
