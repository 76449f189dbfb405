import { A_DELIVERED_CARD, sql, type Plant } from './doctor-plant.js';

const ANOTHER_PRODUCT = `INSERT INTO products (code, name) VALUES ('ANOTHER', 'another')`;

export const TRADE_PLANTS: readonly Plant[] = [
  {
    check: 'card-delivered-once',
    what: 'a card is in two deliveries',
    breaksToo: ['batch-adds-up'],
    example: /in 2 deliveries/,
    plant: sql(
      'DROP INDEX ix_deliveries_card_id',
      `UPDATE deliveries SET card_id = ${A_DELIVERED_CARD} WHERE order_id = :sold`,
    ),
  },
  {
    check: 'unit-delivered-once',
    what: 'a unit is delivered twice',
    breaksToo: ['delivered-quantity-is-counted'],
    example: /unit 1 of order \d+ was delivered 2 times/,
    plant: sql(
      'ALTER TABLE deliveries DROP CONSTRAINT pk_deliveries',
      `INSERT INTO deliveries SELECT unit_id, order_id, unit_no, NULL, now() FROM deliveries WHERE order_id = :sold AND unit_no = 1`,
    ),
  },
  {
    check: 'card-is-of-the-ordered-product',
    what: 'an order got a card of another product',
    example: /another product/,
    plant: sql(
      ANOTHER_PRODUCT,
      `UPDATE cards SET product_id = (SELECT id FROM products WHERE code = 'ANOTHER') WHERE id = ${A_DELIVERED_CARD}`,
    ),
  },
  {
    check: 'batch-adds-up',
    what: 'a card has left the queue without being delivered',
    example: /batch B-\w+: 6 imported, but 6 cards, 3 of them available and 2 delivered/,
    plant: sql('DELETE FROM card_stock WHERE card_id = (SELECT min(card_id) FROM card_stock)'),
  },
  {
    check: 'queue-holds-undelivered-cards',
    what: 'a delivered card is still in the queue',
    breaksToo: ['batch-adds-up'],
    example: /still in the queue/,
    plant: sql(
      `INSERT INTO card_stock SELECT id, product_id, batch_id FROM cards WHERE id = ${A_DELIVERED_CARD}`,
    ),
  },
  {
    check: 'queue-agrees-with-vault',
    what: 'the queue promises a later last day than the card has',
    example: /another product, batch or last day/,
    plant: sql(
      `UPDATE cards SET expires_on = '2026-01-01' WHERE id = (SELECT min(card_id) FROM card_stock)`,
    ),
  },
  {
    check: 'delivered-quantity-is-counted',
    what: 'an order has succeeded with one unit missing',
    breaksToo: ['final-order-paid-what-it-got'],
    example: /succeeded with 1 of 2 delivered; the deliveries number 2/,
    plant: sql('UPDATE orders SET delivered_quantity = 1 WHERE id = :sold'),
  },
  {
    check: 'order-has-its-units',
    what: 'an order lacks a unit',
    example: /of quantity 1 has 0 units/,
    plant: sql('DELETE FROM order_units WHERE order_id = :waiting'),
  },
  {
    check: 'unit-state-agrees-with-delivery',
    what: 'a unit calls itself delivered without a delivery',
    example: /unit 1 of order \d+ is delivered, and a delivery of it is missing/,
    plant: sql(`UPDATE order_units SET status = 'delivered' WHERE order_id = :waiting`),
  },
  {
    check: 'final-order-holds-nothing',
    what: 'a final order holds a pending unit',
    breaksToo: ['unit-state-agrees-with-delivery'],
    example: /succeeded, but 1 of its units are pending/,
    plant: sql(`UPDATE order_units SET status = 'pending' WHERE order_id = :sold AND unit_no = 2`),
  },
  {
    check: 'accepted-order-ends-in-time',
    what: 'a waiting order is past its deadline',
    example: /its deadline was/,
    plant: sql(`UPDATE orders SET deadline_at = now() - interval '2 minutes' WHERE id = :waiting`),
  },
  {
    check: 'history-is-a-path',
    what: 'the last event is another status than the order has',
    example: /\(processing\): its history goes from processing to failed/,
    plant: sql(
      `INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, created_at)
       VALUES (:waiting, 'failed', 'processing', 'failed', 'system', 'test', now())`,
    ),
  },
  {
    check: 'history-is-a-path',
    what: 'a final status was left again',
    example: /from succeeded to processing after succeeded/,
    plant: sql(
      `INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, created_at)
       VALUES (:sold, 'retry-asked', 'succeeded', 'processing', 'system', 'test', now()),
         (:sold, 'delivered', 'processing', 'succeeded', 'system', 'test', now())`,
    ),
  },
  {
    check: 'history-is-a-path',
    what: 'an order was born final',
    example: /from nothing to failed/,
    plant: sql(
      `UPDATE order_events SET to_status = 'failed' WHERE order_id = :waiting`,
      `INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, created_at)
       VALUES (:waiting, 'retry-asked', 'failed', 'processing', 'system', 'test', now())`,
    ),
  },
  {
    check: 'history-is-a-path',
    what: 'an order has no history',
    example: /from nothing to nothing/,
    plant: sql('DELETE FROM order_events WHERE order_id = :sold'),
  },
  {
    check: 'final-change-has-its-callback',
    what: 'a platform was never told',
    example: /was never to be told/,
    plant: sql('DELETE FROM callback_deliveries'),
  },
  {
    check: 'callback-is-on-its-way',
    what: 'a scheduled callback was forgotten',
    example: /is scheduled after 0 tries, but was due at/,
    plant: sql(
      `UPDATE callback_deliveries SET status = 'scheduled', next_at = now() - interval '16 minutes'`,
    ),
  },
  {
    check: 'outbox-is-emptied',
    what: 'nobody comes for a message',
    example: /start-order of 1/,
    plant: sql(
      `INSERT INTO outbox_messages (kind, subject, not_before, created_at)
       VALUES ('start-order', '1', now() - interval '11 minutes', now() - interval '11 minutes')`,
    ),
  },
  {
    check: 'outbox-is-emptied',
    what: 'a message fails again and again',
    example: /fill-stock of 1\) waits since .* after 12 tries/,
    plant: sql(
      `INSERT INTO outbox_messages (kind, subject, not_before, created_at, try_count)
       VALUES ('fill-stock', '1', now() + interval '1 minute', now() - interval '11 minutes', 12)`,
    ),
  },
];
