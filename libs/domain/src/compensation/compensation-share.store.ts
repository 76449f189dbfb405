import type { Sql } from '../database/sql.js';

/** How much of what a supplier delivered lately had to be made good, and what it owes us. */
export interface CompensationShare {
  readonly deliveredUnits: number;
  readonly compensatedUnits: number;
  readonly openClaims: number;
  readonly openClaimsHao: number;
}

const DAYS = 30;

const READ = `
  SELECT
    (SELECT coalesce(sum(a.delivered_count), 0)::int FROM supply_routes r JOIN attempts a ON a.route_id = r.id
      WHERE r.supplier_id = $1 AND a.created_at > now() - interval '${DAYS} days') AS "deliveredUnits",
    (SELECT count(*)::int FROM compensations c WHERE c.supplier_id = $1 AND c.fault = 'supplier'
      AND c.status IN ('replacing', 'done', 'superseded') AND c.created_at > now() - interval '${DAYS} days') AS "compensatedUnits",
    (SELECT count(*)::int FROM supply_claims k WHERE k.supplier_id = $1 AND k.status = 'open') AS "openClaims",
    (SELECT coalesce(sum(k.amount_hao - k.recovered_hao), 0)::float8 FROM supply_claims k
      WHERE k.supplier_id = $1 AND k.status = 'open') AS "openClaimsHao"`;

/** Read by the supplier's page; its score may take the share from here. */
export async function readCompensationShare(
  sql: Sql,
  supplierId: string,
): Promise<CompensationShare> {
  const { rows } = await sql.query<CompensationShare & { [column: string]: unknown }>({
    name: 'compensation-share',
    text: READ,
    values: [supplierId],
  });
  const row = rows[0];
  if (!row) throw new Error('no answer about the share');
  return row;
}
