import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { CardVault, MasterKeys } from '#domain/stores';

/** Keys of a vault for tests, as the environment would give them. */
export const TEST_MASTER_KEYS = `m1:${Buffer.alloc(32, 1).toString('base64')}`;
export const TEST_FINGERPRINT_KEY = Buffer.alloc(32, 2).toString('base64');

export function testVault(): CardVault {
  return new CardVault(
    MasterKeys.parse(TEST_MASTER_KEYS),
    Buffer.from(TEST_FINGERPRINT_KEY, 'base64'),
  );
}

/** The master data that an order needs, as bare rows. */
export interface Trade {
  readonly platformId: string;
  readonly productId: string;
  readonly batchId: string;
  readonly balanceAccountId: string;
  readonly revenueAccountId: string;
}

const suffix = (): string => randomBytes(4).toString('hex');

/** A platform with 10 000 yuan, a product and a batch of `cards` sealed cards in the queue. */
export async function aTrade(client: pg.Client, { cards }: { cards: number }): Promise<Trade> {
  const vault = testVault();
  const platformId = await insertId(
    client,
    `INSERT INTO platforms (code, name) VALUES ($1, 'test') RETURNING id`,
    [`platform-${suffix()}`],
  );
  const productId = await insertId(
    client,
    `INSERT INTO products (code, name, status) VALUES ($1, 'test', 'on-sale') RETURNING id`,
    [`PRODUCT-${suffix()}`],
  );
  const batchId = await insertId(client, 'SELECT uuidv7() AS id', []);
  const dataKeySealed = vault.newDataKey(batchId);
  await client.query(
    `INSERT INTO card_batches (id, batch_no, name, product_id, imported_count, data_key_sealed)
     VALUES ($1, $2, 'test', $3, $4, $5)`,
    [batchId, `B-${suffix()}`, productId, cards, dataKeySealed],
  );
  for (let index = 0; index < cards; index += 1) {
    const cardId = await insertId(client, `SELECT nextval('cards_id_seq') AS id`, []);
    const card = { cardNo: `NO-${suffix()}-${index}`, cardPassword: suffix() };
    const sealed = vault.seal({ ...card, cardId, productId, batchId }, dataKeySealed);
    await client.query(
      'INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint) VALUES ($1, $2, $3, $4, $5)',
      [cardId, productId, batchId, sealed, vault.fingerprint(card)],
    );
    await client.query(
      'INSERT INTO card_stock (card_id, product_id, batch_id) VALUES ($1, $2, $3)',
      [cardId, productId, batchId],
    );
  }
  return { platformId, productId, batchId, ...(await anAccount(client, platformId)) };
}

async function insertId(client: pg.Client, sql: string, values: unknown[]): Promise<string> {
  const { rows } = await client.query<{ id: string }>(sql, values);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no row came back');
  return id;
}

async function anAccount(
  client: pg.Client,
  platformId: string,
): Promise<Pick<Trade, 'balanceAccountId' | 'revenueAccountId'>> {
  const shared = (code: string): Promise<string> =>
    insertId(
      client,
      `INSERT INTO ledger_accounts (code, kind) VALUES ($1, $1)
       ON CONFLICT (code) DO UPDATE SET kind = EXCLUDED.kind RETURNING id`,
      [code],
    );
  const revenueAccountId = await shared('revenue');
  const bankAccountId = await shared('bank');
  const balanceAccountId = await insertId(
    client,
    `INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
     VALUES ($1, 'platform-balance', $2, 100000000, 0) RETURNING id`,
    [`balance-${suffix()}`, platformId],
  );
  await post(client, 'platform-top-up', null, [
    [bankAccountId, 100_000_000],
    [balanceAccountId, -100_000_000],
  ]);
  return { balanceAccountId, revenueAccountId };
}

