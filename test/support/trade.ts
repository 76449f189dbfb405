import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { testVault } from './sold-order.js';

/** What a product needs to be sold in a test. */
export interface TestProduct {
  readonly id: string;
  readonly code: string;
  /** Puts so many new cards into stock, as an import would, without telling anybody. */
  readonly stock: (count: number) => Promise<void>;
}

/** A product on sale at 98.50 yuan, or as told. */
export async function aProduct(
  db: pg.Client,
  product: {
    readonly mayWait?: boolean;
    readonly status?: string;
    readonly priceHao?: number;
  } = {},
): Promise<TestProduct> {
  const code = `CARD-${randomBytes(4).toString('hex')}`;
  const inserted = await db.query<{ id: string }>(
    `INSERT INTO products (code, name, status, may_wait) VALUES ($1, 'test', $2, $3) RETURNING id`,
    [code, product.status ?? 'on-sale', product.mayWait ?? true],
  );
  const id = inserted.rows[0]?.id ?? '';
  // A price of this very millisecond may not be valid yet for a clock that is a little behind.
  await db.query(
    `INSERT INTO prices (product_id, unit_price_hao, valid_from) VALUES ($1, $2, now() - interval '1 minute')`,
    [id, product.priceHao ?? 985_000],
  );
  return { id, code, stock: (count) => stockCards(db, id, count) };
}

async function stockCards(db: pg.Client, productId: string, count: number): Promise<void> {
  const vault = testVault();
  const found = await db.query<{ id: string; ids: string[] }>(
    `SELECT uuidv7() AS id, array_agg(nextval('cards_id_seq')) AS ids FROM generate_series(1, $1::int)`,
    [count],
  );
  const { id: batchId = '', ids = [] } = found.rows[0] ?? {};
  const dataKeySealed = vault.newDataKey(batchId);
  await db.query(
    `INSERT INTO card_batches (id, batch_no, name, product_id, imported_count, data_key_sealed)
     VALUES ($1, $2, 'test', $3, $4, $5)`,
    [batchId, `B-${batchId.slice(-12)}`, productId, count, dataKeySealed],
  );
  const cards = ids.map((cardId) => {
    const secret = { cardNo: `NO-${batchId}-${cardId}`, cardPassword: `PW-${cardId}` };
    const sealed = vault.seal({ ...secret, cardId, productId, batchId }, dataKeySealed);
    return { sealed, fingerprint: vault.fingerprint(secret) };
  });
  await db.query(
    `WITH c AS (
       INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint)
       SELECT r.id, $1, $2, r.sealed, r.fingerprint
       FROM unnest($3::bigint[], $4::bytea[], $5::bytea[]) AS r(id, sealed, fingerprint) RETURNING id)
     INSERT INTO card_stock (card_id, product_id, batch_id) SELECT id, $1, $2 FROM c`,
    [
      productId,
      batchId,
      ids,
      cards.map((card) => card.sealed),
      cards.map((card) => card.fingerprint),
    ],
  );
}
