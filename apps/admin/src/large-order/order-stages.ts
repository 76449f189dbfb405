import type { Pool } from 'pg';
import type { LargeOrderPhase } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';

/** On the page of the order itself: that it is a large one, and where to see how it is coming along. */
export async function orderStages(
  pool: Pool,
  { language }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  const found = await pool.query<{ phase: LargeOrderPhase; paid_hao: string; amount_hao: string }>(
    'SELECT phase, paid_hao, amount_hao FROM large_orders WHERE order_id = $1',
    [orderId],
  );
  return found.rows.map((row) => ({
    title: translate(language, 'entity.LargeOrder'),
    facts: [
      {
        label: translate(language, 'field.LargeOrder.phase'),
        value: {
          text: translate(language, `enum.largeOrderPhase.${row.phase}`),
          to: recordPage('LargeOrder', orderId),
        },
      },
      {
        label: translate(language, 'field.LargeOrder.paidHao'),
        value: {
          text: `${shownAmount(Number(row.paid_hao))} / ${shownAmount(Number(row.amount_hao))}`,
        },
      },
    ],
    links: [
      {
        label: translate(language, 'page.largeOrder.toProgress'),
        to: recordPage('LargeOrder', orderId),
      },
    ],
  }));
}
