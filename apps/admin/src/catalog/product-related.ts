import type { Pool } from 'pg';
import { mayStaff, type ProductKind, shanghaiDate, stockLevel } from '#domain';
import { translate } from '#domain/i18n';
import { importPage, newRecordPage, recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import { STOCK_COUNT_MAX } from '../dashboard/dashboard.queries.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownCount, shownUnitPrice } from '../resource/shown-amount.js';

const STOCK = `
  SELECT code, kind, low_stock_threshold AS "lowStockThreshold",
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id
       AND s.expires_on >= $2::date LIMIT ${STOCK_COUNT_MAX}) AS counted) AS available
  FROM products p WHERE id = $1`;
const PRICES = `
  SELECT r.id, r.platform_id, f.name AS platform_name, r.unit_price_hao::text AS unit_price, r.min_quantity,
    r.max_quantity, r.valid_from, r.valid_to, r.valid_from > now() AS is_future
  FROM prices r LEFT JOIN platforms f ON f.id = r.platform_id
  WHERE r.product_id = $1 AND (r.valid_to IS NULL OR r.valid_to > now())
  ORDER BY f.name NULLS FIRST, r.min_quantity, r.valid_from LIMIT 100`;

/** How much of a product there is, and what it costs whom. */
export async function productRelated(
  pool: Pool,
  staff: PanelStaff,
  productId: string,
): Promise<readonly RelatedSection[]> {
  return [
    ...(await stockSection(pool, staff, productId)),
    await priceSection(pool, staff, productId),
  ];
}

async function stockSection(
  pool: Pool,
  { language, role }: PanelStaff,
  productId: string,
): Promise<RelatedSection[]> {
  const { rows } = await pool.query<{
    code: string;
    kind: ProductKind;
    lowStockThreshold: number;
    available: number;
  }>(STOCK, [productId, shanghaiDate(Date.now())]);
  const row = rows[0];
  if (row?.kind !== 'card') return [];
  const level = stockLevel(row.available, row.lowStockThreshold);
  return [
    {
      title: translate(language, 'page.dashboard.stock'),
      facts: [
        {
          label: translate(language, 'page.dashboard.available'),
          value: { text: shownCount(row.available, STOCK_COUNT_MAX) },
        },
        {
          label: translate(language, 'page.dashboard.level'),
          value: { text: translate(language, `enum.stockLevel.${level}`), tag: level },
        },
      ],
      links: mayStaff(role, 'card.import')
        ? [{ label: translate(language, 'page.dashboard.importCards'), to: importPage(row.code) }]
        : [],
    },
  ];
}

async function priceSection(
  pool: Pool,
  { language, role }: PanelStaff,
  productId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<PriceRow>(PRICES, [productId]);
  const heads = [
    'platformId',
    'unitPriceHao',
    'minQuantity',
    'maxQuantity',
    'validFrom',
    'validTo',
  ];
  return {
    title: translate(language, 'page.related.prices'),
    heads: heads.map((name) => translate(language, `field.Price.${name}` as 'field.Price.id')),
    rows: rows.map((row) => [
      {
        text: row.platform_name ?? translate(language, 'page.common.everyPlatform'),
        to: recordPage('Price', row.id),
      },
      { text: shownUnitPrice(Number(row.unit_price)), isNumber: true },
      { text: String(row.min_quantity), isNumber: true },
      { text: row.max_quantity === null ? '—' : String(row.max_quantity), isNumber: true },
      {
        text: shanghaiTime(row.valid_from),
        ...(row.is_future ? { note: translate(language, 'page.related.notYet') } : {}),
      },
      { text: row.valid_to ? shanghaiTime(row.valid_to) : '—' },
    ]),
    empty: translate(language, 'page.related.noPrice'),
    links: mayStaff(role, 'catalog.write')
      ? [
          {
            label: translate(language, 'page.related.newPrice'),
            to: newRecordPage('Price', { productId }),
          },
        ]
      : [],
  };
}

interface PriceRow {
  readonly id: string;
  readonly platform_id: string | null;
  readonly platform_name: string | null;
  readonly unit_price: string;
  readonly min_quantity: number;
  readonly max_quantity: number | null;
  readonly valid_from: Date;
  readonly valid_to: Date | null;
  readonly is_future: boolean;
}
