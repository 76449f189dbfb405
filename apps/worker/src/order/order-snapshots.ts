import type { Pool } from 'pg';
import type { OrderStatus } from '#domain';
import type { OrderSnapshot } from '#workflows/client';

const READ = `
  SELECT o.id, o.order_no, o.product_id, o.product_code, o.quantity, o.status, o.version, o.merchant_order_no,
    o.deadline_at, o.released_quantity IS NOT NULL AS is_large, p.code AS platform_code
  FROM orders o JOIN platforms p ON p.id = o.platform_id WHERE o.id = ANY($1::bigint[])`;

interface Row {
  id: string;
  order_no: string;
  product_id: string;
  product_code: string;
  quantity: number;
  status: OrderStatus;
  version: number;
  merchant_order_no: string;
  deadline_at: Date | null;
  platform_code: string;
  is_large: boolean;
}

/** How these orders stand now, by id. */
export async function readOrderSnapshots(
  pool: Pool,
  orderIds: readonly string[],
): Promise<Map<string, OrderSnapshot>> {
  const found = await pool.query<Row>({ name: 'order-snapshots', text: READ, values: [orderIds] });
  return new Map(found.rows.map((row) => [row.id, snapshotOf(row)]));
}

function snapshotOf(row: Row): OrderSnapshot {
  return {
    orderId: row.id,
    orderNo: row.order_no,
    productId: row.product_id,
    productCode: row.product_code,
    quantity: row.quantity,
    status: row.status,
    version: row.version,
    merchantOrderNo: row.merchant_order_no,
    deadlineAtMs: row.deadline_at?.getTime() ?? null,
    platformCode: row.platform_code,
    isLarge: row.is_large,
  };
}
