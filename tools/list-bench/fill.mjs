/** @typedef {{ cards: number, orders: number }} Size */

const CHUNK = 500_000;
const TABLES = ['cards', 'card_stock', 'orders', 'order_units', 'deliveries', 'order_events'];
const UNITS_OF_ORDER = 16_384;

/**
 * Cards of which the first belong to orders and the rest are in stock; orders over a year, most of them delivered. Written past
 * the product's own scripts, which would take hours: what is measured is reading.
 * @param {import('pg').Client} client @param {Size} size @param {(text: string) => void} say
 */
export async function fill(client, size, say) {
  const place = await prepare(client, size);
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off`);
  const indexes = await dropIndexes(client);
  const inChunks = chunks(client, say);
  await fillCards(inChunks, size, place);
  await fillOrders(inChunks, size, place);
  for (const definition of indexes) await client.query(definition);
  say(`${indexes.length} indexes`);
  await client.query(`RESET session_replication_role`);
  for (const table of TABLES) {
    await client.query(`VACUUM (ANALYZE) ${table}`);
    await client
      .query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), max(id)) FROM ${table}`)
      .catch(() => undefined);
  }
  say('vacuumed');
}

/** @typedef {{ product: string, batch: string, cardsFrom: number, ordersFrom: number }} Place */
/** @typedef {(what: string, count: number, sql: (from: number, to: number) => string) => Promise<void>} InChunks */

/** The product of it all, and the last keys that are taken. @param {import('pg').Client} client @param {Size} size @returns {Promise<Place>} */
async function prepare(client, size) {
  const product = await idOf(
    client,
    `INSERT INTO products (code, name, kind, status) VALUES ('LISTS-10', '列表测试商品', 'card', 'off-sale') RETURNING id`,
  );
  const batch = await idOf(
    client,
    `INSERT INTO card_batches (batch_no, name, product_id, data_key_sealed, imported_count)
     VALUES ('LISTS', '列表测试批次', '${product}', '\\x00', ${size.cards}) RETURNING id`,
  );
  const { rows } = await client.query(
    'SELECT (SELECT max(id) FROM cards) AS cards, (SELECT max(id) FROM orders) AS orders',
  );
  const cardsFrom = Number(rows[0].cards ?? 0);
  const ordersFrom = Number(rows[0].orders ?? 0);
  return { product, batch, cardsFrom, ordersFrom };
}

/** @param {import('pg').Client} client @param {(text: string) => void} say @returns {InChunks} */
const chunks = (client, say) => async (what, count, sql) => {
  for (let from = 1; from <= count; from += CHUNK)
    await client.query(sql(from, Math.min(count, from + CHUNK - 1)));
  say(`${count.toLocaleString('en')} ${what}`);
};

/** @param {InChunks} inChunks @param {Size} size @param {Place} place */
async function fillCards(inChunks, size, { product, batch, cardsFrom }) {
  await inChunks(
    'cards',
    size.cards,
    (from, to) => `
      INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint, created_at)
      SELECT ${cardsFrom} + n, '${product}', '${batch}', decode(repeat(md5(n::text), 4), 'hex'), sha256(n::text::bytea),
        now() - interval '400 days' + n * (interval '400 days' / ${size.cards})
      FROM generate_series(${from}, ${to}) AS n`,
  );
  await inChunks(
    'cards in stock',
    size.cards - size.orders,
    (from, to) => `
      INSERT INTO card_stock (card_id, product_id, batch_id)
      SELECT ${cardsFrom + size.orders} + n, '${product}', '${batch}' FROM generate_series(${from}, ${to}) AS n`,
  );
}

/** @param {InChunks} inChunks @param {Size} size @param {Place} place */
async function fillOrders(inChunks, size, { product, cardsFrom, ordersFrom }) {
  await inChunks(
    'orders',
    size.orders,
    (from, to) => `
      WITH p AS (SELECT array_agg(id ORDER BY code) AS ids FROM platforms)
      INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, customer_no,
        quantity, delivered_quantity, unit_price_hao, amount_hao, refunded_hao, status, created_at, updated_at)
      SELECT ${ordersFrom} + n, '20250101' || lpad(n::text, 9, '0'), p.ids[1 + n % array_length(p.ids, 1)], 'L' || n,
        '\\x00', '${product}', 'LISTS-10', 'LC' || n % 100000, 1, (n % 500 <> 0)::int, 985000, 985000,
        CASE WHEN n % 500 = 0 THEN 985000 ELSE 0 END,
        CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'succeeded' END, at, at
      FROM p, generate_series(${from}, ${to}) AS n,
        LATERAL (SELECT now() - interval '365 days' + n * (interval '365 days' / ${size.orders}) AS at) AS t`,
  );
  await inChunks(
    'units and deliveries',
    size.orders,
    (from, to) => `
      WITH u AS (
        INSERT INTO order_units (id, order_id, unit_no, status)
        SELECT (${ordersFrom} + n) * ${UNITS_OF_ORDER}, ${ordersFrom} + n, 0, CASE WHEN n % 500 = 0 THEN 'released' ELSE 'delivered' END
        FROM generate_series(${from}, ${to}) AS n)
      INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, delivered_at)
      SELECT (${ordersFrom} + n) * ${UNITS_OF_ORDER}, ${ordersFrom} + n, 0, ${cardsFrom} + n, now()
      FROM generate_series(${from}, ${to}) AS n WHERE n % 500 <> 0`,
  );
  await inChunks(
    'events',
    size.orders,
    (from, to) => `
      INSERT INTO order_events (order_id, type, to_status, actor_kind, actor_name, created_at)
      SELECT ${ordersFrom} + n, 'accepted', 'accepted', 'platform', 'lists',
        now() - interval '365 days' + n * (interval '365 days' / ${size.orders})
      FROM generate_series(${from}, ${to}) AS n`,
  );
}

/** @param {import('pg').Client} client @param {string} sql */
const idOf = async (client, sql) => String((await client.query(sql)).rows[0].id);

/** Indexes are made anew after the rows; those of a constraint stay. @param {import('pg').Client} client */
async function dropIndexes(client) {
  const { rows } = await client.query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY($1)
     AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    [TABLES],
  );
  for (const { indexname } of rows) await client.query(`DROP INDEX "${indexname}"`);
  return rows.map(({ indexdef }) => String(indexdef));
}
