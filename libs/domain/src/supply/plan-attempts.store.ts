import type { PoolClient } from 'pg';
import type { Sql } from '../database/sql.js';
import type { CardVault } from '../vault/card-vault.js';
import { shanghaiDate } from '../shared/business-time.js';
import type { RouteFacts } from './routing.js';
import { OPEN_ATTEMPTS_SQL } from './attempt-status.js';
import type { SupplyChoice } from './supply-choice.js';
import { accountIdentity } from './top-up-account.js';

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

const ID_DIGITS_MIN = 7;

/**
 * Its number is `K`, the day, the attempt's id and two characters that keep installations apart which share an account:
 * letters and digits only, and short enough for every protocol.
 */
const INSERT = `
  WITH drawn AS (
    SELECT nextval(pg_get_serial_sequence('attempts', 'id')) AS id, upper(substr(md5(random()::text), 1, 2)) AS salt
  )
  INSERT INTO attempts (id, attempt_no, purpose, order_id, replenishment_id, product_id, supplier_id, route_id, kind,
    supplier_product_id, quantity, account_key, status, cost_hao, round, choice, created_at, updated_at)
  SELECT id, 'K' || $1 || lpad(id::text, greatest(${ID_DIGITS_MIN}, length(id::text)), '0') || salt, $2, $3::bigint, $4::bigint,
    $5::uuid, $6::uuid, $7::uuid, $8, $9, $10::int, $11::bytea, 'prepared', $12::bigint, $13::int, $14::jsonb, $15, $15
  FROM drawn ON CONFLICT DO NOTHING RETURNING id, attempt_no`;

/**
 * Writes an attempt under a number of its own, before anything leaves. Undefined where the account that is to be topped
 * up has another attempt in flight: two at once could not be told apart at the supplier.
 */
export async function planAttempt(
  client: PoolClient,
  vault: CardVault,
  plan: AttemptPlan,
): Promise<PlannedAttempt | undefined> {
  const inserted = await client.query<{ id: string; attempt_no: string }>(INSERT, [
    shanghaiDate(plan.nowMs).slice(2).replaceAll('-', ''),
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
  const row = inserted.rows[0];
  return (
    row && { attemptId: row.id, attemptNo: row.attempt_no, supplierCode: plan.route.supplierCode }
  );
}

type AccountOfPlan = Pick<AttemptPlan, 'kind' | 'account'>;

function accountKey(vault: CardVault, { kind, account }: AccountOfPlan): Buffer | null {
  if (kind === 'card') return null;
  return vault.fingerprint({ cardNo: `top-up|${accountIdentity(account)}` });
}

const BUSY = `SELECT created_at FROM attempts WHERE account_key = $1 AND status IN ${OPEN_ATTEMPTS_SQL}`;

/** Since when another top-up of this account is under way; null where none is. */
export async function accountBusySince(
  sql: Sql,
  vault: CardVault,
  account: AccountOfPlan,
): Promise<number | null> {
  const key = accountKey(vault, account);
  if (key === null) return null;
  const found = await sql.query<{ created_at: Date }>({
    name: 'account-busy',
    text: BUSY,
    values: [key],
  });
  return found.rows[0]?.created_at.getTime() ?? null;
}
