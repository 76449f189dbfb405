import type { Pool } from 'pg';
import { z } from 'zod';
import {
  chooseRoute,
  DomainError,
  formatUnitPrice,
  mayStaff,
  priceFor,
  supplyKindOf,
  type AttemptStatus,
  type PriceCandidate,
  type ProductKind,
  type SupplyStrategy,
} from '#domain';
import { accountBusySince, priceLinesSql, readRouteFacts, type CardVault } from '#domain/stores';
import { translate, type Language } from '#domain/i18n';
import { recordPage, whatIfPage } from '../components/places.js';
import type { WhatIfChoices, WhatIfView } from '../components/supply-views.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime, shanghaiTime } from '../resource/shanghai-time.js';
import { choiceSection } from './choice-section.js';

const CHOICES_MAX = 500;
const RECENT_MAX = 10;

const blank = z.literal('').transform(() => undefined);
/** What is asked: which product, how many, for whom, when. */
export const whatIfQuestion = z.object({
  product: z.uuid(),
  quantity: z.coerce.number().int().min(1).max(10_000).default(1),
  platform: z.union([blank, z.uuid()]).optional(),
  region: z.string().trim().max(40).optional(),
  account: z.string().trim().max(120).optional(),
  at: z.string().trim().max(30).optional(),
});
export type WhatIfQuestion = z.infer<typeof whatIfQuestion>;

/** Products that have routes, platforms, and the regions that any route names. */
export async function whatIfChoices(pool: Pool): Promise<WhatIfChoices> {
  const products = await pool.query<WhatIfChoices['products'][number]>(
    `SELECT id, code, name FROM products p WHERE EXISTS (SELECT 1 FROM supply_routes r WHERE r.product_id = p.id)
     ORDER BY code LIMIT ${CHOICES_MAX}`,
  );
  const platforms = await pool.query<WhatIfChoices['platforms'][number]>(
    `SELECT id, code, name FROM platforms ORDER BY code LIMIT ${CHOICES_MAX}`,
  );
  const regions = await pool.query<{ region: string }>(
    `SELECT DISTINCT unnest(regions) AS region FROM supply_routes ORDER BY region LIMIT ${CHOICES_MAX}`,
  );
  return {
    products: products.rows,
    platforms: platforms.rows,
    regions: regions.rows.map(({ region }) => region),
  };
}

const PRODUCT = `
  SELECT p.kind, p.supply_strategy, p.may_sell_at_loss, p.account_fields <> '[]'::jsonb AS has_account_fields,
    ${priceLinesSql('= $2::uuid')} AS prices
  FROM products p WHERE p.id = $1`;

interface ProductRow {
  kind: ProductKind;
  supply_strategy: SupplyStrategy;
  may_sell_at_loss: boolean;
  has_account_fields: boolean;
  prices: PriceCandidate[];
}

/** Who would get such an order, by the very rules that give out orders, and why. Nothing is written. */
export async function whatIf(
  { pool, vault }: { readonly pool: Pool; readonly vault?: CardVault },
  { language, question }: { readonly language: Language; readonly question: WhatIfQuestion },
): Promise<WhatIfView> {
  const { product: productId, quantity, platform, region, account } = question;
  const nowMs = Date.now();
  const atMs = timeOf(question.at, nowMs);
  const { rows } = await pool.query<ProductRow>(PRODUCT, [productId, platform ?? null]);
  const product = rows[0];
  if (!product) throw new DomainError('product.not-found');
  const kind = supplyKindOf(product.kind, product.has_account_fields);
  const price = priceFor(product.prices, quantity, atMs);
  const topUp = { kind, account: { account: account ?? '' } };
  const isAccountBusy =
    account && vault ? (await accountBusySince(pool, vault, topUp)) !== null : false;
  const answer = chooseRoute({
    strategy: product.supply_strategy,
    routes: await readRouteFacts(pool, { productId, nowMs }),
    kind,
    quantity,
    region: region || null,
    salePriceHao: price?.unitPriceHao ?? null,
    maySellAtLoss: product.may_sell_at_loss,
    isAccountBusy,
    triedRouteIds: [],
    nowMs: atMs,
    dice: 0,
  });
  const { chosen, takes, choice } = answer;
  const priceText = price ? formatUnitPrice(price.unitPriceHao) : undefined;
  const section = choiceSection(language, translate(language, 'page.supply.why'), choice);
  return {
    isServed: chosen !== undefined,
    answer: answerText(language, { supplier: chosen?.supplierCode, takes, quantity }),
    sections: [
      {
        ...section,
        facts: [
          {
            label: translate(language, 'page.supply.price'),
            value: { text: priceText ?? translate(language, 'page.supply.noPrice') },
          },
          {
            label: translate(language, 'page.supply.when'),
            value: { text: shanghaiTime(new Date(atMs)) },
          },
        ],
      },
      await recentChoices(pool, language, productId),
    ],
  };
}

