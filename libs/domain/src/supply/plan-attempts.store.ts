import type { PoolClient } from 'pg';
import type { CardVault } from '../vault/card-vault.js';
import { shanghaiDate } from '../shared/business-time.js';
import type { RouteFacts } from './routing.js';
import type { SupplyChoice } from './supply-choice.js';

/** An attempt about to be written. */
export interface AttemptPlan {
  readonly purpose: 'order' | 'stock';
  readonly orderId: string | null;
  readonly replenishmentId: string | null;
  readonly productId: string;
  readonly kind: 'card' | 'top-up';
  readonly route: RouteFacts;
  readonly quantity: number;
  /** What is topped up; empty for cards. */
  readonly account: Readonly<Record<string, string>>;
  readonly round: number;
  readonly choice: SupplyChoice;
  readonly nowMs: number;
}

export interface PlannedAttempt {
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierCode: string;
}

const INSERT = `
  INSERT INTO attempts (id, attempt_no, purpose, order_id, replenishment_id, product_id, supplier_id, route_id, kind,
    supplier_product_id, quantity, account_key, status, cost_hao, round, choice, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'prepared', $13, $14, $15::jsonb, $16, $16)
  ON CONFLICT DO NOTHING RETURNING id`;

/**
 * Writes an attempt under a number of its own, before anything leaves. Undefined where the account that is to be topped
 * up has another attempt in flight: two at once could not be told apart at the supplier.
 */
export async function planAttempt(
  client: PoolClient,
  vault: CardVault,
  plan: AttemptPlan,
): Promise<PlannedAttempt | undefined> {
  const drawn = await client.query<{ id: string; salt: string }>(
    `SELECT nextval(pg_get_serial_sequence('attempts', 'id'))::text AS id, upper(substr(md5(random()::text), 1, 2)) AS salt`,
  );
  const { id = '', salt = '' } = drawn.rows[0] ?? {};
  const attemptNo = attemptNoOf(id, salt, plan.nowMs);
  const inserted = await client.query(INSERT, [
    id,
    attemptNo,
    plan.purpose,
    plan.orderId,
    plan.replenishmentId,
    plan.productId,
    plan.route.supplierId,
    plan.route.routeId,
    plan.kind,
    plan.route.supplierProductId,
    plan.quantity,
    accountKey(vault, plan),
    plan.route.costHao,
    plan.round,
    JSON.stringify(plan.choice),
    new Date(plan.nowMs),
  ]);
  if (inserted.rowCount === 0) return undefined;
  return { attemptId: id, attemptNo, supplierCode: plan.route.supplierCode };
}

/**
 * `K`, the day, the attempt's id and two characters that keep installations apart which share an account: letters and
 * digits only, and short enough for every protocol.
 */
function attemptNoOf(id: string, salt: string, nowMs: number): string {
  return `K${shanghaiDate(nowMs).slice(2).replaceAll('-', '')}${id.padStart(7, '0')}${salt}`;
}

function accountKey(vault: CardVault, { kind, account }: AttemptPlan): Buffer | null {
  if (kind === 'card') return null;
  return vault.fingerprint({ cardNo: `top-up|${account['account'] ?? ''}` });
}
