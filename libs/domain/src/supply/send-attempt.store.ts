import type { Pool } from 'pg';
import { SECOND_MS } from '../shared/business-time.js';
import type { AttemptStatus } from './attempt-status.js';

/** An attempt whose call may leave now: it was claimed for exactly one send. */
export interface ClaimedAttempt {
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierId: string;
  readonly kind: 'card' | 'top-up';
  readonly supplierProductId: string;
  readonly quantity: number;
  readonly account: Readonly<Record<string, string>>;
  readonly fieldNames: Readonly<Record<string, string>>;
  readonly costHao: number;
  readonly sendCount: number;
}

/** If the sender dies, the supplier is asked this long after the last moment at which a reply could have come. */
const LOST_AFTER_MS = 5 * SECOND_MS;

const CLAIM = `
  UPDATE attempts a SET may_send = false, send_count = a.send_count + 1, sent_at = $2,
    next_query_at = $2::timestamptz + (s.reply_timeout_seconds * 1000 + ${LOST_AFTER_MS}) * interval '1 millisecond', updated_at = $2
  FROM suppliers s, supply_routes r
  WHERE a.id = $1 AND a.status = 'prepared' AND a.may_send AND s.id = a.supplier_id AND r.id = a.route_id
  RETURNING a.id, a.attempt_no, a.supplier_id, a.kind, a.supplier_product_id, a.quantity, a.cost_hao, a.send_count,
    r.field_names, coalesce((SELECT o.account FROM orders o WHERE o.id = a.order_id), '{}'::jsonb) AS account`;

interface ClaimRow {
  id: string;
  attempt_no: string;
  supplier_id: string;
  kind: 'card' | 'top-up';
  supplier_product_id: string;
  quantity: number;
  cost_hao: string;
  send_count: number;
  field_names: Record<string, string>;
  account: Record<string, string>;
}

/**
 * Takes the right to send this attempt, once: committed before a byte leaves. Undefined where somebody has it already or
 * had it: then the supplier may know the number, and only asking is allowed.
 */
export async function claimSend(
  pool: Pool,
  attemptId: string,
  nowMs: number,
): Promise<ClaimedAttempt | undefined> {
  const claimed = await pool.query<ClaimRow>({
    name: 'claim-send',
    text: CLAIM,
    values: [attemptId, new Date(nowMs)],
  });
  const row = claimed.rows[0];
  if (!row) return undefined;
  return {
    attemptId: row.id,
    attemptNo: row.attempt_no,
    supplierId: row.supplier_id,
    kind: row.kind,
    supplierProductId: row.supplier_product_id,
    quantity: row.quantity,
    account: row.account,
    fieldNames: row.field_names,
    costHao: Number(row.cost_hao),
    sendCount: row.send_count,
  };
}

/** An attempt about which its supplier may be asked. */
export interface AskableAttempt {
  readonly attemptId: string;
  readonly attemptNo: string;
  readonly supplierId: string;
  readonly kind: 'card' | 'top-up';
  readonly status: AttemptStatus;
  readonly maySend: boolean;
  readonly supplierOrderNo: string | undefined;
}

export async function readAskable(
  pool: Pool,
  attemptId: string,
): Promise<AskableAttempt | undefined> {
  const found = await pool.query<{
    id: string;
    attempt_no: string;
    supplier_id: string;
    kind: 'card' | 'top-up';
    status: AttemptStatus;
    may_send: boolean;
    supplier_order_no: string | null;
  }>({
    name: 'read-askable',
    text: 'SELECT id, attempt_no, supplier_id, kind, status, may_send, supplier_order_no FROM attempts WHERE id = $1',
    values: [attemptId],
  });
  const row = found.rows[0];
  if (!row) return undefined;
  return {
    attemptId: row.id,
    attemptNo: row.attempt_no,
    supplierId: row.supplier_id,
    kind: row.kind,
    status: row.status,
    maySend: row.may_send,
    supplierOrderNo: row.supplier_order_no ?? undefined,
  };
}
