import type { Pool } from 'pg';
import { gatesSql } from '../licence/gate-sql.js';
import { licenceRefusal, type SellingGate } from '../licence/sale-gate.js';
import { priceFor, type PriceCandidate, type ResolvedPrice } from '../pricing/price-resolution.js';
import type { Refusal } from '../shared/domain-error.js';
import { shanghaiDate } from '../shared/business-time.js';
import { priceLinesSql } from '../pricing/price-lines.store.js';
import { isSuppliedSql } from '../supply/supplied-sql.js';
import type { AccountField } from './account-fields.js';
import type { ProductKind } from './product-kind.js';
import type { ProductStatus } from './product-status.js';
import type { SaleRules } from './sale-rules.js';

/** A product as one platform may buy it. */
export interface Offer extends SaleRules {
  readonly id: string;
  readonly name: string;
  readonly kind: ProductKind;
  readonly mayWait: boolean;
  readonly lowStockThreshold: number;
  /** Counted no further than the threshold needs. */
  readonly availableCount: number;
  /** Suppliers deliver what is not in stock. */
  readonly isSupplied: boolean;
  readonly accountFields: readonly AccountField[];
  readonly prices: readonly PriceCandidate[];
  /** Why it may not be sold to this platform now for want of a licence; undefined where it may. */
  readonly licenceRefusal: Refusal | undefined;
}

const READ_OFFERS = `
  SELECT p.id, p.code, p.name, p.kind, p.status, p.min_quantity, p.max_quantity, p.quantity_step, p.may_wait,
    p.low_stock_threshold, p.account_fields, p.banned_channels,
    ${priceLinesSql('= $1')} AS prices,
    (SELECT count(*)::int FROM (SELECT 1 FROM card_stock s WHERE s.product_id = p.id AND s.expires_on >= $2::date
       LIMIT p.low_stock_threshold) AS counted) AS available_count,
    ${isSuppliedSql('p.id')} AS is_supplied, ${gatesSql('p.id', '= $1')} AS gates
  FROM products p`;

interface OfferRow {
  id: string;
  code: string;
  name: string;
  kind: ProductKind;
  status: ProductStatus;
  min_quantity: number;
  max_quantity: number;
  quantity_step: number;
  may_wait: boolean;
  low_stock_threshold: number;
  account_fields: AccountField[];
  banned_channels: string[];
  prices: PriceCandidate[];
  available_count: number;
  is_supplied: boolean;
  gates: SellingGate[] | null;
}

/** One product with this platform's prices, or undefined. */
export async function readOffer(
  pool: Pool,
  platformId: string,
  productCode: string,
  nowMs: number,
): Promise<Offer | undefined> {
  const found = await pool.query<OfferRow>({
    name: 'read-offer',
    text: `${READ_OFFERS} WHERE p.code = $3`,
    values: [platformId, shanghaiDate(nowMs), productCode],
  });
  return found.rows[0] && toOffer(found.rows[0], platformId, nowMs);
}

/** Products on sale after this code, in order of code. */
export async function readOffers(
  pool: Pool,
  platformId: string,
  page: { readonly afterCode: string; readonly limit: number },
  nowMs: number,
): Promise<Offer[]> {
  const found = await pool.query<OfferRow>({
    name: 'read-offers',
    text: `${READ_OFFERS} WHERE p.status = 'on-sale' AND p.code > $3 COLLATE "C" ORDER BY p.code COLLATE "C" LIMIT $4`,
    values: [platformId, shanghaiDate(nowMs), page.afterCode, page.limit],
  });
  return found.rows.map((row) => toOffer(row, platformId, nowMs));
}

/** The price for this quantity now; undefined where the product is not priced for the platform. */
export function offerPrice(
  offer: Offer,
  quantity: number,
  nowMs: number,
): ResolvedPrice | undefined {
  return priceFor(offer.prices, quantity, nowMs);
}

function toOffer(row: OfferRow, platformId: string, nowMs: number): Offer {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    status: row.status,
    minQuantity: row.min_quantity,
    maxQuantity: row.max_quantity,
    quantityStep: row.quantity_step,
    mayWait: row.may_wait,
    lowStockThreshold: row.low_stock_threshold,
    accountFields: row.account_fields,
    bannedChannels: row.banned_channels,
    prices: row.prices,
    availableCount: row.available_count,
    isSupplied: row.is_supplied,
    licenceRefusal: licenceRefusal(row, platformId, nowMs),
  };
}
