/** The gates of a product as selling reads them, under the product's own row; NULL where nothing is required. */
export const gatesSql = (productId: string, platforms: string): string => `
  (SELECT json_agg(json_build_object('platformId', g.platform_id, 'sellUntil', g.sell_until::text,
      'overrideUntilMs', floor(extract(epoch FROM g.override_until) * 1000)))
   FROM sale_gates g WHERE g.product_id = ${productId} AND (g.platform_id IS NULL OR g.platform_id ${platforms}))`;

/** Whether a gate is shut on this day (Shanghai) at this instant; both are SQL. */
export const isShutSql = (gate: string, today: string, now: string): string =>
  `(${gate}.sell_until < ${today} AND NOT coalesce(${gate}.override_until > ${now}, false))`;

/** Whether the right to deliver this product to this platform has lapsed; the platform's own gate comes first. */
export const isRightLapsedSql = (
  of: { readonly productId: string; readonly platformId: string },
  today: string,
  now: string,
): string => `
  coalesce((SELECT g.fulfil_until < ${today} AND ${isShutSql('g', today, now)} FROM sale_gates g
    WHERE g.product_id = ${of.productId} AND (g.platform_id = ${of.platformId} OR g.platform_id IS NULL)
    ORDER BY g.platform_id NULLS LAST LIMIT 1), false)`;

/** Whether this product may not be sold to this platform now. */
export const isSaleShutSql = (
  of: { readonly productId: string; readonly platformId: string },
  today: string,
  now: string,
): string => `
  coalesce((SELECT ${isShutSql('g', today, now)} FROM sale_gates g
    WHERE g.product_id = ${of.productId} AND (g.platform_id = ${of.platformId} OR g.platform_id IS NULL)
    ORDER BY g.platform_id NULLS LAST LIMIT 1), false)`;
