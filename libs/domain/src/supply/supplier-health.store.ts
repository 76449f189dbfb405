import type { Pool } from 'pg';
import { inTransaction } from '../database/sql.js';
import type { SuppliedProduct } from '../protocol/index.js';
import { writeAudit } from '../staff/audit.store.js';

const CLAIM = `
  WITH due AS (
    SELECT id, balance_due_at <= $1 AS reads_balance, products_due_at <= $1 AS reads_products FROM suppliers
    WHERE status = 'active' AND secret_sealed IS NOT NULL AND least(balance_due_at, products_due_at) <= $1
    ORDER BY least(balance_due_at, products_due_at) LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  UPDATE suppliers s SET
    balance_due_at = CASE WHEN due.reads_balance THEN $1::timestamptz + $2 * interval '1 second' ELSE s.balance_due_at END,
    products_due_at = CASE WHEN due.reads_products THEN $1::timestamptz + $3 * interval '1 second' ELSE s.products_due_at END
  FROM due WHERE s.id = due.id RETURNING s.id, due.reads_balance, due.reads_products`;

const BALANCE_EVERY_SECONDS = 60;
const PRODUCTS_EVERY_SECONDS = 600;

export interface DueReading {
  readonly supplierId: string;
  readonly readsBalance: boolean;
  readonly readsProducts: boolean;
}

/** The next supplier whose balance or products are to be read; whoever gets it reads it, nobody else. */
export async function claimReading(pool: Pool, nowMs: number): Promise<DueReading | undefined> {
  const found = await pool.query<{ id: string; reads_balance: boolean; reads_products: boolean }>(
    CLAIM,
    [new Date(nowMs), BALANCE_EVERY_SECONDS, PRODUCTS_EVERY_SECONDS],
  );
  const row = found.rows[0];
  return (
    row && {
      supplierId: row.id,
      readsBalance: row.reads_balance,
      readsProducts: row.reads_products,
    }
  );
}

/** What the supplier says our balance is. */
export async function noteBalance(
  pool: Pool,
  read: { readonly supplierId: string; readonly balanceHao: number; readonly nowMs: number },
): Promise<void> {
  await pool.query(
    'UPDATE suppliers SET balance_hao = $2, balance_read_at = $3, read_fault = NULL WHERE id = $1',
    [read.supplierId, read.balanceHao, new Date(read.nowMs)],
  );
}

/** A reading that failed changes nothing but this. */
export async function noteReadFault(
  pool: Pool,
  { supplierId, fault }: { readonly supplierId: string; readonly fault: string },
): Promise<void> {
  await pool.query('UPDATE suppliers SET read_fault = $2 WHERE id = $1', [
    supplierId,
    fault.slice(0, 200),
  ]);
}

const READ_ROUTES = `
  SELECT id, supplier_product_id, cost_hao, follows_price, cost_floor_hao FROM supply_routes WHERE supplier_id = $1 FOR UPDATE`;

const NOTE_ROUTE = `
  UPDATE supply_routes SET supplier_price_hao = $2, supplier_stock = $3, is_on_shelf = $4, read_at = $5,
    cost_hao = $6, version = version + CASE WHEN cost_hao = $6 THEN 0 ELSE 1 END WHERE id = $1`;

interface RouteRow {
  id: string;
  supplier_product_id: string;
  cost_hao: string;
  follows_price: boolean;
  cost_floor_hao: string | null;
}

/**
 * What the supplier says of its products: price, stock, whether it sells them. A route that follows the price takes it as
 * its cost, but never less than its floor, with an audit entry; what a supplier does not list stays as it was. Returns how many routes it told of.
 */
export async function noteProducts(
  pool: Pool,
  read: {
    readonly supplierId: string;
    readonly products: readonly SuppliedProduct[];
    readonly nowMs: number;
  },
): Promise<number> {
  const listed = new Map(read.products.map((product) => [product.supplierProductId, product]));
  return inTransaction(pool, async (client) => {
    const routes = await client.query<RouteRow>(READ_ROUTES, [read.supplierId]);
    let told = 0;
    for (const route of routes.rows) {
      const product = listed.get(route.supplier_product_id);
      if (!product) continue;
      told += 1;
      const costHao = Number(route.cost_hao);
      const follows = route.follows_price && product.priceHao > 0;
      const newCostHao = follows
        ? Math.max(product.priceHao, Number(route.cost_floor_hao ?? 0))
        : costHao;
      await client.query(NOTE_ROUTE, [
        route.id,
        product.priceHao,
        product.stock ?? null,
        product.isOnSale,
        new Date(read.nowMs),
        newCostHao,
      ]);
      if (newCostHao !== costHao)
        await writeAudit(client, {
          staffEmail: 'system',
          action: 'edit',
          resource: 'SupplyRoute',
          recordId: route.id,
          before: { costHao },
          after: { costHao: newCostHao },
          reason: 'follows the price of the supplier',
          requestId: 'supplier-health',
          address: null,
        });
    }
    return told;
  });
}

/** A supplier that tells of changes all the time is read no more often than this. */
const PUSHED_EVERY_SECONDS = 60;

const HASTEN = `
  UPDATE suppliers SET products_due_at = least(products_due_at,
    greatest($2::timestamptz, products_due_at - ${PRODUCTS_EVERY_SECONDS - PUSHED_EVERY_SECONDS} * interval '1 second'))
  WHERE id = $1`;

/** Has a supplier's products read soon, because it told of a change: at most once a minute. */
export async function hastenProducts(
  pool: Pool,
  { supplierId, nowMs }: { readonly supplierId: string; readonly nowMs: number },
): Promise<void> {
  await pool.query(HASTEN, [supplierId, new Date(nowMs)]);
}
