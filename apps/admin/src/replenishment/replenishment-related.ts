import type { Pool } from 'pg';
import { mayStaff, type ReplenishmentStatus } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { newRecordPage, recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { progressOf, spentOf, statusCell } from './replenishment-words.js';
import { runwaySections } from './runway-sections.js';

const HISTORY_MAX = 10;

const HISTORY = `
  SELECT id, replenishment_no, status, quantity, received_quantity, paid_hao, budget_hao, created_at
  FROM replenishments WHERE product_id = $1 ORDER BY run_no DESC LIMIT ${HISTORY_MAX}`;

interface HistoryRow {
  id: string;
  replenishment_no: string;
  status: ReplenishmentStatus;
  quantity: number;
  received_quantity: number;
  paid_hao: string;
  budget_hao: string;
  created_at: Date;
}

/** How long the product's stock lasts, what is done about it, and what was bought so far. */
export async function productStock(
  pool: Pool,
  staff: PanelStaff,
  productId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(staff.role, 'supply.read')) return [];
  const runway = await runwaySections(pool, staff.language, productId);
  if (runway.length === 0) return [];
  return [...runway, await historySection(pool, staff, productId)];
}

/** The page of a measured runway: the same as the product shows. */
export async function runwayRelated(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{ product_id: string }>(
    'SELECT product_id FROM stock_runways WHERE id = $1',
    [id],
  );
  const productId = rows[0]?.product_id;
  return productId === undefined ? [] : productStock(pool, staff, productId);
}

async function historySection(
  pool: Pool,
  { language, role }: PanelStaff,
  productId: string,
): Promise<RelatedSection> {
  const rule = await pool.query<{ id: string }>(
    'SELECT id FROM replenishment_rules WHERE product_id = $1',
    [productId],
  );
  const { rows } = await pool.query<HistoryRow>(HISTORY, [productId]);
  const field = (name: 'replenishmentNo' | 'status' | 'createdAt'): string =>
    translate(language, `field.Replenishment.${name}`);
  const ruleId = rule.rows[0]?.id;
  return {
    title: translate(language, 'page.stock.history'),
    ...(ruleId === undefined ? { hint: translate(language, 'page.stock.noRule') } : {}),
    heads: [
      field('replenishmentNo'),
      field('status'),
      translate(language, 'page.stock.progress'),
      translate(language, 'page.stock.spent'),
      field('createdAt'),
    ],
    rows: rows.map((row) => [
      { text: row.replenishment_no, to: recordPage('Replenishment', row.id) },
      statusCell(language, row.status),
      { text: progressOf(language, row) },
      { text: spentOf(language, row) },
      { text: shanghaiTime(row.created_at) },
    ]),
    empty: translate(language, 'page.stock.none'),
    links: ruleLinks(language, productId, ruleId, mayStaff(role, 'supply.write')),
  };
}

function ruleLinks(
  language: Language,
  productId: string,
  ruleId: string | undefined,
  mayWrite: boolean,
): { readonly label: string; readonly to: string }[] {
  if (ruleId !== undefined)
    return [
      {
        label: translate(language, 'page.stock.toRule'),
        to: recordPage('ReplenishmentRule', ruleId),
      },
    ];
  return mayWrite
    ? [
        {
          label: translate(language, 'page.stock.newRule'),
          to: newRecordPage('ReplenishmentRule', { productId }),
        },
      ]
    : [];
}
