import type { Pool } from 'pg';
import {
  isReplenishmentEnded,
  mayStaff,
  type ProductKind,
  type ReplenishmentStatus,
} from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' } as const;

/** A product of cards is restocked at once, where somebody sells it to us. */
export async function restockVerbs(
  pool: Pool,
  staff: PanelStaff,
  productId: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.write')) return [];
  const { rows } = await pool.query<{ kind: ProductKind; has_route: boolean }>(
    `SELECT kind, EXISTS (SELECT 1 FROM supply_routes r WHERE r.product_id = p.id) AS has_route FROM products p WHERE id = $1`,
    [productId],
  );
  const product = rows[0];
  if (product?.kind !== 'card' || !product.has_route) return [];
  return [
    {
      name: 'replenish',
      path: `products/${productId}/replenish`,
      kind: 'post',
      tone: 'plain',
      hint: 'stock.replenishHint',
      fields: [{ name: 'quantity', label: 'stock.quantity' }, reason],
    },
  ];
}

/** What is bought is stopped. */
export async function replenishmentVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'supply.write')) return [];
  const { rows } = await pool.query<{ status: ReplenishmentStatus; is_cancel_asked: boolean }>(
    'SELECT status, cancel_asked_at IS NOT NULL AS is_cancel_asked FROM replenishments WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (!row || isReplenishmentEnded(row.status) || row.is_cancel_asked) return [];
  return [
    {
      name: 'cancelReplenishment',
      path: `replenishments/${id}/cancel`,
      kind: 'post',
      tone: 'danger',
      hint: 'stock.cancelHint',
      fields: [reason],
    },
  ];
}
