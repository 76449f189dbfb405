import type { Pool } from 'pg';
import { MasterKeys, secretContext } from '../vault/master-key.js';

/** A key that may sign now, with its platform. */
export interface SigningCredential {
  readonly credentialId: string;
  readonly secret: string;
  readonly allowedAddresses: readonly string[];
  readonly platform: {
    readonly id: string;
    readonly code: string;
    readonly isSandbox: boolean;
    readonly callbackHosts: readonly string[];
    /** From this amount on its orders are large, in hao; null where the rule decides. */
    readonly largeOrderFromHao: number | null;
    readonly rateLimit: { readonly perSecond: number; readonly burst: number } | null;
  };
}

const READ_CREDENTIAL = `
  SELECT c.id, c.secret_sealed, c.allowed_addresses, p.id AS platform_id, p.code, p.is_sandbox, p.callback_hosts,
    p.rate_limit_per_second, p.rate_limit_burst, p.large_order_from_hao
  FROM api_credentials c JOIN platforms p ON p.id = c.platform_id
  WHERE c.key = $1 AND c.status = 'active' AND p.status = 'active' AND (c.expires_at IS NULL OR c.expires_at > now())`;

interface CredentialRow {
  id: string;
  secret_sealed: Buffer;
  allowed_addresses: string[];
  platform_id: string;
  code: string;
  is_sandbox: boolean;
  callback_hosts: string[];
  rate_limit_per_second: number | null;
  rate_limit_burst: number | null;
  large_order_from_hao: string | null;
}

/** The active credential with this public key, or undefined. */
export async function readSigningCredential(
  pool: Pool,
  masterKeys: MasterKeys,
  key: string,
): Promise<SigningCredential | undefined> {
  const found = await pool.query<CredentialRow>({
    name: 'read-credential',
    text: READ_CREDENTIAL,
    values: [key],
  });
  const row = found.rows[0];
  if (!row) return undefined;
  const perSecond = row.rate_limit_per_second;
  return {
    credentialId: row.id,
    secret: masterKeys.open(row.secret_sealed, secretContext.apiCredential(key)).toString('utf8'),
    allowedAddresses: row.allowed_addresses,
    platform: {
      id: row.platform_id,
      code: row.code,
      isSandbox: row.is_sandbox,
      callbackHosts: row.callback_hosts,
      largeOrderFromHao:
        row.large_order_from_hao === null ? null : Number(row.large_order_from_hao),
      rateLimit:
        perSecond === null ? null : { perSecond, burst: row.rate_limit_burst ?? perSecond },
    },
  };
}

const RECORD_NONCES = `
  INSERT INTO api_nonces (credential_id, nonce, seen_at)
  SELECT DISTINCT credential_id, nonce, $3::timestamptz
  FROM unnest($1::uuid[], $2::text[]) AS n(credential_id, nonce) ORDER BY 1, 2
  ON CONFLICT DO NOTHING RETURNING credential_id, nonce`;

/** A nonce with the key it was used under. */
export interface UsedNonce {
  readonly credentialId: string;
  readonly nonce: string;
}

/** One statement for a batch of nonces, usable inside a transaction; pair it with `markFresh`. */
export function recordNoncesQuery(
  used: readonly UsedNonce[],
  nowMs: number,
): { name: string; text: string; values: unknown[] } {
  const values = [
    used.map((one) => one.credentialId),
    used.map((one) => one.nonce),
    new Date(nowMs),
  ];
  return { name: 'record-nonces', text: RECORD_NONCES, values };
}

/** The first bearer of a nonce that was inserted is fresh; a second one in the same batch is a replay like any other. */
export function markFresh(
  used: readonly UsedNonce[],
  inserted: readonly { credential_id: string; nonce: string }[],
): boolean[] {
  const unclaimed = new Set(inserted.map((row) => `${row.credential_id}/${row.nonce}`));
  return used.map((one) => unclaimed.delete(`${one.credentialId}/${one.nonce}`));
}
