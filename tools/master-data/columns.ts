import { parseYuan } from '#domain';
import { Json, type Columns, type ColumnValue } from './changes.js';
import type { ProductEntry, RouteEntry, SupplierEntry } from './document.js';

/** What a document says, as columns; what it does not say is not there. */
export function supplierColumns(entry: SupplierEntry, sealed: Buffer | undefined): Columns {
  const { limits = {}, credentials = {} } = entry;
  return given({
    name: entry.name,
    protocol: entry.protocol,
    base_url: entry.baseUrl,
    account: credentials.account,
    secret_sealed: sealed,
    status: entry.status,
    is_sandbox: entry.isSandbox,
    guard_meaning: entry.guardMeaning,
    creates_per_second: limits.createsPerSecond,
    queries_per_second: limits.queriesPerSecond,
    concurrency_max: limits.concurrency,
    reply_timeout_seconds: limits.replyTimeoutSeconds,
    not_found_grace_seconds: limits.notFoundGraceSeconds,
    balance_floor_hao: hao(entry.balanceFloor),
    ban_windows: entry.banWindows && new Json(entry.banWindows),
  });
}

export function productColumns(entry: ProductEntry): Columns {
  return given({
    name: entry.name,
    kind: entry.kind,
    status: entry.status,
    min_quantity: entry.minQuantity,
    max_quantity: entry.maxQuantity,
    quantity_step: entry.quantityStep,
    may_wait: entry.mayWait,
    wait_seconds: entry.waitSeconds,
    low_stock_threshold: entry.lowStockThreshold,
    runway_hours_min: entry.runwayHoursMin,
    supply_strategy: entry.supplyStrategy,
    may_sell_at_loss: entry.maySellAtLoss,
    account_fields: entry.accountFields && new Json(entry.accountFields),
    banned_channels: entry.bannedChannels,
    category: entry.category,
    licence_term_days: entry.licenceTermDays,
  });
}

export function routeColumns(entry: RouteEntry): Columns {
  return given({
    cost_hao: hao(entry.cost),
    priority: entry.priority,
    weight: entry.weight,
    status: entry.status,
    is_standby: entry.isStandby,
    quantity_min: entry.quantityMin,
    quantity_max: entry.quantityMax,
    regions: entry.regions,
    ban_windows: entry.banWindows && new Json(entry.banWindows),
    field_names: entry.fieldNames && new Json(entry.fieldNames),
    follows_price: entry.followsPrice,
    cost_floor_hao: hao(entry.costFloor),
  });
}

/** Amounts become hao. */
export function hao(amount: string | number | null | undefined): number | null | undefined {
  return amount === null || amount === undefined ? amount : parseYuan(String(amount));
}

/** Only what the document says. */
export function given(columns: Readonly<Record<string, ColumnValue | undefined>>): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter((pair): pair is [string, ColumnValue] => pair[1] !== undefined),
  );
}
