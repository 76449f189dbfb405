import type { Pool } from 'pg';
import { type LargeOrderPhase, mayStaff } from '#domain';
import type { Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const reason = { name: 'reason', label: 'common.reason' };

/** What can be done to a large order now: money, acceptance, more time, and its end. */
export async function largeOrderVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  const { rows } = await pool.query<{
    phase: LargeOrderPhase;
    stage_no: number;
    is_paid: boolean;
    is_held: boolean;
  }>(
    `SELECT l.phase, l.stage_no, l.paid_hao = l.amount_hao AS is_paid, o.status = 'held' AS is_held
     FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE l.order_id = $1`,
    [id],
  );
  const large = rows[0];
  if (!large || large.phase === 'ended') return [];
  const verbs: Verb[] = [];
  const mayCancel = mayStaff(staff.role, 'order.cancel');
  if (large.phase === 'acceptance' && mayCancel) verbs.push(acceptStage(id, large.stage_no));
  if (!large.is_held && mayStaff(staff.role, 'money.write')) {
    if (!large.is_paid) verbs.push(...payments(id));
    verbs.push(extendDeadline(id));
  }
  if (mayCancel) verbs.push(cancelOrder(id));
  return verbs;
}

const acceptStage = (id: string, stageNo: number): Verb => ({
  name: 'acceptStage',
  path: `large-orders/${id}/accept-stage`,
  kind: 'post',
  tone: 'main',
  body: { stageNo: String(stageNo) },
  hint: 'largeOrder.acceptHint',
  fields: [reason],
  done: 'stageAccepted',
});

const payments = (id: string): readonly Verb[] => [
  {
    name: 'recordLargePayment',
    path: `large-orders/${id}/payments`,
    kind: 'post',
    tone: 'main',
    hint: 'largeOrder.paymentHint',
    fields: [
      { name: 'amount', label: 'largeOrder.amount' },
      { name: 'reference', label: 'largeOrder.reference' },
      { name: 'payer', label: 'largeOrder.payer' },
    ],
    done: 'largePaymentRecorded',
    hasFormKey: true,
  },
  {
    name: 'payFromBalance',
    path: `large-orders/${id}/pay-from-balance`,
    kind: 'post',
    tone: 'plain',
    hint: 'largeOrder.balanceHint',
    fields: [{ name: 'amount', label: 'largeOrder.amount' }, reason],
    done: 'largePaymentRecorded',
    hasFormKey: true,
  },
];

const extendDeadline = (id: string): Verb => ({
  name: 'extendDeadline',
  path: `large-orders/${id}/extend-deadline`,
  kind: 'post',
  tone: 'plain',
  hint: 'largeOrder.extendHint',
  fields: [{ name: 'dueAt', label: 'largeOrder.dueAt' }, reason],
  done: 'deadlineExtended',
  hasFormKey: true,
});

/** The order's own command: its run is asked first. */
const cancelOrder = (id: string): Verb => ({
  name: 'cancelOrder',
  path: `orders/${id}/cancel`,
  kind: 'post',
  tone: 'danger',
  hint: 'largeOrder.cancelHint',
  fields: [reason],
});
