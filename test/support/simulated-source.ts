import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { MasterKeys, sealSupplierSecret } from '#domain/stores';
import type { Simulator } from '../../tools/simulator/simulator.js';
import { CARD_HAO, SupplierBench } from './conformance.js';
import { TEST_MASTER_KEYS } from './sold-order.js';

export const YUAN = 10_000;
export const testMasterKeys = MasterKeys.parse(TEST_MASTER_KEYS);

/** A supplier of the simulator as our own row, with a balance floor of 100 yuan and a product that follows its price. */
export async function aSource(
  { pool, simulator }: { readonly pool: pg.Pool; readonly simulator: Simulator },
  protocol = 'kakayun',
): Promise<{ readonly bench: SupplierBench; readonly supplierId: string; readonly code: string }> {
  const floorYuan = 100;
  const bench = await SupplierBench.open(
    simulator,
    protocol,
    `${protocol}-${randomBytes(3).toString('hex')}`,
  );
  const { code, connection } = bench;
  const made = await pool.query<{ id: string }>(
    `INSERT INTO suppliers (code, name, protocol, base_url, account, secret_sealed, is_sandbox, balance_floor_hao, reply_timeout_seconds)
     VALUES ($1, $1, $2, $3, $4, $5, true, $6, 2) RETURNING id`,
    [
      code,
      protocol,
      bench.baseUrl,
      connection.account,
      sealSupplierSecret(testMasterKeys, code, connection.secret),
      floorYuan * YUAN,
    ],
  );
  const supplierId = made.rows[0]?.id ?? '';
  await pool.query(
    `WITH product AS (
       INSERT INTO products (code, name, status) VALUES ($1, 'test', 'on-sale') RETURNING id
     ), price AS (
       INSERT INTO prices (product_id, unit_price_hao, valid_from) SELECT id, $4, now() - interval '1 minute' FROM product
     )
     INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, follows_price)
     SELECT id, $2, '555', $3, true FROM product`,
    [`P-${code}`, supplierId, CARD_HAO - 500, CARD_HAO + 1_000],
  );
  return { bench, supplierId, code };
}
