import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { OrderSubmission } from '#domain/stores';

/** Who orders in a test of the accepting transaction itself. */
export interface Buyer {
  readonly platformId: string;
  readonly platformCode: string;
  readonly credentialId: string;
}

/** A platform with 1 000 000 yuan and a key; and the revenue account, if it is not there. */
export async function aBuyer(db: pg.Client): Promise<Buyer> {
  const platformCode = `buyer-${randomBytes(4).toString('hex')}`;
  await db.query(
    `INSERT INTO ledger_accounts (code, kind) VALUES ('revenue', 'revenue') ON CONFLICT DO NOTHING`,
  );
  const { rows } = await db.query<{ platform_id: string; credential_id: string }>(
    `WITH p AS (
       INSERT INTO platforms (code, name) VALUES ($1, 'test') RETURNING id
     ), a AS (
       INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
       SELECT $1, 'platform-balance', id, 10000000000, 0 FROM p
     )
     INSERT INTO api_credentials (platform_id, key, secret_sealed)
     SELECT id, $1, decode('00', 'hex') FROM p RETURNING platform_id, id AS credential_id`,
    [platformCode],
  );
  const [row] = rows;
  if (!row) throw new Error('no credential came back');
  return { platformId: row.platform_id, platformCode, credentialId: row.credential_id };
}

/** A submit that was never seen before. */
export function aSubmit(buyer: Buyer, productCode: string, quantity = 1): OrderSubmission {
  const unique = randomBytes(16).toString('hex');
  return {
    ...buyer,
    nonce: unique,
    fingerprint: unique + unique,
    waitMs: 0,
    request: {
      merchantOrderNo: unique,
      productCode,
      quantity,
      account: {},
      maxAmountHao: null,
      callbackUrl: null,
      customerNo: null,
      saleChannel: null,
      remark: null,
    },
  };
}
