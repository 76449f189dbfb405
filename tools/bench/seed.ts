import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { CardVault, MasterKeys, secretContext } from '#domain/stores';

export interface SeededPlatform {
  readonly id: string;
  readonly code: string;
  readonly credentialId: string;
  readonly accountId: string;
  readonly key: string;
  readonly secret: string;
}

/** What the measured programs need to know of the database. */
export interface Seeded {
  readonly platforms: readonly SeededPlatform[];
  readonly productId: string;
  readonly productCode: string;
  readonly revenueAccountId: string;
}

const UNIT_PRICE_HAO = 985_000;
/** 100 million yuan: no run can spend it. */
const BALANCE_HAO = 1_000_000_000_000;
const CARDS_PER_STATEMENT = 5_000;

/** A product, and platforms that can pay for any number of its cards. */
export async function seedTrade(
  client: pg.Client,
  masterKeys: MasterKeys,
  platformCount: number,
): Promise<Seeded> {
  const idOf = async (sql: string, values: unknown[]): Promise<string> => {
    const { rows } = await client.query<{ id: string }>(sql, values);
    return rows[0]?.id ?? '';
  };
  const account = `INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
    VALUES ($1, $2, $3, $4, $5) RETURNING id`;
  const revenueAccountId =
    (await idOf(`SELECT id FROM ledger_accounts WHERE code = 'revenue'`, [])) ||
    (await idOf(account, ['revenue', 'revenue', null, null, null]));
  const product = await addProduct(client, 'BENCH-100');
  const platforms: SeededPlatform[] = [];
  for (let number = 1; number <= platformCount; number += 1) {
    const code = `bench-${number}`;
    const key = `ak_${code}_${randomBytes(8).toString('hex')}`;
    const secret = randomBytes(32).toString('base64url');
    const id = await idOf(
      `INSERT INTO platforms (code, name, is_sandbox) VALUES ($1, $1, true) RETURNING id`,
      [code],
    );
    const accountId = await idOf(account, [code, 'platform-balance', id, BALANCE_HAO, 0]);
    const sealed = masterKeys.seal(Buffer.from(secret), secretContext.apiCredential(key));
    const credentialId = await idOf(
      'INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, $3) RETURNING id',
      [id, key, sealed],
    );
    platforms.push({ id, code, credentialId, accountId, key, secret });
  }
  return { platforms, ...product, revenueAccountId };
}

export type SeededProduct = Pick<Seeded, 'productId' | 'productCode'>;

/** A product on sale at one price, without cards. */
export async function addProduct(client: pg.Client, productCode: string): Promise<SeededProduct> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO products (code, name, status) VALUES ($1, 'benchmark', 'on-sale') RETURNING id`,
    [productCode],
  );
  const productId = rows[0]?.id ?? '';
  await client.query('INSERT INTO prices (product_id, unit_price_hao) VALUES ($1, $2)', [
    productId,
    UNIT_PRICE_HAO,
  ]);
  return { productId, productCode };
}

/** Fills the queue up to `wanted` cards, sealed as an import would seal them. */
export async function stockUp(
  client: pg.Client,
  vault: CardVault,
  productId: string,
  wanted: number,
): Promise<void> {
  const { rows } = await client.query<{ count: string }>(
    'SELECT count(*) FROM card_stock WHERE product_id = $1',
    [productId],
  );
  let missing = wanted - Number(rows[0]?.count);
  if (missing <= 0) return;
  const batch = await client.query<{ id: string }>('SELECT uuidv7() AS id');
  const batchId = batch.rows[0]?.id ?? '';
  const dataKeySealed = vault.newDataKey(batchId);
  await client.query(
    `INSERT INTO card_batches (id, batch_no, name, product_id, imported_count, data_key_sealed)
     VALUES ($1, $2, 'benchmark', $3, $4, $5)`,
    [batchId, `B-${batchId.slice(-12)}`, productId, missing, dataKeySealed],
  );
  for (; missing > 0; missing -= CARDS_PER_STATEMENT) {
    const count = Math.min(missing, CARDS_PER_STATEMENT);
    await addCards(client, vault, { productId, batchId, dataKeySealed, count });
  }
  await client.query('VACUUM ANALYZE card_stock, cards');
}

async function addCards(
  client: pg.Client,
  vault: CardVault,
  to: { productId: string; batchId: string; dataKeySealed: Buffer; count: number },
): Promise<void> {
  const { productId, batchId, dataKeySealed } = to;
  const { rows } = await client.query<{ id: string }>(
    `SELECT nextval('cards_id_seq') AS id FROM generate_series(1, $1)`,
    [to.count],
  );
  const cards = rows.map(({ id }) => {
    const card = {
      cardNo: `BENCH-${randomBytes(8).toString('hex')}`,
      cardPassword: randomBytes(6).toString('hex'),
    };
    return {
      id,
      sealed: vault.seal({ ...card, cardId: id, productId, batchId }, dataKeySealed),
      fingerprint: vault.fingerprint(card),
    };
  });
  await client.query(
    `WITH added AS (
       INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint)
       SELECT id, $1, $2, sealed, fingerprint
       FROM unnest($3::bigint[], $4::bytea[], $5::bytea[]) AS c(id, sealed, fingerprint))
     INSERT INTO card_stock (card_id, product_id, batch_id) SELECT id, $1, $2 FROM unnest($3::bigint[]) AS c(id)`,
    [
      productId,
      batchId,
      cards.map((card) => card.id),
      cards.map((card) => card.sealed),
      cards.map((card) => card.fingerprint),
    ],
  );
}
