import type pg from 'pg';
import { canMove, parseYuan, PRODUCT_MOVES, type ProductStatus } from '#domain';
import {
  mayGoOnSaleIn,
  openSupplierAccount,
  sealSupplierSecret,
  secretContext,
  writeAudit,
  type MasterKeys,
} from '#domain/stores';
import {
  Json,
  upsert,
  type Change,
  type Columns,
  type ColumnValue,
  type Upsert,
} from './changes.js';
import type {
  Fault,
  MasterDataDocument,
  PriceEntry,
  ProductEntry,
  RouteEntry,
  SupplierEntry,
} from './document.js';

export interface ApplyOptions {
  readonly masterKeys: MasterKeys;
  /** Who does it, for the audit. */
  readonly actor: string;
  readonly isDryRun: boolean;
  /** Turns `{"env": …}` and `{"prompt": true}` into the secret; undefined where it cannot. */
  readonly secretOf: (wish: SecretWish, supplierCode: string) => Promise<string | undefined>;
}

/** A secret as the document gives it, or where it is to be had. */
export type SecretWish = NonNullable<NonNullable<SupplierEntry['credentials']>['secret']>;

export interface Applied {
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
}

class Refused extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super('the document cannot be applied');
  }
}

/**
 * Makes suppliers, products, prices and routes as the document says: all of it, or, where anything is wrong, nothing. What
 * the document does not name stays as it is. A second time, everything is unchanged.
 */
export async function applyMasterData(
  pool: pg.Pool,
  document: MasterDataDocument,
  options: ApplyOptions,
): Promise<Applied> {
  const secrets = await readSecrets(document, options);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const applied = await new Applying(client, options, secrets).run(document);
    await client.query(options.isDryRun ? 'ROLLBACK' : 'COMMIT');
    client.release();
    return applied;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    if (error instanceof Refused) return { changes: [], faults: error.faults };
    throw error;
  }
}

/** Asked for before the transaction begins: a person may take a minute. */
async function readSecrets(
  document: MasterDataDocument,
  { secretOf }: ApplyOptions,
): Promise<ReadonlyMap<string, string | undefined>> {
  const secrets = new Map<string, string | undefined>();
  for (const { code, credentials } of document.suppliers ?? [])
    if (credentials?.secret !== undefined)
      secrets.set(code, await secretOf(credentials.secret, code));
  return secrets;
}

const DEFAULT_WAIT_SECONDS = 600;

