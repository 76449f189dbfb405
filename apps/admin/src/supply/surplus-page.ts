import type { Pool } from 'pg';
import { translate, type Language, type Messages } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

const say = (
  language: Language,
  name: keyof Messages['page']['surplus'],
  params: Readonly<Record<string, string>> = {},
): string => translate(language, `page.surplus.${name}`, params);

const LIST = `
  SELECT x.card_id, x.came_at, a.id AS attempt_id, a.attempt_no, s.id AS supplier_id, s.code, p.code AS product_code,
    o.id AS order_id, o.order_no, n.id AS sold_id, n.order_no AS sold_no,
    EXISTS (SELECT 1 FROM card_stock q WHERE q.card_id = x.card_id) AS is_in_stock
  FROM surplus_cards x JOIN attempts a ON a.id = x.attempt_id JOIN suppliers s ON s.id = a.supplier_id
    JOIN products p ON p.id = a.product_id LEFT JOIN orders o ON o.id = a.order_id
    LEFT JOIN deliveries d ON d.card_id = x.card_id LEFT JOIN orders n ON n.id = d.order_id
  ORDER BY x.card_id DESC LIMIT 200`;
const SUMS = `
  SELECT count(*)::int AS total, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM card_stock q WHERE q.card_id = x.card_id))::int AS here,
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.card_id = x.card_id))::int AS sold
  FROM surplus_cards x`;

interface Row {
  card_id: string;
  came_at: Date;
  attempt_id: string;
  attempt_no: string;
  supplier_id: string;
  code: string;
  product_code: string;
  order_id: string | null;
  order_no: string | null;
  sold_id: string | null;
  sold_no: string | null;
  is_in_stock: boolean;
}

/** Cards that came too late: from which attempt, and where they are now. */
export async function surplusPage(pool: Pool, { language }: PanelStaff): Promise<SectionsView> {
  const [list, sums] = await Promise.all([
    pool.query<Row>(LIST),
    pool.query<{ total: number; here: number; sold: number }>(SUMS),
  ]);
  const { total = 0, here = 0, sold = 0 } = sums.rows[0] ?? {};
  const fact = (name: 'total' | 'stillHere' | 'sold', count: number) => ({
    label: say(language, name),
    value: { text: String(count) },
  });
  return {
    lead: say(language, 'lead'),
    sections: [
      {
        title: say(language, 'sum'),
        facts: [fact('total', total), fact('stillHere', here), fact('sold', sold)],
      },
      {
        title: translate(language, 'entity.SurplusCard'),
        heads: [
          say(language, 'card'),
          translate(language, 'field.Attempt.productId'),
          say(language, 'supplier'),
          say(language, 'attempt'),
          say(language, 'order'),
          say(language, 'came'),
          say(language, 'where'),
        ],
        rows: list.rows.map((row) => [
          {
            text: say(language, 'toCard', { id: row.card_id }),
            to: recordPage('Card', row.card_id),
          },
          { text: row.product_code },
          { text: row.code, to: recordPage('Supplier', row.supplier_id) },
          { text: row.attempt_no, to: recordPage('Attempt', row.attempt_id) },
          row.order_id === null
            ? { text: '–' }
            : { text: row.order_no ?? '', to: recordPage('Order', row.order_id) },
          { text: shanghaiTime(row.came_at) },
          placeOf(language, row),
        ]),
        empty: say(language, 'none'),
      },
    ],
  };
}

function placeOf(language: Language, row: Row): RelatedCell {
  if (row.is_in_stock) return { text: say(language, 'inStock') };
  if (row.sold_id === null) return { text: say(language, 'other') };
  return {
    text: say(language, 'soldTo', { orderNo: row.sold_no ?? '' }),
    to: recordPage('Order', row.sold_id),
  };
}
