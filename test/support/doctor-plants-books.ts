import { A_DELIVERED_CARD, sql, type Plant } from './doctor-plant.js';
import { post } from './sold-order.js';

export const MONEY_PLANTS: readonly Plant[] = [
  {
    check: 'ledger-sums-to-zero',
    what: 'a posting has no counterpart',
    breaksToo: ['entry-is-balanced'],
    example: /together are -2 hao, not 0/,
    plant: sql(
      `UPDATE ledger_postings SET amount_hao = amount_hao - 1 WHERE account_id = :revenue`,
    ),
  },
  {
    check: 'entry-is-balanced',
    what: 'two entries are wrong and make up for each other',
    example: /has 2 lines that sum to -?1 hao/,
    plant: sql(
      `UPDATE ledger_postings SET amount_hao = amount_hao + 1 WHERE id = (SELECT min(id) FROM ledger_postings WHERE account_id = :revenue)`,
      `UPDATE ledger_postings SET amount_hao = amount_hao - 1 WHERE id = (SELECT max(id) FROM ledger_postings WHERE account_id = :revenue)`,
    ),
  },
  {
    check: 'balance-is-the-sum-of-its-postings',
    what: 'a cached balance was changed by hand',
    example: /says \d+ hao, its postings say/,
    plant: sql('UPDATE ledger_accounts SET balance_hao = balance_hao + 1 WHERE id = :account'),
  },
  {
    check: 'balance-is-above-its-floor',
    what: 'a balance is below its floor',
    example: /below its floor/,
    plant: sql(
      'ALTER TABLE ledger_accounts DROP CONSTRAINT ck_ledger_accounts_floor',
      'UPDATE ledger_accounts SET floor_hao = balance_hao + 1 WHERE id = :account',
    ),
  },
  {
    check: 'order-is-charged-once',
    what: 'an order was charged twice',
    example: /was charged 2 times/,
    plant: async (client, { sold }) => {
      await post(client, 'order-charge', sold.orderId, [
        [sold.balanceAccountId, 1_970_000],
        [sold.revenueAccountId, -1_970_000],
      ]);
      await client.query(
        'UPDATE ledger_accounts SET balance_hao = balance_hao - 1970000 WHERE id = $1',
        [sold.balanceAccountId],
      );
    },
  },
  {
    check: 'final-order-paid-what-it-got',
    what: 'a delivered order was refunded',
    example: /refunded \(the ledger: 985000\)/,
    plant: async (client, { sold }) => {
      await post(client, 'order-refund', sold.orderId, [
        [sold.revenueAccountId, 985_000],
        [sold.balanceAccountId, -985_000],
      ]);
      await client.query(
        'UPDATE ledger_accounts SET balance_hao = balance_hao + 985000 WHERE id = $1',
        [sold.balanceAccountId],
      );
      await client.query('UPDATE orders SET refunded_hao = 985000 WHERE id = $1', [sold.orderId]);
    },
  },
];

export const ORPHAN_PLANTS: readonly Plant[] = [
  {
    check: 'order-has-its-parents',
    what: 'an order is of no product',
    example: /refers to products/,
    plant: sql('UPDATE orders SET product_id = :nowhere WHERE id = :waiting'),
  },
  {
    check: 'unit-has-its-order',
    what: 'a unit is of no order',
    example: /order_units \d+ refers to orders 999/,
    plant: sql(
      `INSERT INTO order_units (id, order_id, unit_no, status) VALUES (999 * 16384 + 1, 999, 1, 'released')`,
    ),
  },
  {
    check: 'event-has-its-order',
    what: 'an event is of no order',
    example: /refers to orders 999/,
    plant: sql(
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at) VALUES (999, 'retry-asked', 'system', 'test', now())`,
    ),
  },
  {
    check: 'delivery-has-its-parents',
    what: 'a delivery is of no card',
    example: /deliveries \d+ refers to cards 999/,
    plant: sql(
      `UPDATE card_batches SET imported_count = imported_count - 1`,
      `DELETE FROM cards WHERE id = (SELECT card_id FROM deliveries WHERE order_id = :sold AND unit_no = 1)`,
      `UPDATE deliveries SET card_id = 999 WHERE order_id = :sold AND unit_no = 1`,
    ),
  },
  {
    check: 'card-has-its-parents',
    what: 'a card is of no batch',
    example: /refers to card_batches/,
    plant: sql(
      `UPDATE card_batches SET imported_count = imported_count - 1`,
      `UPDATE cards SET batch_id = :nowhere WHERE id = ${A_DELIVERED_CARD}`,
    ),
  },
  {
    check: 'queued-card-has-its-parents',
    what: 'the queue offers a card that is not in the vault',
    example: /card_stock 999 refers to cards 999/,
    plant: sql(
      `INSERT INTO card_stock (card_id, product_id, batch_id) SELECT 999, product_id, id FROM card_batches`,
      `INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint) SELECT 998, product_id, id, '', '' FROM card_batches`,
      `UPDATE card_batches SET imported_count = imported_count + 1`,
    ),
  },
  {
    check: 'posting-has-its-parents',
    what: 'postings are of no entry',
    example: /ledger_postings \d+ refers to ledger_entries 999/,
    plant: sql(
      `INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
       VALUES (999 * 64 + 1, 999, 1, :revenue, 5), (999 * 64 + 2, 999, 2, :revenue, -5)`,
    ),
  },
  {
    check: 'entry-has-its-order',
    what: 'a charge is of no order',
    breaksToo: ['entry-follows-its-recipe'],
    example: /ledger_entries \d+ refers to orders 999/,
    plant: async (client, { sold }) => {
      await post(client, 'order-charge', '999', [
        [sold.revenueAccountId, 1],
        [sold.revenueAccountId, -1],
      ]);
    },
  },
  {
    check: 'callback-has-its-order',
    what: 'a callback is of no order',
    example: /callback_deliveries \d+ refers to orders 999/,
    plant: sql(
      `INSERT INTO callback_deliveries (order_id, order_version, webhook_id, url, status, created_at)
       VALUES (999, 1, 'msg', 'https://shop.example.test', 'dead', now())`,
    ),
  },
  {
    check: 'callback-try-has-its-callback',
    what: 'a try is of no callback',
    example: /callback_tries \d+ refers to callback_deliveries 999/,
    plant: sql(
      `INSERT INTO callback_tries (callback_id, try_no, duration_ms, asked_by, sent_at) VALUES (999, 1, 5, 'ladder', now())`,
    ),
  },
];
