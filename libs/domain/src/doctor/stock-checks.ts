import type { DoctorCheck } from './check.js';

export const STOCK_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'card-delivered-once',
    looked: 'deliveries WHERE card_id IS NOT NULL',
    violations: `
      SELECT format('card %s is in %s deliveries, of orders %s', card_id, count(*), string_agg(order_id::text, ', ')) AS example
      FROM deliveries WHERE card_id IS NOT NULL GROUP BY card_id HAVING count(*) > 1`,
  },
  {
    name: 'unit-delivered-once',
    looked: 'deliveries',
    violations: `
      SELECT format('unit %s of order %s was delivered %s times', unit_no, order_id, count(*)) AS example
      FROM deliveries GROUP BY order_id, unit_no HAVING count(*) > 1`,
  },
  {
    name: 'card-is-of-the-ordered-product',
    looked: 'deliveries WHERE card_id IS NOT NULL',
    violations: `
      SELECT format('order %s wants product %s, but card %s is one of another product', o.order_no, o.product_code, c.id) AS example
      FROM deliveries d JOIN orders o ON o.id = d.order_id JOIN cards c ON c.id = d.card_id
      WHERE c.product_id <> o.product_id`,
  },
  {
    name: 'batch-adds-up',
    looked: 'card_batches',
    violations: `
      SELECT format('batch %s: %s imported, but %s cards, %s of them available and %s delivered, %s put aside', b.batch_no,
        b.imported_count, coalesce(c.cards, 0), coalesce(s.available, 0), coalesce(c.delivered, 0), coalesce(r.reserved, 0)) AS example
      FROM card_batches b
      LEFT JOIN (SELECT cards.batch_id, count(*) AS cards, count(d.card_id) AS delivered
        FROM cards LEFT JOIN deliveries d ON d.card_id = cards.id GROUP BY cards.batch_id) c ON c.batch_id = b.id
      LEFT JOIN (SELECT batch_id, count(*) AS available FROM card_stock GROUP BY batch_id) s ON s.batch_id = b.id
      LEFT JOIN (SELECT batch_id, count(*) AS reserved FROM card_reservations GROUP BY batch_id) r ON r.batch_id = b.id
      WHERE b.imported_count <> coalesce(c.cards, 0)
        OR b.imported_count <> coalesce(s.available, 0) + coalesce(c.delivered, 0) + coalesce(r.reserved, 0)`,
  },
  {
    name: 'queue-holds-undelivered-cards',
    looked: 'card_stock',
    violations: `
      SELECT format('card %s was delivered to order %s and is still in the queue', s.card_id, d.order_id) AS example
      FROM card_stock s JOIN deliveries d ON d.card_id = s.card_id`,
  },
  {
    name: 'queue-agrees-with-vault',
    looked: 'card_stock',
    violations: `
      SELECT format('card %s is queued with another product, batch or last day than it has', s.card_id) AS example
      FROM card_stock s JOIN cards c ON c.id = s.card_id JOIN card_batches b ON b.id = c.batch_id
      WHERE s.product_id <> c.product_id OR s.batch_id <> c.batch_id OR b.product_id <> c.product_id
        OR s.expires_on <> coalesce(c.expires_on, 'infinity'::date)`,
  },
];