/** One balanced entry. */
export async function post(
  client: pg.Client,
  kind: string,
  orderId: string | null,
  lines: readonly (readonly [accountId: string, amountHao: number])[],
): Promise<string> {
  const entryId = await insertId(
    client,
    `INSERT INTO ledger_entries (idempotency_key, kind, order_id, posted_at) VALUES ($1, $2, $3, now()) RETURNING id`,
    [`test:${suffix()}`, kind, orderId],
  );
  await client.query(
    `INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
     SELECT $1::bigint * 64 + r.line_no, $1, r.line_no, r.account_id, r.amount_hao
     FROM unnest($2::uuid[], $3::bigint[]) WITH ORDINALITY AS r(account_id, amount_hao, line_no)`,
    [entryId, lines.map(([accountId]) => accountId), lines.map(([, amountHao]) => amountHao)],
  );
  return entryId;
}

export interface SoldOrder extends Trade {
  readonly orderId: string;
  readonly orderNo: string;
}

const UNIT_PRICE_HAO = 985_000;

/** An order whose rows are all as they must be: delivered from stock, or still waiting. */
export async function anOrderWithRows(
  client: pg.Client,
  trade: Trade,
  { quantity, status }: { quantity: number; status: 'succeeded' | 'processing' },
): Promise<SoldOrder> {
  const isDelivered = status === 'succeeded';
  const amountHao = UNIT_PRICE_HAO * quantity;
  const orderId = await insertId(client, `SELECT nextval('orders_id_seq') AS id`, []);
  const orderNo = `20261122${orderId.padStart(6, '0')}`;
  const callbackUrl = isDelivered ? 'https://shop.example.test/callback' : null;
  await client.query(
    `INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
       delivered_quantity, unit_price_hao, amount_hao, status, callback_url, deadline_at, created_at, updated_at)
     VALUES ($1, $2, $3, $2, '\\x00', $4, 'TEST', $5, $6, $7, $8, $9, $10, $11, now(), now())`,
    [
      ...[
        orderId,
        orderNo,
        trade.platformId,
        trade.productId,
        quantity,
        isDelivered ? quantity : 0,
      ],
      ...[UNIT_PRICE_HAO, amountHao, status, callbackUrl],
      isDelivered ? null : new Date(Date.now() + 600_000),
    ],
  );
  await client.query(
    `INSERT INTO order_units (id, order_id, unit_no, status)
     SELECT $1::bigint * 16384 + no, $1, no, $3 FROM generate_series(1, $2::int) AS no`,
    [orderId, quantity, isDelivered ? 'delivered' : 'pending'],
  );
  await client.query(
    `INSERT INTO order_events (order_id, type, to_status, actor_kind, actor_name, created_at)
     VALUES ($1, 'accepted', $2, 'platform', 'test', now())`,
    [orderId, status],
  );
  if (isDelivered) await deliver(client, trade, orderId, quantity);
  if (callbackUrl)
    await client.query(
      `INSERT INTO callback_deliveries (order_id, order_version, webhook_id, url, status, acknowledged_at, created_at)
       VALUES ($1, 1, $2, $3, 'acknowledged', now(), now())`,
      [orderId, `msg_${orderNo}_1`, callbackUrl],
    );
  await post(client, 'order-charge', orderId, [
    [trade.balanceAccountId, amountHao],
    [trade.revenueAccountId, -amountHao],
  ]);
  await client.query('UPDATE ledger_accounts SET balance_hao = balance_hao - $2 WHERE id = $1', [
    trade.balanceAccountId,
    amountHao,
  ]);
  return { ...trade, orderId, orderNo };
}

async function deliver(
  client: pg.Client,
  trade: Trade,
  orderId: string,
  quantity: number,
): Promise<void> {
  await client.query(
    `WITH taken AS (
       DELETE FROM card_stock WHERE card_id IN (SELECT card_id FROM card_stock WHERE product_id = $2 ORDER BY card_id LIMIT $3)
       RETURNING card_id)
     INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
     SELECT $1::bigint * 16384 + no, $1, no, card_id, now()
     FROM (SELECT card_id, row_number() OVER (ORDER BY card_id)::int AS no FROM taken) AS numbered`,
    [orderId, trade.productId, quantity],
  );
}
