import type { PoolClient } from 'pg';
import type { Sql } from '../database/sql.js';
import type { Connection } from '../protocol/index.js';
import { DomainError } from '../shared/domain-error.js';
import { SECOND_MS } from '../shared/business-time.js';
import { secretContext, type MasterKeys } from '../vault/master-key.js';
import type { GuardMeaning } from './supplier-status.js';

/** A supplier as a call needs it: where it is, who we are there, and how long to wait. */
export interface SupplierConnection {
  readonly supplierId: string;
  readonly code: string;
  readonly protocol: string;
  readonly baseUrl: string;
  readonly isSandbox: boolean;
  readonly timeoutMs: number;
  /** Queries a second; null takes the protocol's limit. */
  readonly queriesPerSecond: number | null;
  readonly connection: Connection;
}

interface ConnectionRow {
  id: string;
  code: string;
  protocol: string;
  base_url: string;
  account: string;
  secret_sealed: Buffer | null;
  is_sandbox: boolean;
  reply_timeout_seconds: number;
  queries_per_second: number | null;
  guard_meaning: GuardMeaning | null;
}

const COLUMNS = `id, code, protocol, base_url, account, secret_sealed, is_sandbox, reply_timeout_seconds, queries_per_second, guard_meaning`;

/** Throws `supplier.not-found`. */
export async function readSupplierConnection(
  sql: Sql,
  masterKeys: MasterKeys,
  supplierId: string,
): Promise<SupplierConnection> {
  const found = await sql.query<ConnectionRow>({
    name: 'supplier-connection',
    text: `SELECT ${COLUMNS} FROM suppliers WHERE id = $1`,
    values: [supplierId],
  });
  return connectionOf(found.rows[0], masterKeys, supplierId);
}

/** The same by its code, as notifications name it. Throws `supplier.not-found`. */
export async function readSupplierConnectionByCode(
  sql: Sql,
  masterKeys: MasterKeys,
  code: string,
): Promise<SupplierConnection> {
  const found = await sql.query<ConnectionRow>({
    name: 'supplier-connection-by-code',
    text: `SELECT ${COLUMNS} FROM suppliers WHERE code = $1`,
    values: [code],
  });
  return connectionOf(found.rows[0], masterKeys, code);
}

function connectionOf(
  row: ConnectionRow | undefined,
  masterKeys: MasterKeys,
  asked: string,
): SupplierConnection {
  if (!row) throw new DomainError('supplier.not-found', { supplierCode: asked });
  const secret =
    row.secret_sealed === null
      ? ''
      : masterKeys.open(row.secret_sealed, secretContext.supplier(row.code)).toString('utf8');
  return {
    supplierId: row.id,
    code: row.code,
    protocol: row.protocol,
    baseUrl: row.base_url.replace(/\/+$/, ''),
    isSandbox: row.is_sandbox,
    timeoutMs: row.reply_timeout_seconds * SECOND_MS,
    queriesPerSecond: row.queries_per_second,
    connection: {
      account: row.account,
      secret,
      ...(row.guard_meaning === null ? {} : { guardMeaning: row.guard_meaning }),
    },
  };
}

/** What every new supplier needs besides its row: an account in the ledger. Does nothing where it is there. */
export async function openSupplierAccount(
  client: Pick<PoolClient, 'query'>,
  supplier: { readonly id: string; readonly code: string },
): Promise<void> {
  await client.query(
    `INSERT INTO ledger_accounts (code, kind, supplier_id) VALUES ('supplier-balance:' || $2::text, 'supplier-balance', $1)
     ON CONFLICT DO NOTHING`,
    [supplier.id, supplier.code],
  );
}

/** Seals a supplier's secret as its row keeps it. */
export const sealSupplierSecret = (
  masterKeys: MasterKeys,
  supplierCode: string,
  secret: string,
): Buffer => masterKeys.seal(Buffer.from(secret, 'utf8'), secretContext.supplier(supplierCode));
