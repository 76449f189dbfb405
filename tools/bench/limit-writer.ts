import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { shanghaiDate } from '#domain';
import { serve } from './runner.js';
import { latencyOf } from './statistics.js';
import type { Seeded } from './seed.js';

// The limits that the product is compared with: the rows of sold orders, written by nothing but `pg`. No HTTP, no
// signature, no rules, no decryption; ids are counted here. One statement and one commit for each batch.

export interface LimitConfig {
  readonly databaseUrl: string;
  readonly seeded: Seeded;
  readonly batchSize: number;
  readonly connections: number;
  readonly seconds: number;
}

const UNIT_PRICE_HAO = 985_000;
/** Ids set aside for one run: more than it can write. */
const IDS_RESERVED = 10_000_000;

const WRITE = `
  WITH r AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
      WITH ORDINALITY AS r(id, order_no, merchant_order_no, fingerprint, entry_id, nonce, line)
  ), nonces AS (
    INSERT INTO api_nonces (credential_id, nonce, seen_at) SELECT $7::uuid, nonce, $8 FROM r ON CONFLICT DO NOTHING
  ), taken AS (
    DELETE FROM card_stock WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM card_stock WHERE product_id = $9::uuid AND expires_on >= $10::date
      ORDER BY expires_on, card_id LIMIT $11 FOR UPDATE SKIP LOCKED))
    RETURNING card_id
  ), picked AS (
    SELECT card_id, row_number() OVER () AS line FROM taken
  ), o AS (
    INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
      delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
    SELECT id, order_no, $12::uuid, merchant_order_no, decode(fingerprint, 'hex'), $9::uuid, $13, 1, 1, $14, $14,
      'succeeded', $8, $8 FROM r
  ), units AS (
    INSERT INTO order_units (id, order_id, unit_no, status) SELECT id * 16384 + 1, id, 1, 'delivered' FROM r
  ), events AS (
    INSERT INTO order_events (order_id, type, to_status, actor_kind, actor_name, created_at)
    SELECT id, 'accepted', 'succeeded', 'platform', $15, $8 FROM r
  ), delivered AS (
    INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
    SELECT id * 16384 + 1, id, 1, card_id, $8 FROM r JOIN picked USING (line)
  ), entries AS (
    INSERT INTO ledger_entries (id, idempotency_key, kind, order_id, posted_at)
    SELECT entry_id, 'order:' || id || ':charge', 'order-charge', id, $8 FROM r
  ), postings AS (
    INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
    SELECT entry_id * 64 + 1, entry_id, 1, $16::uuid, $14 FROM r
    UNION ALL SELECT entry_id * 64 + 2, entry_id, 2, $17::uuid, 0 - $14 FROM r
  ), balances AS (
    UPDATE ledger_accounts SET balance_hao = balance_hao - $14 * $11 WHERE id = $16::uuid
  )
  SELECT c.sealed FROM picked JOIN cards c ON c.id = picked.card_id`;

serve<LimitConfig>(async (config) => {
  const clients = await Promise.all(Array.from({ length: config.connections }, () => open(config)));
  const ids = await reserveIds(clients[0] as pg.Client);
  return async () => {
    const latencies: number[] = [];
    const endMs = performance.now() + config.seconds * 1000;
    await Promise.all(
      clients.map(async (client, index) => {
        for (let turn = index; performance.now() < endMs; turn += config.connections) {
          const beganMs = performance.now();
          await writeBatch(client, config, ids, turn);
          latencies.push(performance.now() - beganMs);
        }
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    const orders = latencies.length * config.batchSize;
    return {
      orders,
      transactions: latencies.length,
      latency: latencyOf(Float64Array.from(latencies)),
    };
  };
});

async function open({ databaseUrl }: LimitConfig): Promise<pg.Client> {
  const options = '-c plan_cache_mode=force_generic_plan -c jit=off';
  const settings = `${options} -c enable_hashjoin=off -c enable_mergejoin=off`;
  const client = new pg.Client({ connectionString: databaseUrl, options: settings });
  await client.connect();
  return client;
}

interface Ids {
  order: number;
  entry: number;
}

async function reserveIds(client: pg.Client): Promise<Ids> {
  const reserve = async (sequence: string): Promise<number> => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT setval($1::regclass, nextval($1::regclass) + ${IDS_RESERVED}) - ${IDS_RESERVED} AS id`,
      [sequence],
    );
    return Number(rows[0]?.id);
  };
  return { order: await reserve('orders_id_seq'), entry: await reserve('ledger_entries_id_seq') };
}

/** All orders of a batch are one platform's, so that no two connections wait for the same balance. */
async function writeBatch(
  client: pg.Client,
  { seeded, batchSize }: LimitConfig,
  ids: Ids,
  turn: number,
): Promise<void> {
  const platform = seeded.platforms[turn % seeded.platforms.length];
  if (!platform) throw new Error('there is no platform');
  const nowMs = Date.now();
  const random = randomBytes(16 * batchSize).toString('hex');
  const nonces = Array.from({ length: batchSize }, (_, at) => random.slice(at * 32, at * 32 + 32));
  const orderIds = nonces.map(() => (ids.order += 1));
  const day = shanghaiDate(nowMs).replaceAll('-', '');
  const { rowCount } = await client.query({
    name: 'write',
    text: WRITE,
    values: [
      orderIds,
      orderIds.map((id) => day + id),
      nonces.map((nonce) => nonce.slice(0, 20)),
      nonces.map((nonce) => nonce + nonce),
      nonces.map(() => (ids.entry += 1)),
      nonces,
      platform.credentialId,
      new Date(nowMs),
      seeded.productId,
      shanghaiDate(nowMs),
      batchSize,
      platform.id,
      seeded.productCode,
      UNIT_PRICE_HAO,
      platform.code,
      platform.accountId,
      seeded.revenueAccountId,
    ],
  });
  if (rowCount !== batchSize) throw new Error('the stock has run out');
}
