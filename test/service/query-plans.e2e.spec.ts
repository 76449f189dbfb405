import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { acceptOrders, fillWaitingOrders } from '#domain/stores';
import { aBuyer, aSubmit } from '../support/accepting.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aProduct } from '../support/trade.js';

const STOCK_ROWS = 300_000;
const ORDER_ROWS = 50_000;
const WITHIN_MS = 60_000;
/** Tables that grow with every sale or import. */
const GROWING = new Set(['card_stock', 'cards', 'orders', 'order_units', 'deliveries']);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** One node of a plan, and the statement it belongs to. */
interface Access {
  readonly node: string;
  readonly table: string | undefined;
  readonly index: string | undefined;
  readonly statement: string;
}

describe('the generic plans of accepting and filling', () => {
  let database: TestDatabase;
  let db: pg.Client;
  let pool: pg.Pool;
  let statements: Set<string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new pg.Client({ connectionString: database.url });
    await db.connect();
    pool = openSqlPool(database.url, 2, 'test');
    statements = await statementsOfOneSale();
  });

  afterAll(async () => {
    await pool.end();
    await db.end();
    await database.drop();
  });

  it('read no growing table from end to end even when they are made while the tables are empty', async () => {
    // A connection keeps the plan of its first use for hours: what is harmless on an empty table is a standstill later.
    expect(whole(await accesses())).toEqual([]);
  });

  it(
    `read no growing table from end to end with ${STOCK_ROWS} cards of one product in stock`,
    async () => {
      await growStock();
      expect(whole(await accesses())).toEqual([]);
    },
    WITHIN_MS,
  );

  it('take cards by their place and find them, and waiting orders, by index', async () => {
    const found = await accesses();
    const of = (table: string): (string | undefined)[] =>
      found.filter((access) => access.table === table).map(({ index, node }) => index ?? node);
    expect(of('card_stock')).toEqual(
      expect.arrayContaining(['Tid Scan', 'ix_card_stock_product_id_expires_on_card_id']),
    );
    expect(of('orders')).toEqual(
      expect.arrayContaining(['ix_orders_waiting', 'ix_orders_merchant_order_no_platform_id']),
    );
  });

  /** Sells one card and fills one waiting order, and notes each statement that is sent. */
  async function statementsOfOneSale(): Promise<Set<string>> {
    const texts = new Set<string>();
    pool.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      const noting = (...args: unknown[]): unknown => {
        const [first] = args;
        texts.add(typeof first === 'string' ? first : (first as pg.QueryConfig).text);
        return query(...args);
      };
      Object.assign(client, { query: noting });
    });
    const buyer = await aBuyer(db);
    const product = await aProduct(db);
    await product.stock(1);
    const nowMs = Date.now();
    const submits = [aSubmit(buyer, product.code), aSubmit(buyer, product.code)];
    const answers = await acceptOrders(pool, submits, { nowMs, startWorkflows: 'all' });
    expect(answers.map((answer) => answer.kind)).toEqual(['accepted', 'accepted']);
    await product.stock(1);
    const filled = await fillWaitingOrders(pool, { productId: product.id, nowMs });
    expect(filled.deliveredUnits).toBe(1);
    return new Set([...texts].filter((text) => !/^(BEGIN|COMMIT)$/.test(text)));
  }

  /** Cheap rows: nothing here opens a card. */
  async function growStock(): Promise<void> {
    const product = await aProduct(db);
    await db.query(
      `WITH c AS (
         INSERT INTO cards (product_id, batch_id, sealed, fingerprint)
         SELECT $1, uuidv7(), '\\x00', decode(md5(number::text), 'hex') FROM generate_series(1, $2::int) AS number
         RETURNING id, batch_id)
       INSERT INTO card_stock (card_id, product_id, batch_id) SELECT id, $1, batch_id FROM c`,
      [product.id, STOCK_ROWS],
    );
    await db.query(
      `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
         delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
       SELECT 'O' || number, uuidv7(), 'M' || number, '\\x00', $1, $2, 1, 1, 1, 100, 'succeeded', now(), now()
       FROM generate_series(1, $3::int) AS number`,
      [product.id, product.code, ORDER_ROWS],
    );
    await db.query('ANALYZE cards, card_stock, orders');
  }

  /** Plans as a connection of the pool would make and keep them. */
  async function accesses(): Promise<Access[]> {
    const client = await pool.connect();
    const found: Access[] = [];
    for (const statement of statements) {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${statement}`,
      );
      const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
      if (plan) found.push(...walk(plan.Plan, statement));
    }
    client.release();
    return found;
  }
});

function walk(node: PlanNode, statement: string): Access[] {
  const own = {
    node: node['Node Type'],
    table: node['Relation Name'],
    index: node['Index Name'],
    statement: statement.trim().slice(0, 60),
  };
  return [own, ...(node.Plans ?? []).flatMap((child) => walk(child, statement))];
}

const whole = (found: readonly Access[]): Access[] =>
  found.filter(({ node, table }) => node === 'Seq Scan' && GROWING.has(table ?? ''));
