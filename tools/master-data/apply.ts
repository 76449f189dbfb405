import type pg from 'pg';
import { canMove, PRODUCT_MOVES, type ProductStatus } from '#domain';
import { mayGoOnSaleIn, openSupplierAccount, refreshGatesIn, writeAudit } from '#domain/stores';
import { upsert, type Change, type Upsert } from './changes.js';
import {
  LACKS,
  missingOfNew,
  missingSecret,
  readSecrets,
  sealedSecret,
  wakeWaitingOrders,
  type ApplyOptions,
} from './supplier-parts.js';
import { given, hao, productColumns, routeColumns, supplierColumns } from './columns.js';
import type {
  Fault,
  MasterDataDocument,
  PriceEntry,
  ProductEntry,
  RouteEntry,
  SupplierEntry,
} from './document.js';

export type { ApplyOptions, SecretWish } from './supplier-parts.js';

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
    await wakeWaitingOrders(this.client, document);
    return { changes: this.changes, faults: [] };
  }

  private async supplier(entry: SupplierEntry, pointer: string): Promise<void> {
    const known = await this.idOf('suppliers', entry.code);
    if (known === undefined) {
      const missing = missingOfNew(entry, pointer);
      this.faults.push(...missing);
      if (missing.length > 0) return;
    }
    const isNamed = entry.credentials?.secret !== undefined;
    const secret = this.secrets.get(entry.code);
    if (isNamed && secret === undefined) this.faults.push(missingSecret(pointer));
    const sealed =
      secret === undefined
        ? undefined
        : await sealedSecret(this.client, this.options.masterKeys, entry, secret);
    const id = await this.write({
      table: 'suppliers',
      what: `supplier ${entry.code}`,
      where: { code: entry.code },
      columns: supplierColumns(entry, sealed),
      defaults: { name: entry.code },
      secret: ['secret_sealed'],
    });
    await this.requireSafeAddress(id, pointer);
    await openSupplierAccount(this.client, { id, code: entry.code });
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
      columns: productColumns(entry),
      defaults: { name: entry.code, wait_seconds: 600 },
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
      columns: routeColumns(entry),
      defaults: entry.isStandby === true && entry.status === undefined ? { status: 'paused' } : {},
    });
  }

  /** Nothing goes on sale that cannot be sold or delivered. */
  private async requireSaleable(document: MasterDataDocument): Promise<void> {
    await refreshGatesIn(this.client, Date.now());
    for (const [index, { code, status }] of (document.products ?? []).entries()) {
      const id = this.ids.get(`products ${code}`);
      if (status !== 'on-sale' || id === undefined) continue;
      const { lacks } = await mayGoOnSaleIn(this.client, id, Date.now());
      if (lacks !== undefined) this.fault(`/products/${index}/status`, LACKS[lacks](code));
    }
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
