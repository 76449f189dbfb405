import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';
import { DomainError } from '../shared/domain-error.js';
import { needsApproval } from '../staff/approval.js';
import { askApproval, readApprovalLimit } from '../staff/approval.store.js';
import { tellReplenishment } from '../supply/stock-attempt.store.js';
import { LOT_SIZE_DEFAULT, REPLENISHMENT_MAX_MS } from './replenishment-rules.js';
import {
  isReplenishmentEnded,
  OPEN_REPLENISHMENTS_SQL,
  type ReplenishmentCause,
  type ReplenishmentStatus,
} from './replenishment-status.js';

/** Of the request to a second person. */
export const replenishmentApprovalKey = (replenishmentId: string): string =>
  `replenishment:${replenishmentId}`;

export interface AskReplenishment {
  readonly productId: string;
  readonly quantity: number;
  readonly cause: ReplenishmentCause;
  readonly stockTarget: number | null;
  readonly hoursLeft: number | null;
  /** A staff member's address, or `system`. */
  readonly askedBy: string;
  readonly reason: string | null;
  readonly nowMs: number;
}

export interface AskedReplenishment {
  readonly replenishmentId: string;
  readonly replenishmentNo: string;
  /** `approval` where a second person must agree before anything is bought. */
  readonly status: 'approval' | 'buying';
  /** The most that it may cost. */
  readonly budgetHao: number;
}

/** The dearest price that is paid: the rule's, else the sale price, where nobody allows a loss, else the dearest source's. */
const TERMS = `
  SELECT p.code, p.kind, rule.lot_size, rule.approval_limit_hao, rule.max_cost_hao,
    CASE WHEN NOT p.may_sell_at_loss THEN (SELECT min(l.unit_price_hao) FROM prices l WHERE l.product_id = p.id
      AND l.valid_from <= now() AND (l.valid_to IS NULL OR l.valid_to > now())) END AS sale_price_hao,
    (SELECT max(r.cost_hao) FROM supply_routes r WHERE r.product_id = p.id AND r.status = 'active') AS dearest_hao,
    (SELECT coalesce(max(run_no), 0) + 1 FROM replenishments x WHERE x.product_id = p.id) AS run_no,
    EXISTS (SELECT 1 FROM replenishments x WHERE x.product_id = p.id AND x.status IN ${OPEN_REPLENISHMENTS_SQL}) AS is_open
  FROM products p LEFT JOIN replenishment_rules rule ON rule.product_id = p.id WHERE p.id = $1`;

interface Terms {
  code: string;
  kind: string;
  lot_size: number | null;
  approval_limit_hao: string | null;
  max_cost_hao: string | null;
  sale_price_hao: string | null;
  dearest_hao: string | null;
  run_no: number;
  is_open: boolean;
}

const INSERT = `
  INSERT INTO replenishments (replenishment_no, product_id, run_no, cause, status, quantity, stock_target, lot_size, max_cost_hao,
    budget_hao, hours_left, asked_by, reason, deadline_at, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15) RETURNING id`;

/**
 * Writes down that stock is to be bought, and has its run started; above the approval limit it waits for a second person.
 * The caller's transaction holds no lock that comes after the product's. Throws `product.not-found`,
 * `replenishment.not-a-card-product`, `replenishment.open-already`.
 */
export async function askReplenishment(
  client: PoolClient,
  ask: AskReplenishment,
): Promise<AskedReplenishment> {
  const terms = await lockTerms(client, ask.productId);
  const costHao = mostPaid(terms);
  const budgetHao = costHao * ask.quantity;
  const status = (await mustBeApproved(client, terms, budgetHao)) ? 'approval' : 'buying';
  const replenishmentNo = `${terms.code}:${terms.run_no}`;
  const { rows } = await client.query<{ id: string }>(INSERT, [
    replenishmentNo,
    ask.productId,
    terms.run_no,
    ask.cause,
    status,
    ask.quantity,
    ask.stockTarget,
    terms.lot_size ?? LOT_SIZE_DEFAULT,
    costHao,
    budgetHao,
    ask.hoursLeft,
    ask.askedBy,
    ask.reason,
    new Date(ask.nowMs + REPLENISHMENT_MAX_MS),
    new Date(ask.nowMs),
  ]);
  const replenishmentId = rows[0]?.id ?? '';
  if (status === 'approval')
    await askApproval(client, {
      kind: 'replenishment',
      key: replenishmentApprovalKey(replenishmentId),
      resource: 'Replenishment',
      recordId: replenishmentId,
      payload: { replenishmentId },
      amountHao: budgetHao,
      reason: ask.reason ?? ASKED_BY_RULE[ask.cause],
      askedBy: ask.askedBy,
      nowMs: ask.nowMs,
    });
  await tellReplenishment(client, replenishmentId, ask.nowMs);
  return { replenishmentId, replenishmentNo, status, budgetHao };
}

