import type { Pool, PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import type { PartyKind } from './reconciliation-lists.js';
import type { ColumnMapping } from './statement-mapping.js';

export interface PartyFacts {
  readonly id: string;
  readonly code: string;
  readonly kind: PartyKind;
  readonly platformId: string | null;
  readonly supplierId: string | null;
  readonly bufferDays: number;
  readonly feeBasisPoints: number;
  readonly closedThrough: string | null;
  readonly columns: ColumnMapping;
}

const COLUMNS = `id, code, kind, platform_id, supplier_id, buffer_days, fee_basis_points, closed_through::text AS closed_through, columns`;

interface PartyRow {
  id: string;
  code: string;
  kind: PartyKind;
  platform_id: string | null;
  supplier_id: string | null;
  buffer_days: number;
  fee_basis_points: number;
  closed_through: string | null;
  columns: ColumnMapping;
}

const factsOf = (row: PartyRow): PartyFacts => ({
  id: row.id,
  code: row.code,
  kind: row.kind,
  platformId: row.platform_id,
  supplierId: row.supplier_id,
  bufferDays: row.buffer_days,
  feeBasisPoints: row.fee_basis_points,
  closedThrough: row.closed_through,
  columns: row.columns,
});

/** Who `platform:demo`, `supplier:a` or `bank` is; made at the first statement. Throws `statement.party-unknown`. */
export async function partyOf(pool: Pick<Pool, 'query'>, code: string): Promise<PartyFacts> {
  await pool.query(
    `INSERT INTO statement_parties (code, kind, platform_id)
     SELECT 'platform:' || code, 'platform', id FROM platforms WHERE 'platform:' || code = $1 ON CONFLICT DO NOTHING`,
    [code],
  );
  await pool.query(
    `INSERT INTO statement_parties (code, kind, supplier_id)
     SELECT 'supplier:' || code, 'supplier', id FROM suppliers WHERE 'supplier:' || code = $1 ON CONFLICT DO NOTHING`,
    [code],
  );
  const { rows } = await pool.query<PartyRow>(
    `SELECT ${COLUMNS} FROM statement_parties WHERE code = $1`,
    [code],
  );
  const row = rows[0];
  if (!row) throw new DomainError('statement.party-unknown', { party: code });
  return factsOf(row);
}

/** The party of a statement. */
export async function partyById(
  client: Pick<PoolClient, 'query'>,
  partyId: string,
): Promise<PartyFacts> {
  const { rows } = await client.query<PartyRow>(
    `SELECT ${COLUMNS} FROM statement_parties WHERE id = $1`,
    [partyId],
  );
  const row = rows[0];
  if (!row) throw new DomainError('statement.party-unknown', { party: partyId });
  return factsOf(row);
}

/** Remembers which heading carries what, for the next statement of this party. */
export async function saveMapping(
  client: Pick<PoolClient, 'query'>,
  partyId: string,
  columns: ColumnMapping,
): Promise<void> {
  await client.query(
    `UPDATE statement_parties SET columns = $2::jsonb, version = version + 1, updated_at = now()
     WHERE id = $1 AND columns <> $2::jsonb`,
    [partyId, JSON.stringify(columns)],
  );
}
