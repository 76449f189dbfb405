import type { Pool } from 'pg';
import { mayStaff, PRODUCT_MOVES, type ProductStatus } from '#domain';
import type { PanelStaff } from '../resource/resource-definition.js';
import type { Verb } from '../components/views.js';

type Move = (typeof PRODUCT_MOVES)[ProductStatus][number];
const NAMES: Readonly<Record<Move, string>> = {
  'on-sale': 'putOnSale',
  'off-sale': 'takeOffSale',
  retired: 'retire',
};

/** The moves that the product's state machine allows now. */
export async function productVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'catalog.write')) return [];
  const found = await pool.query<{ status: ProductStatus }>(
    'SELECT status FROM products WHERE id = $1',
    [id],
  );
  const moves = found.rows[0] ? PRODUCT_MOVES[found.rows[0].status] : [];
  return moves.map((to) => ({
    name: NAMES[to],
    path: `products/${id}/move`,
    kind: 'post',
    tone: to === 'on-sale' ? 'main' : to === 'retired' ? 'danger' : 'plain',
    body: { to },
    hint: `product.${NAMES[to]}Hint`,
    done: 'productMoved',
  }));
}
