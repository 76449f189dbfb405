/** First key of the advisory locks that guard a product's stock and its waiting orders. */
const PRODUCT_LOCK_CLASS = 7701;

/**
 * Every script that takes or adds cards of the stock, or moves waiting orders that stock could fill, holds these locks to
 * its end, taken in the order of the codes' hashes and before any row lock. So stock read is stock that can be taken, and
 * nobody overtakes. An order whose units a supplier may still deliver is not filled from stock: its row lock is enough.
 */
export const LOCK_PRODUCTS = `
  SELECT pg_advisory_xact_lock(${PRODUCT_LOCK_CLASS}, hash)
  FROM (SELECT DISTINCT hashtext(code) AS hash FROM unnest($1::text[]) AS p(code) ORDER BY 1) AS hashes`;

/** The same for the one product of an order. */
export const LOCK_PRODUCT_OF_ORDER = `
  SELECT pg_advisory_xact_lock(${PRODUCT_LOCK_CLASS}, hashtext(product_code)) FROM orders WHERE id = $1`;

/** The same for the one product of an attempt. */
export const LOCK_PRODUCT_OF_ATTEMPT = `
  SELECT pg_advisory_xact_lock(${PRODUCT_LOCK_CLASS}, hashtext(p.code))
  FROM attempts a JOIN products p ON p.id = a.product_id WHERE a.id = $1`;