/** The same on a product's page: one piece, at the list price, now. */
export async function productSupply(
  pool: Pool,
  { language, role }: PanelStaff,
  productId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'supply.read')) return [];
  const { sections } = await whatIf(
    { pool },
    { language, question: { product: productId, quantity: 1 } },
  );
  const [choice] = sections;
  if (!choice?.rows?.length) return [];
  const links = [
    { label: translate(language, 'page.supply.whatIfTitle'), to: whatIfPage(productId) },
  ];
  return [{ ...choice, title: translate(language, 'page.supply.whatIf'), links }];
}

function timeOf(text: string | undefined, nowMs: number): number {
  if (text === undefined || text === '') return nowMs;
  const at = parseShanghaiTime(text.replace('T', ' '));
  if (!at) throw new DomainError('request.invalid');
  return at.getTime();
}

function answerText(
  language: Language,
  told: {
    readonly supplier: string | undefined;
    readonly takes: number;
    readonly quantity: number;
  },
): string {
  const { supplier, takes, quantity } = told;
  if (supplier === undefined) return translate(language, 'page.supply.answerNobody');
  const answer = translate(language, 'page.supply.answerChosen', { supplier, takes, quantity });
  if (takes === quantity) return answer;
  const rest = translate(language, 'page.supply.answerRest', { count: quantity - takes });
  return `${answer} ${rest}`;
}

const RECENT = `
  SELECT a.id, a.attempt_no, a.created_at, a.status, a.quantity, s.code, o.order_no, a.order_id
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id LEFT JOIN orders o ON o.id = a.order_id
  WHERE a.id IN (SELECT x.id FROM supply_routes r CROSS JOIN LATERAL (
    SELECT id FROM attempts WHERE route_id = r.id ORDER BY id DESC LIMIT ${RECENT_MAX}) AS x WHERE r.product_id = $1)
  ORDER BY a.id DESC LIMIT ${RECENT_MAX}`;

/** The past: real choices, each with what it was based on at its own page. */
async function recentChoices(
  pool: Pool,
  language: Language,
  productId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    attempt_no: string;
    created_at: Date;
    status: AttemptStatus;
    quantity: number;
    code: string;
    order_no: string | null;
    order_id: string | null;
  }>(RECENT, [productId]);
  const field = (name: 'attemptNo' | 'orderId' | 'supplierId' | 'quantity' | 'status') =>
    translate(language, `field.Attempt.${name}`);
  return {
    title: translate(language, 'page.supply.recentChoices'),
    hint: translate(language, 'page.supply.recentHint'),
    heads: [
      translate(language, 'field.Attempt.createdAt'),
      field('attemptNo'),
      field('orderId'),
      field('supplierId'),
      field('quantity'),
      field('status'),
    ],
    rows: rows.map((row) => [
      { text: shanghaiTime(row.created_at) },
      { text: row.attempt_no, to: recordPage('Attempt', row.id) },
      row.order_id === null || row.order_no === null
        ? { text: '–' }
        : { text: row.order_no, to: recordPage('Order', row.order_id) },
      { text: row.code },
      { text: String(row.quantity), isNumber: true },
      { text: translate(language, `enum.attemptStatus.${row.status}`), tag: row.status },
    ]),
    empty: translate(language, 'page.supply.noRecent'),
  };
}
