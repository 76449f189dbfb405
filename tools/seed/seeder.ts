import { hash } from '@node-rs/argon2';
import type pg from 'pg';
import { invariant, parseYuan, PASSWORD_COST, passwordText, shanghaiDate } from '#domain';
import { inTransaction } from '#domain/database';
import { CardVault, createPlatformAccount, importCards, secretContext } from '#domain/stores';
import { applyMasterData } from '../master-data/apply.js';
import { SAMPLE_SUPPLIERS } from '../simulator/sample-suppliers.js';
import type { SampleSecrets, SeedConfig } from './config.js';
import { addPrepaidSettlement } from './sample-settlement.js';
import { addSampleStock } from './sample-stock.js';
import { addSampleLargeOrder } from './sample-large.js';
import { addSampleStatements } from './sample-statements.js';
import { sampleSupply } from './sample-supply.js';
import { addSampleMoney, askSampleApproval } from './sample-money.js';
import { sampleCardFile } from './sample-cards.js';
import {
  SAMPLE_CUSTOMERS,
  SAMPLE_PLATFORMS,
  SAMPLE_PRODUCTS,
  SAMPLE_STAFF_NAMES,
  SAMPLE_WAIT_SECONDS,
  type SamplePlatform,
  type SampleProduct,
} from './sample-data.js';

/** Loads sample data. What is already there stays as it is: staff may have changed it, platforms spent it. */
export class Seeder {
  constructor(
    private readonly pool: pg.Pool,
    private readonly config: SeedConfig,
    private readonly nowMs: number,
  ) {}

  /** People that are not there yet; passwords are hashed only for those. */
  async addStaff(people: SampleSecrets['staff']): Promise<number> {
    const emails = people.map((person) => person.email.toLowerCase());
    const found = await this.pool.query<{ email: string }>(
      'SELECT email FROM staff WHERE email = ANY($1)',
      [emails],
    );
    const known = new Set(found.rows.map((row) => row.email));
    const fresh = people.filter((person) => !known.has(person.email.toLowerCase()));
    for (const person of fresh)
      await this.pool.query(
        `INSERT INTO staff (email, name, role, password_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING`,
        [
          person.email.toLowerCase(),
          SAMPLE_STAFF_NAMES[person.role] ?? person.role,
          person.role,
          await hash(passwordText(person.password), PASSWORD_COST),
        ],
      );
    return fresh.length;
  }

  async addTrade(): Promise<void> {
    for (const platform of SAMPLE_PLATFORMS) await this.addPlatform(platform);
    await inTransaction(this.pool, (client) =>
      askSampleApproval(client, this.config.secrets.staff, this.nowMs),
    );
    for (const product of SAMPLE_PRODUCTS) await this.addProduct(product);
    await this.addSupply();
    for (const customer of SAMPLE_CUSTOMERS)
      await this.pool.query(
        `INSERT INTO customers (platform_id, customer_no, name, remark)
         SELECT id, $2, $3, $4 FROM platforms WHERE code = $1 ON CONFLICT (platform_id, customer_no) DO NOTHING`,
        [customer.platform, customer.customerNo, customer.name, customer.remark],
      );
    // Prices count from the moment they were made.
    await addSampleLargeOrder(this.pool, Date.now() + 1);
    await addSampleStatements(this.pool, this.nowMs);
  }

  /** Suppliers on the simulator, and what is bought from them. Only what is missing is made; the address follows. */
  private async addSupply(): Promise<void> {
    const { simulatorUrl, masterKeys } = this.config;
    const { rows } = await this.pool.query<{ code: string }>(
      'SELECT code FROM suppliers UNION SELECT code FROM products',
    );
    const known = new Set(rows.map((row) => row.code));
    const document = sampleSupply(simulatorUrl, (code) => !known.has(code));
    const { faults } = await applyMasterData(this.pool, document, {
      masterKeys,
      actor: 'sample data',
      isDryRun: false,
      secretOf: (wish) => Promise.resolve(typeof wish === 'string' ? wish : undefined),
    });
    if (faults.length > 0) throw new Error(`sample suppliers: ${JSON.stringify(faults)}`);
    await addSampleStock(this.pool);
    await this.pool.query(
      `UPDATE suppliers SET base_url = $1 || '/s/' || code WHERE code = ANY($2) AND is_sandbox
         AND base_url <> $1 || '/s/' || code`,
      [simulatorUrl, SAMPLE_SUPPLIERS.map(({ code }) => code)],
    );
  }

