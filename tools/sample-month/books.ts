import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { shanghaiDate } from '#domain';
import { CardVault, createPlatformAccount, importCards, MasterKeys } from '#domain/stores';
import type { Chance } from './chance.js';

export const PLATFORM = 'month-platform';
export const SUPPLIER = 'month-supplier';
export const FEE_BASIS_POINTS = 60;

export interface MonthProduct {
  readonly code: string;
  readonly priceHao: number;
  readonly supply: 'stock' | 'supplier' | 'nobody';
}

const PRODUCTS: readonly MonthProduct[] = [
  { code: 'MONTH-STEAM-100', priceHao: 985_000, supply: 'stock' },
  { code: 'MONTH-XBOX-50', priceHao: 453_333, supply: 'stock' },
  { code: 'MONTH-VIDEO-7', priceHao: 99_000, supply: 'stock' },
  { code: 'MONTH-GAME-30', priceHao: 300_000, supply: 'supplier' },
  { code: 'MONTH-DISK-1', priceHao: 123_450, supply: 'supplier' },
  { code: 'MONTH-SHORT-10', priceHao: 98_700, supply: 'nobody' },
];

/** The books of a month, ready to sell: platform, products, stock, supplier. */
export interface MonthBooks {
  readonly pool: pg.Pool;
  readonly vault: CardVault;
  readonly platformId: string;
  readonly credentialId: string;
  readonly supplierId: string;
  readonly products: readonly MonthProduct[];
}

const CARDS_EACH = 900;
const LONG_AGO = '2026-01-01T00:00:00+08:00';
const CREDIT_HAO = 10_000_000 * 10_000;

export async function openBooks(pool: pg.Pool, chance: Chance): Promise<MonthBooks> {
  const vault = new CardVault(
    MasterKeys.parse(`m1:${Buffer.alloc(32, 7).toString('base64')}`),
    Buffer.alloc(32, 8),
  );
  await pool.query(
    `INSERT INTO ledger_accounts (code, kind) SELECT kind, kind FROM unnest($1::text[]) AS a(kind) ON CONFLICT DO NOTHING`,
    [['bank', 'revenue', 'rounding', 'cost-of-goods', 'supplier-claims']],
  );
  const platformId = await idOf(
    pool,
    `INSERT INTO platforms (code, name) VALUES ($1, '示例月份平台') RETURNING id`,
    [PLATFORM],
  );
  await createPlatformAccount(pool, { id: platformId, code: PLATFORM });
  // It pays after the month: what it owes is its balance below zero.
  await pool.query(
    `UPDATE ledger_accounts SET floor_hao = -$2::bigint WHERE kind = 'platform-balance' AND platform_id = $1`,
    [platformId, CREDIT_HAO],
  );
  const credentialId = await idOf(
    pool,
    `INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, decode('00', 'hex')) RETURNING id`,
    [platformId, `ak_${randomBytes(6).toString('hex')}`],
  );
  const supplierId = await openSupplier(pool);
  const books = { pool, vault, platformId, credentialId, supplierId, products: PRODUCTS };
  for (const product of PRODUCTS) await openProduct(books, product, chance);
  return books;
}

async function openSupplier(pool: pg.Pool): Promise<string> {
  const supplierId = await idOf(
    pool,
    `INSERT INTO suppliers (code, name, protocol, base_url, account) VALUES ($1, '示例月份货源', 'kakayun', 'https://month.example.test', '1')
     RETURNING id`,
    [SUPPLIER],
  );
  await pool.query(
    `INSERT INTO ledger_accounts (code, kind, supplier_id) VALUES ('supplier-balance:' || $2::text, 'supplier-balance', $1)`,
    [supplierId, SUPPLIER],
  );
  return supplierId;
}

async function openProduct(
  { pool, vault, supplierId }: MonthBooks,
  product: MonthProduct,
  chance: Chance,
): Promise<void> {
  const productId = await idOf(
    pool,
    `INSERT INTO products (code, name, kind, status, may_wait, wait_seconds, may_sell_at_loss)
     VALUES ($1, $1, 'card', 'on-sale', true, 600, true) RETURNING id`,
    [product.code],
  );
  await pool.query(
    'INSERT INTO prices (product_id, unit_price_hao, valid_from) VALUES ($1, $2, $3)',
    [productId, product.priceHao, LONG_AGO],
  );
  if (product.supply === 'supplier')
    await pool.query(
      `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao) VALUES ($1, $2, $3, $4)`,
      [productId, supplierId, supplierProductOf(product.code), costOf(product)],
    );
  if (product.supply !== 'stock') return;
  await importCards(pool, vault, cardFile(product.code, chance), {
    productCode: product.code,
    fileName: `${product.code}.csv`,
    encoding: 'auto',
    startedBy: 'sample month',
    today: shanghaiDate(Date.parse(LONG_AGO)),
  });
}

/** What the supplier calls one of our products. */
export const supplierProductOf = (code: string): string =>
  `S${createHash('sha256').update(code).digest('hex').slice(0, 6)}`;
export const costOf = ({ priceHao }: MonthProduct): number =>
  Math.floor((priceHao * 9) / 1_000) * 100;

async function* cardFile(code: string, chance: Chance): AsyncGenerator<Buffer> {
  const line = (): string => `${code}-${chance.digits(12)},${chance.digits(8)}\n`;
  yield Buffer.from(`卡号,卡密\n${Array.from({ length: CARDS_EACH }, line).join('')}`);
}

async function idOf(pool: pg.Pool, sql: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(sql, [...values]);
  return rows[0]?.id ?? '';
}
