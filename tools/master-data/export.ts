import type pg from 'pg';
import { formatAmount } from '#domain';
import type {
  MasterDataDocument,
  PriceEntry,
  ProductEntry,
  RouteEntry,
  SupplierEntry,
} from './document.js';

/** Everything that `apply` can make, as it stands now. No secret is in it. */
export async function exportMasterData(pool: pg.Pool): Promise<MasterDataDocument> {
  return {
    suppliers: (await pool.query<SupplierRow>(SUPPLIERS)).rows.map(supplierEntry),
    products: (await pool.query<ProductRow>(PRODUCTS)).rows.map(productEntry),
    prices: (await pool.query<PriceRow>(PRICES)).rows.map(priceEntry),
    routes: (await pool.query<RouteRow>(ROUTES)).rows.map(routeEntry),
  };
}

const yuan = (hao: string): string => formatAmount(Number(hao));

const SUPPLIERS = 'SELECT * FROM suppliers ORDER BY code';
interface SupplierRow {
  code: string;
  name: string;
  protocol: string;
  base_url: string;
  account: string;
  status: NonNullable<SupplierEntry['status']>;
  is_sandbox: boolean;
  guard_meaning: SupplierEntry['guardMeaning'];
  creates_per_second: number | null;
  queries_per_second: number | null;
  concurrency_max: number;
  reply_timeout_seconds: number;
  not_found_grace_seconds: number | null;
  balance_floor_hao: string | null;
  ban_windows: NonNullable<SupplierEntry['banWindows']>;
}

function supplierEntry(row: SupplierRow): SupplierEntry {
  const variable = `SUPPLIER_${row.code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_SECRET`;
  return {
    code: row.code,
    name: row.name,
    protocol: row.protocol,
    baseUrl: row.base_url,
    credentials: { account: row.account, secret: { env: variable } },
    status: row.status,
    isSandbox: row.is_sandbox,
    guardMeaning: row.guard_meaning ?? null,
    limits: {
      createsPerSecond: row.creates_per_second,
      queriesPerSecond: row.queries_per_second,
      concurrency: row.concurrency_max,
      replyTimeoutSeconds: row.reply_timeout_seconds,
      notFoundGraceSeconds: row.not_found_grace_seconds,
    },
    balanceFloor: row.balance_floor_hao === null ? null : yuan(row.balance_floor_hao),
    banWindows: row.ban_windows,
  };
}

const PRODUCTS = 'SELECT * FROM products ORDER BY code';
interface ProductRow {
  code: string;
  name: string;
  kind: NonNullable<ProductEntry['kind']>;
  status: NonNullable<ProductEntry['status']>;
  min_quantity: number;
  max_quantity: number;
  quantity_step: number;
  may_wait: boolean;
  wait_seconds: number;
  low_stock_threshold: number;
  runway_hours_min: number;
  supply_strategy: NonNullable<ProductEntry['supplyStrategy']>;
  may_sell_at_loss: boolean;
  account_fields: NonNullable<ProductEntry['accountFields']>;
  banned_channels: string[];
  category: NonNullable<ProductEntry['category']>;
  licence_term_days: number | null;
}

const productEntry = (row: ProductRow): ProductEntry => ({
  code: row.code,
  name: row.name,
  kind: row.kind,
  status: row.status,
  minQuantity: row.min_quantity,
  maxQuantity: row.max_quantity,
  quantityStep: row.quantity_step,
  mayWait: row.may_wait,
  waitSeconds: row.wait_seconds,
  lowStockThreshold: row.low_stock_threshold,
  runwayHoursMin: row.runway_hours_min,
  supplyStrategy: row.supply_strategy,
  maySellAtLoss: row.may_sell_at_loss,
  accountFields: row.account_fields,
  bannedChannels: row.banned_channels,
  category: row.category,
  licenceTermDays: row.licence_term_days,
});

const PRICES = `
  SELECT p.code AS product, f.code AS platform, r.unit_price_hao, r.min_quantity, r.max_quantity
  FROM prices r JOIN products p ON p.id = r.product_id LEFT JOIN platforms f ON f.id = r.platform_id
  WHERE r.valid_to IS NULL ORDER BY p.code, f.code NULLS FIRST, r.min_quantity`;
interface PriceRow {
  product: string;
  platform: string | null;
  unit_price_hao: string;
  min_quantity: number;
  max_quantity: number | null;
}

const priceEntry = (row: PriceRow): PriceEntry => ({
  product: row.product,
  platform: row.platform,
  unitPrice: yuan(row.unit_price_hao),
  minQuantity: row.min_quantity,
  maxQuantity: row.max_quantity,
});

const ROUTES = `
  SELECT r.*, p.code AS product, s.code AS supplier
  FROM supply_routes r JOIN products p ON p.id = r.product_id JOIN suppliers s ON s.id = r.supplier_id
  ORDER BY p.code, r.priority, s.code`;
interface RouteRow {
  product: string;
  supplier: string;
  supplier_product_id: string;
  cost_hao: string;
  priority: number;
  weight: number;
  status: NonNullable<RouteEntry['status']>;
  is_standby: boolean;
  quantity_min: number;
  quantity_max: number | null;
  regions: string[];
  ban_windows: NonNullable<RouteEntry['banWindows']>;
  field_names: Record<string, string>;
  follows_price: boolean;
  cost_floor_hao: string | null;
}

const routeEntry = (row: RouteRow): RouteEntry => ({
  product: row.product,
  supplier: row.supplier,
  supplierProductId: row.supplier_product_id,
  cost: yuan(row.cost_hao),
  priority: row.priority,
  weight: row.weight,
  status: row.status,
  isStandby: row.is_standby,
  quantityMin: row.quantity_min,
  quantityMax: row.quantity_max,
  regions: row.regions,
  banWindows: row.ban_windows,
  fieldNames: row.field_names,
  followsPrice: row.follows_price,
  costFloor: row.cost_floor_hao === null ? null : yuan(row.cost_floor_hao),
});
