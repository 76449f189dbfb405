/** SQL for the price lines of product `p` that a platform may see, as JSON in the shape of `PriceCandidate`. */
export function priceLinesSql(platformCondition: string): string {
  return `(SELECT coalesce(json_agg(json_build_object('platformId', r.platform_id, 'unitPriceHao', r.unit_price_hao,
       'minQuantity', r.min_quantity, 'maxQuantity', r.max_quantity,
       'validFromMs', floor(extract(epoch FROM r.valid_from) * 1000),
       'validToMs', floor(extract(epoch FROM r.valid_to) * 1000))), '[]')
     FROM prices r WHERE r.product_id = p.id AND (r.platform_id IS NULL OR r.platform_id ${platformCondition}))`;
}
