import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { bookMove } from '../money/book-entry.store.js';
import {
  changeStatement,
  lockStatement,
  noteEvent,
  type StatementStand,
} from './statement-row.store.js';
import { isStatementSettled } from './statement-status.js';

export interface NewDispute {
  readonly statementId: string;
  readonly amountHao: number;
  /** Our order number, where it is about one order of the statement. */
  readonly orderNo: string | null;
  readonly reason: string;
  readonly actor: string;
  readonly nowMs: number;
}

const ORDER_OF = `
  SELECT o.id FROM orders o WHERE o.order_no = $2
    AND EXISTS (SELECT 1 FROM statement_lines l WHERE l.order_id = o.id AND l.statement_id = $1)`;
const OPEN = `
  INSERT INTO statement_disputes (statement_id, amount_hao, order_id, reason, opened_by, created_at)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`;

/** The platform does not agree with an amount: it is held back. Throws `statement.over-disputed` for more than is open. */
export async function openDispute(
  client: PoolClient,
  dispute: NewDispute,
): Promise<StatementStand & { readonly disputeId: string }> {
  const { statementId, amountHao, orderNo, reason, actor, nowMs } = dispute;
  const row = await lockStatement(client, statementId);
  if (row.issuedAt === null || isStatementSettled(row.status))
    throw new DomainError('statement.not-open');
  if (amountHao > row.outstandingHao - row.heldHao)
    throw new DomainError('statement.over-disputed');
  const orderId = orderNo === null ? null : await orderOf(client, statementId, orderNo);
  const made = await client.query<{ id: string }>(OPEN, [
    statementId,
    amountHao,
    orderId,
    reason,
    actor,
    new Date(nowMs),
  ]);
  await noteEvent(client, statementId, {
    type: 'dispute-opened',
    detail: { amountHao, reason, ...(orderNo === null ? {} : { orderNo }) },
    actor,
    nowMs,
  });
  const stand = await changeStatement(client, row, { heldHao: row.heldHao + amountHao }, nowMs);
  return { ...stand, disputeId: made.rows[0]?.id ?? '' };
}

async function orderOf(client: PoolClient, statementId: string, orderNo: string): Promise<string> {
  const found = await client.query<{ id: string }>(ORDER_OF, [statementId, orderNo]);
  const id = found.rows[0]?.id;
  if (id === undefined) throw new DomainError('order.not-found', { merchantOrderNo: orderNo });
  return id;
}

export interface DisputeResolution {
  readonly disputeId: string;
  /** What we give in: nothing, a part or all of it. */
  readonly concededHao: number;
  readonly resolution: string;
  readonly actor: string;
  readonly nowMs: number;
}

const READ = `
  SELECT statement_id AS "statementId", amount_hao::text AS amount, order_id AS "orderId", status FROM statement_disputes WHERE id = $1`;
const LOCK = `${READ} FOR UPDATE`;
const RESOLVE = `
  UPDATE statement_disputes SET status = 'resolved', conceded_hao = $2, resolution = $3, resolved_by = $4, resolved_at = $5,
    version = version + 1, updated_at = $5 WHERE id = $1`;

interface DisputeRow {
  readonly statementId: string;
  readonly amount: string;
  readonly orderId: string | null;
  readonly status: string;
}

/** Ends a dispute: what we give in is credited and comes off the statement; the rest is owed again. */
export async function resolveDispute(
  client: PoolClient,
  { disputeId, concededHao, resolution, actor, nowMs }: DisputeResolution,
): Promise<StatementStand> {
  const known = (await client.query<DisputeRow>(READ, [disputeId])).rows[0];
  if (!known) throw new DomainError('statement.not-found', { statementNo: '?' });
  // The statement first: whoever disputes or pays locks it before anything else.
  const row = await lockStatement(client, known.statementId);
  const dispute = (await client.query<DisputeRow>(LOCK, [disputeId])).rows[0];
  if (dispute?.status !== 'open') throw new DomainError('statement.not-open');
  const amountHao = Number(dispute.amount);
  if (concededHao > amountHao) throw new DomainError('statement.over-disputed');
  await client.query(RESOLVE, [disputeId, concededHao, resolution, actor, new Date(nowMs)]);
  if (concededHao > 0)
    await bookMove(client, {
      key: `statement-dispute:${disputeId}`,
      kind: 'settlement-adjustment',
      platformId: row.platformId,
      orderId: dispute.orderId,
      amountHao: concededHao,
      debit: 'revenue',
      credit: 'platform-balance',
      memo: `${row.statementNo} · ${resolution}`.slice(0, 200),
      subject: { resource: 'Statement', recordId: row.id },
      nowMs,
    });
  await noteEvent(client, row.id, {
    type: 'dispute-resolved',
    detail: { amountHao, concededHao, resolution },
    actor,
    nowMs,
  });
  const change = { heldHao: row.heldHao - amountHao, adjustedHao: row.adjustedHao - concededHao };
  return changeStatement(client, row, change, nowMs);
}