  private async addPlatform(platform: SamplePlatform): Promise<void> {
    const given = this.config.secrets.platforms.find((one) => one.code === platform.code);
    if (!given)
      throw new Error(`the secrets file has no keys of the sample platform ${platform.code}`);
    const { masterKeys } = this.config;
    const context = secretContext.platformCallback(platform.code);
    await this.pool.query(
      `INSERT INTO platforms (code, name, is_sandbox, callback_hosts, rate_limit_per_second, rate_limit_burst, callback_secret_sealed,
         large_order_from_hao)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (code) DO NOTHING`,
      [
        platform.code,
        platform.name,
        platform.isSandbox,
        platform.callbackHosts,
        platform.rateLimit?.perSecond ?? null,
        platform.rateLimit?.burst ?? null,
        masterKeys.seal(Buffer.from(given.callbackSecret), context),
        haoOf(platform.largeOrderFrom),
      ],
    );
    const id = await this.idOf('platforms', platform.code);
    await this.pool.query(
      `INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING`,
      [
        id,
        given.key,
        masterKeys.seal(Buffer.from(given.secret), secretContext.apiCredential(given.key)),
      ],
    );
    await createPlatformAccount(this.pool, { id, code: platform.code });
    if (platform.code === 'demo')
      await addPrepaidSettlement(this.pool, { id, name: platform.name }, this.nowMs);
    await inTransaction(this.pool, (client) => addSampleMoney(client, id, platform, this.nowMs));
  }

  private async addProduct(product: SampleProduct): Promise<void> {
    await this.pool.query(
      `INSERT INTO products (code, name, kind, status, may_wait, wait_seconds)
       VALUES ($1, $2, 'card', $3, $4, $5) ON CONFLICT (code) DO NOTHING`,
      [
        product.code,
        product.name,
        product.isOnSale ? 'on-sale' : 'off-sale',
        product.mayWait,
        SAMPLE_WAIT_SECONDS,
      ],
    );
    const id = await this.idOf('products', product.code);
    await this.pool.query(
      `INSERT INTO prices (product_id, unit_price_hao)
       SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM prices WHERE product_id = $1)`,
      [id, haoOf(product.price)],
    );
    await this.addCards(product, id);
  }

  /** Stocked once: sold cards are not replaced. */
  private async addCards(product: SampleProduct, productId: string): Promise<void> {
    const stocked = await this.pool.query(
      'SELECT 1 FROM card_batches WHERE product_id = $1 LIMIT 1',
      [productId],
    );
    if (product.cardCount === 0 || stocked.rowCount !== 0) return;
    const today = shanghaiDate(this.nowMs);
    const file = sampleCardFile(product.code, product.cardCount, Number(today.slice(0, 4)) + 1);
    const vault = new CardVault(this.config.masterKeys, this.config.fingerprintKey);
    await importCards(this.pool, vault, file, {
      productCode: product.code,
      fileName: `sample-${product.code}.csv`,
      batchName: `示例卡密 ${product.code}`,
      encoding: 'auto',
      startedBy: 'sample data',
      today,
    });
  }

  private async idOf(table: 'platforms' | 'products', code: string): Promise<string> {
    const found = await this.pool.query<{ id: string }>(`SELECT id FROM ${table} WHERE code = $1`, [
      code,
    ]);
    const row = found.rows[0];
    invariant(row, `${table} has ${code}`);
    return row.id;
  }
}

function haoOf(yuan: string): number {
  const hao = parseYuan(yuan);
  invariant(hao !== undefined, `${yuan} is an amount`);
  return hao;
}
