import { z } from 'zod';
import { HAO_PER_YUAN, LARGE_PAYMENT_SOURCES } from '#domain';
import { translate } from '#domain/i18n';
import { recordLargePaymentIn } from '#domain/stores';
import { approvalHandler } from '../approval/approval-handler.js';
import { recordPage } from '../components/places.js';
import { shownAmount } from '../resource/shown-amount.js';

const ALONE_UP_TO_HAO = 50_000 * HAO_PER_YUAN;
const OWNER_ABOVE_HAO = 500_000 * HAO_PER_YUAN;

const READ = `
  SELECT o.order_no, l.paid_hao, l.amount_hao FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE l.order_id = $1`;

/** Money for a large order: seen at the bank, or to be taken from the platform's balance because it asked for it. */
export const largePaymentApproval = approvalHandler({
  kind: 'large-payment',
  permission: 'money.approve',
  limit: { aloneUpToHao: ALONE_UP_TO_HAO, ownerAboveHao: OWNER_ABOVE_HAO },
  action: 'recordLargePayment',
  done: 'largePaymentRecorded',
  repeated: 'largePaymentRepeated',
  payload: z.strictObject({
    orderId: z.string(),
    source: z.enum(LARGE_PAYMENT_SOURCES),
    reference: z.string(),
    amountHao: z.int().positive(),
    payer: z.string().nullable(),
  }),
  facts: async ({ orderId, source, reference, amountHao, payer }, { pool, language }) => {
    const { rows } = await pool.query<{ order_no: string; paid_hao: string; amount_hao: string }>(
      READ,
      [orderId],
    );
    const row = rows[0];
    if (!row) return [];
    const paidHao = Number(row.paid_hao);
    return [
      {
        label: translate(language, 'entity.LargeOrder'),
        after: row.order_no,
        to: recordPage('LargeOrder', orderId),
      },
      {
        label: translate(language, 'field.LargeOrder.paidHao'),
        before: shownAmount(paidHao),
        after: `${shownAmount(paidHao + amountHao)} / ${shownAmount(Number(row.amount_hao))}`,
      },
      {
        label: translate(language, 'field.LargeOrderPayment.source'),
        after: translate(language, `enum.largePaymentSource.${source}`),
      },
      { label: translate(language, 'field.LargeOrderPayment.reference'), after: reference },
      { label: translate(language, 'field.LargeOrderPayment.payer'), after: payer ?? '–' },
    ];
  },
  carryOut: async (payment, { client, askedBy, nowMs }) => {
    const known = await client.query(
      'SELECT 1 FROM large_order_payments WHERE source = $1 AND reference = $2',
      [payment.source, payment.reference],
    );
    const actor = { kind: 'staff', name: askedBy } as const;
    await recordLargePaymentIn(client, { ...payment, actor, nowMs });
    return { isNew: known.rowCount === 0 };
  },
  audited: ({ amountHao, source, reference }) => ({
    amount: shownAmount(amountHao),
    source,
    reference,
  }),
});
