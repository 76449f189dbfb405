import type { PoolClient } from 'pg';
import type { Sql } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import {
  APPROVAL_LASTS_MS,
  type ApprovalKind,
  type ApprovalLimit,
  type ApprovalStatus,
  type Decider,
  decisionFault,
} from './approval.js';
import type { Permission } from './permission.js';

export interface ApprovalRequest {
  readonly kind: ApprovalKind;
  /** Asked twice under one key, it is one request. What it does bears the same key, so that it is done once. */
  readonly key: string;
  /** The record that it is about, by the name of its entity. */
  readonly resource: string;
  readonly recordId: string;
  /** All that doing it needs, as JSON; its handler checks it. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly amountHao: number | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly nowMs: number;
}

export interface ApprovalRow {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly key: string;
  readonly resource: string;
  readonly recordId: string;
  readonly payload: unknown;
  readonly amountHao: number | null;
  readonly reason: string;
  readonly status: ApprovalStatus;
  readonly askedBy: string;
  readonly expiresAtMs: number;
}

const ASK = `
  INSERT INTO approvals (kind, key, resource, record_id, payload, amount_hao, reason, asked_by, asked_at, expires_at)
  VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING RETURNING id`;

/** Writes the request down inside the caller's transaction and answers its id, also where it was asked before. */
export async function askApproval(
  client: PoolClient,
  request: ApprovalRequest,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const { kind, key, resource, recordId, payload, amountHao, reason, askedBy, nowMs } = request;
  const asked = await client.query<{ id: string }>(ASK, [
    kind,
    key,
    resource,
    recordId,
    JSON.stringify(payload),
    amountHao,
    reason,
    askedBy,
    new Date(nowMs),
    new Date(nowMs + APPROVAL_LASTS_MS),
  ]);
  const id = asked.rows[0]?.id;
  if (id !== undefined) return { id, isNew: true };
  const before = await client.query<{ id: string }>('SELECT id FROM approvals WHERE key = $1', [
    key,
  ]);
  return { id: before.rows[0]?.id ?? '', isNew: false };
}

const READ = `
  SELECT id, kind, key, resource, record_id AS "recordId", payload, amount_hao AS "amountHao", reason, status,
    asked_by AS "askedBy", (extract(epoch FROM expires_at) * 1000)::bigint AS "expiresAtMs"
  FROM approvals WHERE id = $1`;

type RawRow = Omit<ApprovalRow, 'amountHao' | 'expiresAtMs'> & {
  readonly amountHao: string | null;
  readonly expiresAtMs: string;
};

/** One request, by its id; undefined where there is none. */
export async function readApproval(sql: Sql, id: string): Promise<ApprovalRow | undefined> {
  return fromRaw((await sql.query<RawRow>({ text: READ, values: [id] })).rows[0]);
}

const fromRaw = (row: RawRow | undefined): ApprovalRow | undefined =>
  row && {
    ...row,
    amountHao: row.amountHao === null ? null : Number(row.amountHao),
    expiresAtMs: Number(row.expiresAtMs),
  };

export interface ApprovalDecision {
  readonly id: string;
  readonly decision: 'approved' | 'refused';
  readonly decider: Decider;
  readonly reason: string | null;
  readonly nowMs: number;
  /** Who decides this kind; the caller knows its kinds. */
  readonly permissionOf: (kind: ApprovalKind) => Permission;
}

/**
 * Decides a request inside the caller's transaction, which then does what was approved: both or neither. Its row is locked
 * first, so that of two deciders one comes too late.
 */
export async function decideApproval(
  client: PoolClient,
  { id, decision, decider, reason, nowMs, permissionOf }: ApprovalDecision,
): Promise<ApprovalRow> {
  const row = await lockApproval(client, id);
  const limit = await readApprovalLimit(client, row.kind);
  const permission = permissionOf(row.kind);
  const fault = decisionFault(row, decider, { permission, limit, nowMs });
  if (fault !== undefined) throw new DomainError(fault);
  await close(client, { id, status: decision, by: decider.email, reason, nowMs });
  return row;
}

/** Who asked takes the request back. */
export async function withdrawApproval(
  client: PoolClient,
  { id, by, nowMs }: { readonly id: string; readonly by: string; readonly nowMs: number },
): Promise<ApprovalRow> {
  const row = await lockApproval(client, id);
  if (row.status !== 'asked') throw new DomainError('approval.not-open');
  if (row.askedBy !== by) throw new DomainError('staff.forbidden');
  await close(client, { id, status: 'withdrawn', by, reason: null, nowMs });
  return row;
}

async function lockApproval(client: PoolClient, id: string): Promise<ApprovalRow> {
  const row = fromRaw((await client.query<RawRow>(`${READ} FOR UPDATE`, [id])).rows[0]);
  if (!row) throw new DomainError('approval.not-found');
  return row;
}

async function close(
  client: PoolClient,
  end: {
    readonly id: string;
    readonly status: ApprovalStatus;
    readonly by: string;
    readonly reason: string | null;
    readonly nowMs: number;
  },
): Promise<void> {
  await client.query(
    `UPDATE approvals SET status = $2, decided_by = $3, decision_reason = $4, decided_at = $5 WHERE id = $1`,
    [end.id, end.status, end.by, end.reason, new Date(end.nowMs)],
  );
}

/** Closes what nobody decided in time; answers how many. */
export async function expireApprovals(sql: Sql, nowMs: number): Promise<number> {
  const closed = await sql.query({
    text: `UPDATE approvals SET status = 'expired', decided_at = $1 WHERE status = 'asked' AND expires_at <= $1`,
    values: [new Date(nowMs)],
  });
  return closed.rowCount ?? 0;
}

/** The limits of a kind, as the owner has set them. */
export async function readApprovalLimit(sql: Sql, kind: ApprovalKind): Promise<ApprovalLimit> {
  const { rows } = await sql.query<{ alone: string | null; owner: string }>({
    text: 'SELECT alone_up_to_hao AS alone, owner_above_hao AS owner FROM approval_thresholds WHERE kind = $1',
    values: [kind],
  });
  const row = rows[0];
  // Fails closed: a kind that nobody has set limits for is never done alone, and only by an owner.
  if (!row) return { aloneUpToHao: null, ownerAboveHao: 0 };
  return {
    aloneUpToHao: row.alone === null ? null : Number(row.alone),
    ownerAboveHao: Number(row.owner),
  };
}

/** Gives kinds that have no limits yet their first ones; what the owner has set stays. */
export async function ensureApprovalLimits(
  sql: Sql,
  limits: readonly (ApprovalLimit & { readonly kind: ApprovalKind })[],
): Promise<void> {
  await sql.query({
    text: `INSERT INTO approval_thresholds (kind, alone_up_to_hao, owner_above_hao)
           SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[]) ON CONFLICT (kind) DO NOTHING`,
    values: [
      limits.map(({ kind }) => kind),
      limits.map(({ aloneUpToHao }) => aloneUpToHao),
      limits.map(({ ownerAboveHao }) => ownerAboveHao),
    ],
  });
}
