import pg, { type Pool } from 'pg';
import { openSqlPool } from '#domain/database';
import {
  acceptOrders,
  acceptStage,
  advanceLargeOrder,
  beginSnapshot,
  endOrder,
  extendDeadline,
  readOrderById,
  presentOrder,
  recordLargePayment,
  runChecks,
  type LargeOrderStanding,
} from '#domain/stores';
import type { OrderView } from '#domain';
import { aBuyer, aSubmit, type Buyer } from './accepting.js';
import { createTestDatabase, withClient, type TestDatabase } from './postgres.js';
import { testVault } from './sold-order.js';
import { aProduct, type TestProduct } from './trade.js';

const STAFF = { kind: 'staff', name: 'finance@example.test' } as const;
const SYSTEM = { kind: 'system', name: 'workflow' } as const;

/** A platform with 1,000,000 yuan whose orders are large from 500 yuan on. */
export async function aLargeBuyer(db: pg.Client, plan = 'standard'): Promise<Buyer> {
  const buyer = await aBuyer(db);
  await db.query(
    `INSERT INTO ledger_accounts (code, kind) VALUES ('bank', 'bank') ON CONFLICT DO NOTHING`,
  );
  await db.query(
    `WITH topped AS (
       INSERT INTO ledger_entries (idempotency_key, kind, posted_at) VALUES ('opening:' || $1::text, 'platform-top-up', now()) RETURNING id)
     INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
     SELECT topped.id * 64 + r.line_no, topped.id, r.line_no, a.id, r.amount_hao
     FROM topped, (VALUES (1, 10000000000), (2, -10000000000)) AS r(line_no, amount_hao)
     JOIN ledger_accounts a ON (r.line_no = 1 AND a.code = 'bank') OR (r.line_no = 2 AND a.platform_id = $1::uuid)`,
    [buyer.platformId],
  );
  await db.query(
    `UPDATE platforms SET large_order_from_hao = 5000000,
       delivery_plan_id = (SELECT id FROM delivery_plans WHERE code = $2) WHERE id = $1`,
    [buyer.platformId, plan],
  );
  return buyer;
}

/** One large order with all that can be done to it, at whatever time a test says. */
export class LargeStory {
  private serial = 0;

  private constructor(
    public pool: Pool,
    readonly orderId: string,
    public nowMs: number,
  ) {}

  static async begin(
    pool: Pool,
    buyer: Buyer,
    product: Pick<TestProduct, 'code'>,
    { quantity = 10, nowMs = Date.now() }: { quantity?: number; nowMs?: number } = {},
  ): Promise<LargeStory> {
    const submit = { ...aSubmit(buyer, product.code, quantity), platformLargeFromHao: 5_000_000 };
    const [acceptance] = await acceptOrders(pool, [submit], { nowMs, startWorkflows: 'all' });
    if (acceptance?.kind !== 'accepted') throw new Error(`not accepted: ${acceptance?.kind}`);
    return new LargeStory(pool, acceptance.order.id, nowMs);
  }

  /** Lets time pass; nobody looks. */
  pass(seconds: number): void {
    this.nowMs += seconds * 1_000;
  }

  pay(yuan: number, given: { source?: 'bank' | 'balance'; reference?: string } = {}) {
    this.serial += 1;
    return recordLargePayment(this.pool, {
      orderId: this.orderId,
      source: given.source ?? 'bank',
      reference: given.reference ?? `BANK-${this.orderId}-${this.serial}`,
      amountHao: Math.round(yuan * 10_000),
      payer: 'Somebody Ltd.',
      actor: STAFF,
      nowMs: this.nowMs,
    });
  }

  accept(stageNo: number): Promise<LargeOrderStanding> {
    const { orderId, nowMs } = this;
    return acceptStage(this.pool, { orderId, stageNo, actor: STAFF, nowMs });
  }

  extend(dueAtMs: number): Promise<LargeOrderStanding> {
    const { orderId, nowMs } = this;
    const reason = 'the bank is closed';
    return extendDeadline(this.pool, { orderId, dueAtMs, reason, actor: STAFF, nowMs });
  }

  look(): Promise<LargeOrderStanding> {
    const { orderId, nowMs } = this;
    return advanceLargeOrder(this.pool, { orderId, actor: SYSTEM, nowMs });
  }

  cancel() {
    const { orderId, nowMs } = this;
    const command = { orderId, to: 'cancelled', failCode: 'cancelled-by-platform' } as const;
    return endOrder(this.pool, { ...command, actor: STAFF, nowMs });
  }

  async view(): Promise<OrderView> {
    const order = await readOrderById(this.pool, testVault(), this.orderId);
    if (!order) throw new Error('the order is gone');
    return presentOrder(order, 'zh-CN');
  }
}

/** Checks that compare with the database's own clock: those of tests go their own way. */
const OF_THE_CLOCK = new Set(['large-order-moves-on', 'accepted-order-ends-in-time']);

/** A database with large orders, and what tests ask of it. */
export class LargeWorld {
  private constructor(
    readonly database: TestDatabase,
    readonly pool: Pool,
    readonly db: pg.Client,
  ) {}

  static async open(): Promise<LargeWorld> {
    const database = await createTestDatabase();
    const db = new pg.Client({ connectionString: database.url });
    await db.connect();
    return new LargeWorld(database, openSqlPool(database.url, 4, 'test'), db);
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.db.end();
    await this.database.drop();
  }

  /** 100 cards at 98.50 yuan: 9,850.00 together, 2,955.00 of it before anything. */
  async aStory(given: { stock?: number; plan?: string } = {}) {
    const buyer = await aLargeBuyer(this.db, given.plan);
    const product = await aProduct(this.db);
    if (given.stock !== 0) await product.stock(given.stock ?? 200);
    const story = await LargeStory.begin(this.pool, buyer, product, { quantity: 100 });
    return { buyer, product, story };
  }

  /** What doctor finds, but for the checks of clocks. */
  async doctorFinds(): Promise<string[]> {
    return withClient(this.database.url, async (client) => {
      await beginSnapshot(client);
      const results = await runChecks(client, { isTemporalAway: true });
      await client.query('ROLLBACK');
      return results
        .filter(({ name }) => !OF_THE_CLOCK.has(name))
        .flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
    });
  }

  async numberOf(text: string, values: unknown[]): Promise<number> {
    const { rows } = await this.db.query<{ n: string }>(`SELECT (${text}) AS n`, values);
    return Number(rows[0]?.n);
  }

  balanceOf(platformId: string, kind = 'platform-balance'): Promise<number> {
    const text = 'SELECT balance_hao FROM ledger_accounts WHERE platform_id = $1 AND kind = $2';
    return this.numberOf(text, [platformId, kind]);
  }

  stockOf(productId: string): Promise<number> {
    return this.numberOf('SELECT count(*) FROM card_stock WHERE product_id = $1', [productId]);
  }

  reservedOf(orderId: string): Promise<number> {
    return this.numberOf('SELECT count(*) FROM card_reservations WHERE order_id = $1', [orderId]);
  }
}
