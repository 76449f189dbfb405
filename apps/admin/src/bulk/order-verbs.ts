import type { Pool } from 'pg';
import { isFinal, mayStaff, type OrderStatus, WAITING_ORDER_STATUSES } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

/** What can be done to many orders; the page of one order has buttons of its own for the same commands. */
export async function orderVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{ status: OrderStatus }>(
    'SELECT status FROM orders WHERE id = $1',
    [id],
  );
  const status = rows[0]?.status;
  if (status === undefined || isFinal(status)) return [];
  const verbs: Verb[] = [];
  if (mayStaff(staff.role, 'order.cancel'))
    verbs.push({
      name: 'cancelOrder',
      path: `orders/${id}/cancel`,
      kind: 'post',
      tone: 'danger',
      hint: 'order.cancelHint',
      fields: [{ name: 'reason', label: 'common.reason' }],
    });
  const isWaiting = WAITING_ORDER_STATUSES.some((one) => one === status);
  if (isWaiting && mayStaff(staff.role, 'order.retry'))
    verbs.push({ name: 'retryOrder', path: `orders/${id}/retry`, kind: 'post', tone: 'plain' });
  return verbs;
}
