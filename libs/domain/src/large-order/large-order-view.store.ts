import type { Pool } from 'pg';
import type { StageStatus } from './large-order-phase.js';
import type { OrderStages } from './stage-view.js';

const READ = `
  SELECT l.prepayment_hao, l.prepayment_due_at, l.paid_hao, l.paused_at, s.stage_no, s.quantity, s.amount_hao, s.prepaid_hao, s.status,
    s.due_at, s.released_at, s.accepted_at
  FROM large_orders l JOIN delivery_stages s ON s.order_id = l.order_id WHERE l.order_id = $1 ORDER BY s.id`;

interface Row {
  prepayment_hao: string;
  prepayment_due_at: Date | null;
  paid_hao: string;
  paused_at: Date | null;
  stage_no: number;
  quantity: number;
  amount_hao: string;
  prepaid_hao: string;
  status: StageStatus;
  due_at: Date | null;
  released_at: Date | null;
  accepted_at: Date | null;
}

const msOf = (at: Date | null): number | null => at?.getTime() ?? null;

/** What the platform may know of a large order's stages; undefined where the order is none. */
export async function readOrderStages(
  pool: Pool,
  orderId: string,
): Promise<OrderStages | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'read-order-stages',
    text: READ,
    values: [orderId],
  });
  const [first] = rows;
  if (!first) return undefined;
  return {
    prepaymentHao: Number(first.prepayment_hao),
    prepaymentDueAtMs: msOf(first.prepayment_due_at),
    paidHao: Number(first.paid_hao),
    isPaused: first.paused_at !== null,
    stages: rows.map((row) => ({
      stageNo: row.stage_no,
      quantity: row.quantity,
      amountHao: Number(row.amount_hao),
      prepaidHao: Number(row.prepaid_hao),
      status: row.status,
      dueAtMs: msOf(row.due_at),
      releasedAtMs: msOf(row.released_at),
      acceptedAtMs: msOf(row.accepted_at),
    })),
  };
}