const ASKED_BY_RULE: Readonly<Record<ReplenishmentCause, string>> = {
  runway: '库存将耗尽 the stock is running short',
  peak: '高峰备货 ahead of a peak',
  manual: '人工补货 asked for by a person',
};

/** The rule of the product says so; without one, the limits of all such acts. */
async function mustBeApproved(
  client: PoolClient,
  { approval_limit_hao: ofRule }: Terms,
  budgetHao: number,
): Promise<boolean> {
  if (ofRule !== null) return budgetHao > Number(ofRule);
  return needsApproval(await readApprovalLimit(client, 'replenishment'), budgetHao);
}

async function lockTerms(client: PoolClient, productId: string): Promise<Terms> {
  const found = await client.query<{ code: string }>('SELECT code FROM products WHERE id = $1', [
    productId,
  ]);
  const code = found.rows[0]?.code;
  if (code === undefined) throw new DomainError('product.not-found', { productCode: '?' });
  const [, { rows }] = await settled([
    client.query(LOCK_PRODUCTS, [[code]]),
    client.query<Terms>(TERMS, [productId]),
  ]);
  const terms = rows[0];
  if (terms?.kind !== 'card')
    throw new DomainError('replenishment.not-a-card-product', { productCode: code });
  if (terms.is_open) throw new DomainError('replenishment.open-already', { productCode: code });
  return terms;
}

function mostPaid(terms: Terms): number {
  if (terms.max_cost_hao !== null) return Number(terms.max_cost_hao);
  const known = [terms.sale_price_hao, terms.dearest_hao].filter((hao) => hao !== null);
  return known.length === 0 ? 0 : Math.min(...known.map(Number));
}

const LOCK = `
  SELECT r.status FROM replenishments r WHERE r.id = $1 FOR UPDATE`;

async function lockOpen(client: PoolClient, id: string): Promise<ReplenishmentStatus> {
  const { rows } = await client.query<{ status: ReplenishmentStatus }>(LOCK, [id]);
  const status = rows[0]?.status;
  if (!status) throw new DomainError('replenishment.not-found');
  if (isReplenishmentEnded(status)) throw new DomainError('replenishment.ended');
  return status;
}

/** Nothing more is bought; what is under way is settled. Throws `replenishment.not-found`, `replenishment.ended`. */
export async function cancelReplenishment(
  client: PoolClient,
  { replenishmentId, nowMs }: { readonly replenishmentId: string; readonly nowMs: number },
): Promise<void> {
  await lockOpen(client, replenishmentId);
  await client.query(
    'UPDATE replenishments SET cancel_asked_at = coalesce(cancel_asked_at, $2), updated_at = $2, version = version + 1 WHERE id = $1',
    [replenishmentId, new Date(nowMs)],
  );
  await tellReplenishment(client, replenishmentId, nowMs);
}

/** A second person has agreed; answers false where it was decided or cancelled before. */
export async function approveReplenishment(
  client: PoolClient,
  { replenishmentId, nowMs }: { readonly replenishmentId: string; readonly nowMs: number },
): Promise<boolean> {
  const approved = await client.query(
    `UPDATE replenishments SET status = 'buying', updated_at = $2, version = version + 1, deadline_at = $3
     WHERE id = $1 AND status = 'approval' AND cancel_asked_at IS NULL`,
    [replenishmentId, new Date(nowMs), new Date(nowMs + REPLENISHMENT_MAX_MS)],
  );
  await tellReplenishment(client, replenishmentId, nowMs);
  return approved.rowCount === 1;
}
