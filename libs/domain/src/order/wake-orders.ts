const WOKEN_MAX = 10_000;

/** Tells the runs of orders that wait for these products ($1, a list of ids) to look again at once. */
export const WAKE_ORDERS_OF_PRODUCTS = `
  INSERT INTO outbox_messages (kind, subject, not_before)
  SELECT 'order-changed', id::text, now() FROM orders
  WHERE product_id = ANY($1::uuid[]) AND status IN ('accepted', 'processing') AND sourcing_quantity = 0 LIMIT ${WOKEN_MAX}`;
