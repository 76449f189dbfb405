import type { Pool } from 'pg';
import { mayStaff, type CompensationCause } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

const WHERE = `
  SELECT d.order_id, o.order_no, d.unit_no, d.delivered_at,
    EXISTS (SELECT 1 FROM card_stock s WHERE s.card_id = c.id) AS is_in_stock
  FROM cards c LEFT JOIN deliveries d ON d.card_id = c.id LEFT JOIN orders o ON o.id = d.order_id
  WHERE c.id = $1`;

/** Where a card is: in stock, or sold and to which order. */
const BAD = 'SELECT cause, compensation_id FROM bad_cards WHERE card_id = $1';

/** Where a card is, and whether it proved bad. */
export async function cardRelated(
  pool: Pool,
  staff: PanelStaff,
  cardId: string,
): Promise<readonly RelatedSection[]> {
  const sections = await whereCardIs(pool, staff, cardId);
  if (!mayStaff(staff.role, 'compensation.read')) return sections;
  const { rows } = await pool.query<{ cause: CompensationCause; compensation_id: string }>(BAD, [
    cardId,
  ]);
  const bad = rows[0];
  if (!bad) return sections;
  const { language } = staff;
  const cause = translate(language, `enum.compensationCause.${bad.cause}`);
  const section = {
    title: translate(language, 'page.compensation.badCard'),
    hint: translate(language, 'page.compensation.badCardHint', { cause }),
    links: [
      {
        label: translate(language, 'page.compensation.toPage'),
        to: recordPage('Compensation', bad.compensation_id),
      },
    ],
  };
  return [...sections, section];
}

async function whereCardIs(
  pool: Pool,
  { language, role }: PanelStaff,
  cardId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    order_id: string | null;
    order_no: string | null;
    unit_no: number | null;
    delivered_at: Date | null;
    is_in_stock: boolean;
  }>(WHERE, [cardId]);
  const row = rows[0];
  if (!row) return [];
  const place = row.order_id ? 'sold' : row.is_in_stock ? 'inStock' : 'nowhere';
  const tag = { sold: 'delivered', inStock: 'pending', nowhere: 'failed' }[place];
  const state = {
    label: translate(language, 'page.card.place'),
    value: { text: translate(language, `page.card.${place}`), tag },
  };
  const { order_id: orderId, order_no: orderNo, unit_no: unitNo, delivered_at: at } = row;
  if (orderId === null || !mayStaff(role, 'order.read'))
    return [{ title: translate(language, 'page.card.where'), facts: [state] }];
  return [
    {
      title: translate(language, 'page.card.where'),
      facts: [
        state,
        {
          label: translate(language, 'field.Order.orderNo'),
          value: { text: orderNo ?? orderId, to: recordPage('Order', orderId) },
        },
        { label: translate(language, 'field.Delivery.unitNo'), value: { text: String(unitNo) } },
        {
          label: translate(language, 'field.Delivery.deliveredAt'),
          value: { text: at ? shanghaiTime(at) : '—' },
        },
      ],
    },
  ];
}
