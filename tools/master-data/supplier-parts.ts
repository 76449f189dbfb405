import type pg from 'pg';
import { WAKE_ORDERS_OF_PRODUCTS } from '#domain';
import { sealSupplierSecret, secretContext, type MasterKeys } from '#domain/stores';
import type { Fault, MasterDataDocument, SupplierEntry } from './document.js';

export interface ApplyOptions {
  readonly masterKeys: MasterKeys;
  /** Who does it, for the audit. */
  readonly actor: string;
  readonly isDryRun: boolean;
  /** Turns `{"env": …}` and `{"prompt": true}` into the secret; undefined where it cannot. */
  readonly secretOf: (wish: SecretWish, supplierCode: string) => Promise<string | undefined>;
}

/** A secret as the document gives it, or where it is to be had. */
export type SecretWish = NonNullable<NonNullable<SupplierEntry['credentials']>['secret']>;

/** Asked for before the transaction begins: a person may take a minute. */
export async function readSecrets(
  document: MasterDataDocument,
  { secretOf }: ApplyOptions,
): Promise<ReadonlyMap<string, string | undefined>> {
  const secrets = new Map<string, string | undefined>();
  for (const { code, credentials } of document.suppliers ?? [])
    if (credentials?.secret !== undefined)
      secrets.set(code, await secretOf(credentials.secret, code));
  return secrets;
}

/**
 * The secret as the row keeps it; undefined where the document names none, or where it is the same already: then it stays
 * as it is sealed, so that nothing changes.
 */
export async function sealedSecret(
  client: pg.PoolClient,
  masterKeys: MasterKeys,
  { code }: SupplierEntry,
  secret: string,
): Promise<Buffer | undefined> {
  const { rows } = await client.query<{ secret_sealed: Buffer | null }>(
    'SELECT secret_sealed FROM suppliers WHERE code = $1',
    [code],
  );
  const sealed = rows[0]?.secret_sealed;
  const context = secretContext.supplier(code);
  if (sealed && masterKeys.open(sealed, context).toString('utf8') === secret) return undefined;
  return sealSupplierSecret(masterKeys, code, secret);
}

export const missingSecret = (pointer: string): Fault => ({
  pointer: `${pointer}/credentials/secret`,
  detail: 'the secret is not there: set the environment variable that is named here',
});

/** Orders that wait for a product with new sources look again at once. */
export async function wakeWaitingOrders(
  client: pg.PoolClient,
  document: MasterDataDocument,
): Promise<void> {
  const codes = [...new Set((document.routes ?? []).map((one) => one.product))];
  if (codes.length === 0) return;
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM products WHERE code = ANY($1)',
    [codes],
  );
  await client.query(WAKE_ORDERS_OF_PRODUCTS, [rows.map(({ id }) => id)]);
}

/** What a supplier that is not known yet must say. */
export function missingOfNew(entry: SupplierEntry, pointer: string): Fault[] {
  const needed = [
    ['protocol', entry.protocol],
    ['baseUrl', entry.baseUrl],
    ['credentials/account', entry.credentials?.account],
    ['credentials/secret', entry.credentials?.secret],
  ] as const;
  return needed
    .filter(([, value]) => value === undefined)
    .map(([name]) => ({
      pointer: `${pointer}/${name}`,
      detail: `a new supplier needs this; ${entry.code} is not known yet`,
    }));
}

/** What a product lacks that is to go on sale, and what would help. */
export const LACKS = {
  price: (code: string) => `${code} has no price: add one under "prices"`,
  route: (code: string) =>
    `${code} is no card product and nobody delivers it: add a route under "routes"`,
  licence: (code: string) => `${code} needs a licence that nobody has: see its page in the panel`,
} as const;