class Applying {
  private readonly changes: Change[] = [];
  private readonly faults: Fault[] = [];
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly client: pg.PoolClient,
    private readonly options: ApplyOptions,
    private readonly secrets: ReadonlyMap<string, string | undefined>,
  ) {}

  async run(document: MasterDataDocument): Promise<Applied> {
    for (const [index, entry] of (document.suppliers ?? []).entries())
      await this.supplier(entry, `/suppliers/${index}`);
    for (const [index, entry] of (document.products ?? []).entries())
      await this.product(entry, `/products/${index}`);
    for (const [index, entry] of (document.prices ?? []).entries())
      await this.price(entry, `/prices/${index}`);
    for (const [index, entry] of (document.routes ?? []).entries())
      await this.route(entry, `/routes/${index}`);
    await this.requireSaleable(document);
    if (this.faults.length > 0) throw new Refused(this.faults);
    await this.wakeWaitingOrders(document);
    return { changes: this.changes, faults: [] };
  }

  private async supplier(entry: SupplierEntry, pointer: string): Promise<void> {
    const known = await this.idOf('suppliers', entry.code);
    if (known === undefined && !this.hasAll(entry, pointer)) return;
    const { limits = {}, credentials = {} } = entry;
    const sealed = await this.sealedSecret(entry, pointer, known);
    const columns = given({
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
    const id = await this.write({
      table: 'suppliers',
      what: `supplier ${entry.code}`,
      where: { code: entry.code },
      columns,
      defaults: { name: entry.code },
      secret: ['secret_sealed'],
    });
    await this.requireSafeAddress(id, pointer);
    await openSupplierAccount(this.client, { id, code: entry.code });
  }

  private hasAll(entry: SupplierEntry, pointer: string): boolean {
    const needed = [
      ['protocol', entry.protocol],
      ['baseUrl', entry.baseUrl],
      ['credentials/account', entry.credentials?.account],
      ['credentials/secret', entry.credentials?.secret],
    ] as const;
    const missing = needed.filter(([, value]) => value === undefined);
    for (const [name] of missing)
      this.fault(`${pointer}/${name}`, `a new supplier needs this; ${entry.code} is not known yet`);
    return missing.length === 0;
  }

  /** A secret that is the same already is left as it is sealed, so that nothing changes. */
  private async sealedSecret(
    entry: SupplierEntry,
    pointer: string,
    knownId: string | undefined,
  ): Promise<Buffer | undefined> {
    if (entry.credentials?.secret === undefined) return undefined;
    const secret = this.secrets.get(entry.code);
    if (secret === undefined) {
      this.fault(
        `${pointer}/credentials/secret`,
        'the secret is not there: set the environment variable that is named here',
      );
      return undefined;
    }
    const { masterKeys } = this.options;
    if (knownId !== undefined) {
      const { rows } = await this.client.query<{ secret_sealed: Buffer | null }>(
        'SELECT secret_sealed FROM suppliers WHERE id = $1',
        [knownId],
      );
      const sealed = rows[0]?.secret_sealed;
      const context = secretContext.supplier(entry.code);
      if (sealed && masterKeys.open(sealed, context).toString('utf8') === secret) return undefined;
    }
    return sealSupplierSecret(masterKeys, entry.code, secret);
  }

  private async requireSafeAddress(id: string, pointer: string): Promise<void> {
    const { rows } = await this.client.query<{ base_url: string; is_sandbox: boolean }>(
      'SELECT base_url, is_sandbox FROM suppliers WHERE id = $1',
      [id],
    );
    if (rows[0]?.base_url.startsWith('http:') && !rows[0].is_sandbox)
      this.fault(
        `${pointer}/baseUrl`,
        'plain http is for sandboxes only: use https, or set isSandbox',
      );
  }

  private async product(entry: ProductEntry, pointer: string): Promise<void> {
    const known = await this.idOf('products', entry.code);
    if (known !== undefined) await this.requireMove(known, entry, pointer);
    await this.write({
      table: 'products',
      what: `product ${entry.code}`,
      where: { code: entry.code },
      columns: given({
        name: entry.name,
        kind: entry.kind,
        status: entry.status,
        min_quantity: entry.minQuantity,
        max_quantity: entry.maxQuantity,
        quantity_step: entry.quantityStep,
        may_wait: entry.mayWait,
        wait_seconds: entry.waitSeconds,
        low_stock_threshold: entry.lowStockThreshold,
        supply_strategy: entry.supplyStrategy,
        may_sell_at_loss: entry.maySellAtLoss,
        account_fields: entry.accountFields && new Json(entry.accountFields),
        banned_channels: entry.bannedChannels,
      }),
      defaults: { name: entry.code, wait_seconds: DEFAULT_WAIT_SECONDS },
    });
  }

  private async requireMove(id: string, entry: ProductEntry, pointer: string): Promise<void> {
    const { rows } = await this.client.query<{ status: ProductStatus; kind: string }>(
      'SELECT status, kind FROM products WHERE id = $1',
      [id],
    );
    const now = rows[0];
    if (!now) return;
    if (entry.kind !== undefined && entry.kind !== now.kind)
      this.fault(
        `${pointer}/kind`,
        `the kind of a product never changes: ${entry.code} is ${now.kind}`,
      );
    const { status } = entry;
    if (
      status !== undefined &&
      status !== now.status &&
      !canMove(PRODUCT_MOVES, now.status, status)
    )
      this.fault(`${pointer}/status`, `a product that is ${now.status} cannot become ${status}`);
  }

  /** One open line for each product, platform and quantity step; another price ends it and begins a new one. */
  private async price(entry: PriceEntry, pointer: string): Promise<void> {
    const productId = await this.require('products', entry.product, `${pointer}/product`);
    const platformCode = entry.platform ?? null;
    const platformId =
      platformCode === null
        ? null
        : await this.require('platforms', platformCode, `${pointer}/platform`);
    if (productId === undefined || platformId === undefined) return;
    const unitPriceHao = hao(entry.unitPrice) ?? 0;
    const minQuantity = entry.minQuantity ?? 1;
    const open = { product_id: productId, platform_id: platformId, min_quantity: minQuantity };
    const { rows } = await this.client.query<{ id: string; unit_price_hao: string }>(
      `SELECT id, unit_price_hao FROM prices
       WHERE product_id = $1 AND platform_id IS NOT DISTINCT FROM $2 AND min_quantity = $3 AND valid_to IS NULL
       ORDER BY valid_from DESC LIMIT 1 FOR UPDATE`,
      Object.values(open),
    );
    const line = rows[0];
    const what = `price of ${entry.product}${platformCode === null ? '' : ` for ${platformCode}`} from ${minQuantity}`;
    const columns = given({ unit_price_hao: unitPriceHao, max_quantity: entry.maxQuantity });
    if (!line) {
      await this.write({ table: 'prices', what, where: {}, columns: { ...open, ...columns } });
      return;
    }
    if (Number(line.unit_price_hao) === unitPriceHao) {
      await this.write({ table: 'prices', what, where: { id: line.id }, columns });
      return;
    }
    await this.client.query(
      'UPDATE prices SET valid_to = now(), version = version + 1, updated_at = now() WHERE id = $1',
      [line.id],
    );
    await this.write(
      { table: 'prices', what, where: {}, columns: { ...open, ...columns } },
      { name: 'unit_price_hao', from: line.unit_price_hao, to: String(unitPriceHao) },
    );
  }

  private async route(entry: RouteEntry, pointer: string): Promise<void> {
    const productId = await this.require('products', entry.product, `${pointer}/product`);
    const supplierId = await this.require('suppliers', entry.supplier, `${pointer}/supplier`);
    if (productId === undefined || supplierId === undefined) return;
    const supplierProductId = String(entry.supplierProductId);
    await this.write({
      table: 'supply_routes',
      what: `route ${entry.product} ← ${entry.supplier} ${supplierProductId}`,
      where: {
        product_id: productId,
        supplier_id: supplierId,
        supplier_product_id: supplierProductId,
      },
      columns: given({
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
      }),
      defaults: entry.isStandby === true && entry.status === undefined ? { status: 'paused' } : {},
    });
  }

  /** Nothing goes on sale that cannot be sold or delivered. */
  private async requireSaleable(document: MasterDataDocument): Promise<void> {
    for (const [index, { code, status }] of (document.products ?? []).entries()) {
      const id = this.ids.get(`products ${code}`);
      if (status !== 'on-sale' || id === undefined) continue;
      const { lacks } = await mayGoOnSaleIn(this.client, id);
      if (lacks !== undefined)
        this.fault(
          `/products/${index}/status`,
          lacks === 'price'
            ? `${code} has no price: add one under "prices"`
            : `${code} is no card product and nobody delivers it: add a route under "routes"`,
        );
    }
  }

  /** Orders that wait for a product with new sources look again at once. */
  private async wakeWaitingOrders(document: MasterDataDocument): Promise<void> {
    const codes = [...new Set((document.routes ?? []).map((one) => one.product))];
    if (codes.length === 0) return;
    await this.client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before)
       SELECT 'order-changed', o.id::text, now() FROM orders o JOIN products p ON p.id = o.product_id
       WHERE p.code = ANY($1) AND o.status IN ('accepted', 'processing') AND o.sourcing_quantity = 0 LIMIT 10000`,
      [codes],
    );
  }

  private async write(
    wish: Upsert,
    replaced?: { readonly name: string; readonly from: string; readonly to: string },
  ): Promise<string> {
    const { id, change } = await upsert(this.client, wish);
    const code = wish.where['code'];
    if (typeof code === 'string') this.ids.set(`${wish.table} ${code}`, id);
    const told: Change = replaced ? { ...change, kind: 'updated', fields: [replaced] } : change;
    this.changes.push(told);
    if (told.kind !== 'unchanged') await this.audit(wish, id, told);
    return id;
  }

  private audit(wish: Upsert, id: string, change: Change): Promise<void> {
    const pick = (side: 'from' | 'to') =>
      Object.fromEntries(change.fields.map((field) => [field.name, field[side]]));
    return writeAudit(this.client, {
      staffEmail: this.options.actor,
      action: change.kind === 'created' ? 'new' : 'edit',
      resource: RESOURCES[wish.table],
      recordId: id,
      before: change.kind === 'created' ? null : pick('from'),
      after: pick('to'),
      requestId: this.options.actor,
      address: null,
    });
  }

  private async idOf(
    table: 'suppliers' | 'products' | 'platforms',
    code: string,
  ): Promise<string | undefined> {
    const key = `${table} ${code}`;
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const { rows } = await this.client.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE code = $1`,
      [code],
    );
    if (rows[0]) this.ids.set(key, rows[0].id);
    return rows[0]?.id;
  }

  private async require(
    table: 'suppliers' | 'products' | 'platforms',
    code: string,
    pointer: string,
  ): Promise<string | undefined> {
    const id = await this.idOf(table, code);
    if (id === undefined)
      this.fault(
        pointer,
        `there is no ${table.slice(0, -1)} ${code}, neither here nor in the file`,
      );
    return id;
  }

  private fault(pointer: string, detail: string): void {
    this.faults.push({ pointer, detail });
  }
}

const RESOURCES = {
  suppliers: 'Supplier',
  products: 'Product',
  prices: 'Price',
  supply_routes: 'SupplyRoute',
} as const;

/** Amounts become hao. */
function hao(amount: string | number | null | undefined): number | null | undefined {
  return amount === null || amount === undefined ? amount : parseYuan(String(amount));
}

/** Only what the document says. */
function given(columns: Readonly<Record<string, ColumnValue | undefined>>): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter((pair): pair is [string, ColumnValue] => pair[1] !== undefined),
  );
}
