/**
 * Whether a source is, or looks like, slow charging (话费慢充): marked by a person, named so, or phone credit for less than
 * anybody honest can sell it. `r` is the route, `p` its product.
 */
export const isSlowChargeSql = (r: string, p: string): string => `
  (${r}.is_slow_charge OR ${p}.name ~ '慢充' OR ${r}.supplier_product_id ~* '慢充|slow-?charge'
   OR (${p}.kind = 'top-up' AND ${p}.name ~ '话费' AND ${r}.cost_hao * 100 <
     coalesce((SELECT (k.params ->> 'costPercent')::int FROM risk_rules k WHERE k.kind = 'slow-charge' AND k.is_current), 90)
     * (SELECT min(l.unit_price_hao) FROM prices l WHERE l.product_id = ${p}.id AND l.valid_from <= now()
        AND (l.valid_to IS NULL OR l.valid_to > now()))))`;

/** Marks such sources and takes them out of use; they cannot be activated again ($1: products, null for all). */
export const BLOCK_SLOW_CHARGE = `
  UPDATE supply_routes r SET is_slow_charge = true, status = 'paused', version = r.version + 1, updated_at = now()
  FROM products p WHERE p.id = r.product_id AND (NOT r.is_slow_charge OR r.status = 'active')
    AND ($1::uuid[] IS NULL OR r.product_id = ANY($1::uuid[])) AND ${isSlowChargeSql('r', 'p')}`;
