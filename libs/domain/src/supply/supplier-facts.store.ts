import type { Sql } from '../database/sql.js';
import type { AttemptStatus } from './attempt-status.js';
import type { SupplierFacts } from './supplier-score.js';

/** Attempts that tell how a supplier is doing: the last ones of each of its routes. */
const RECENT_MAX = 100;
const RECENT_HOURS = 24;

const READ = `
  SELECT s.balance_hao, s.balance_floor_hao, s.balance_read_at, s.read_fault,
    (SELECT count(*)::int FROM attempts u
      WHERE u.supplier_id = s.id AND u.person_reason IS NOT NULL AND u.status IN ('prepared', 'accepted', 'unknown')) AS undecided,
    recent.attempts
  FROM suppliers s
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(a.status, floor(extract(epoch FROM a.created_at) * 1000),
      floor(extract(epoch FROM a.settled_at) * 1000)) ORDER BY a.id DESC) AS attempts
    FROM supply_routes r CROSS JOIN LATERAL (
      SELECT id, status, created_at, settled_at FROM attempts WHERE route_id = r.id ORDER BY id DESC LIMIT ${RECENT_MAX}) AS a
    WHERE r.supplier_id = s.id AND a.created_at > $2::timestamptz - interval '${RECENT_HOURS} hours') AS recent ON true
  WHERE s.id = $1`;

export interface SupplierReading extends SupplierFacts {
  /** Why the last reading failed; null where it did not. */
  readonly readFault: string | null;
}

/** What is known of a supplier; undefined where there is none. */
export async function readSupplierFacts(
  sql: Sql,
  { supplierId, nowMs }: { readonly supplierId: string; readonly nowMs: number },
): Promise<SupplierReading | undefined> {
  const found = await sql.query<{
    balance_hao: string | null;
    balance_floor_hao: string | null;
    balance_read_at: Date | null;
    read_fault: string | null;
    undecided: number;
    attempts: [AttemptStatus, number, number | null][] | null;
  }>({ name: 'supplier-facts', text: READ, values: [supplierId, new Date(nowMs)] });
  const row = found.rows[0];
  if (!row) return undefined;
  return {
    balanceHao: row.balance_hao === null ? null : Number(row.balance_hao),
    balanceFloorHao: row.balance_floor_hao === null ? null : Number(row.balance_floor_hao),
    balanceReadAtMs: row.balance_read_at?.getTime() ?? null,
    readFault: row.read_fault,
    undecided: row.undecided,
    recent: (row.attempts ?? []).map(([status, createdAtMs, settledAtMs]) => ({
      status,
      createdAtMs,
      settledAtMs,
    })),
  };
}
