import type { PoolClient } from 'pg';
import { saleVerdict, type SaleGateNow } from '../licence/sale-gate.js';
import { isSuppliedSql } from '../supply/supplied-sql.js';
import { mayGoOnSale, type SaleLack } from './going-on-sale.js';
import type { ProductKind } from './product-kind.js';

/** A price made in this very transaction begins at its time rounded to the millisecond: that may be a moment ahead. */
const READ = `
  SELECT p.kind,
    EXISTS (SELECT 1 FROM prices r WHERE r.product_id = p.id AND r.valid_from < now() + interval '1 second' AND (r.valid_to IS NULL OR r.valid_to > now())) AS has_price,
    ${isSuppliedSql('p.id')} AS has_route,
    (SELECT json_agg(json_build_object('sellUntil', g.sell_until::text, 'listUntil', g.list_until::text,
        'fulfilUntil', g.fulfil_until::text, 'isRenewing', g.is_renewing,
        'overrideUntilMs', floor(extract(epoch FROM g.override_until) * 1000)))
     FROM sale_gates g WHERE g.product_id = p.id) AS gates
  FROM products p WHERE p.id = $1`;

/**
 * What a product lacks before it may be sold, read under the caller's transaction; who puts it on sale counts the gates
 * first (`refreshGatesIn`).
 */
export async function mayGoOnSaleIn(
  client: Pick<PoolClient, 'query'>,
  productId: string,
  nowMs: number,
): Promise<{ readonly lacks: SaleLack | undefined }> {
  const { rows } = await client.query<{
    kind: ProductKind;
    has_price: boolean;
    has_route: boolean;
    gates: SaleGateNow[] | null;
  }>(READ, [productId]);
  const row = rows[0];
  if (!row) return { lacks: 'price' };
  return mayGoOnSale({
    kind: row.kind,
    hasPrice: row.has_price,
    hasRoute: row.has_route,
    verdicts: (row.gates ?? []).map((gate) => saleVerdict(gate, nowMs)),
  });
}
