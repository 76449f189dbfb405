import type pg from 'pg';
import { beginSnapshot, checkCiphertexts, DOCTOR_CHECKS, runChecks } from '#domain/stores';
import { createTestDatabase, withClient, type TestDatabase } from '../support/postgres.js';
import { anOrderWithRows, aTrade, post, testVault, type SoldOrder } from '../support/sold-order.js';

/** One way to break one promise, in a database whose guards are switched off. */
interface Plant {
  readonly check: string;
  readonly what: string;
  /** Checks that see the same fault from another side. */
  readonly breaksToo?: readonly string[];
  readonly example: RegExp;
  readonly plant: (client: pg.Client, rows: Rows) => Promise<unknown>;
}

interface Rows {
  readonly sold: SoldOrder;
  readonly waiting: SoldOrder;
}

const NOWHERE = '00000000-0000-7000-8000-000000000000';

const sql =
  (...statements: string[]): Plant['plant'] =>
  async (client, { sold, waiting }) => {
    for (const statement of statements)
      await client.query(
        statement
          .replaceAll(':sold', sold.orderId)
          .replaceAll(':waiting', waiting.orderId)
          .replaceAll(':account', `'${sold.balanceAccountId}'`)
          .replaceAll(':revenue', `'${sold.revenueAccountId}'`)
          .replaceAll(':batch', `'${sold.batchId}'`)
          .replaceAll(':nowhere', `'${NOWHERE}'`),
      );
  };

const ANOTHER_PRODUCT = `INSERT INTO products (code, name) VALUES ('ANOTHER', 'another')`;
const A_DELIVERED_CARD = '(SELECT min(card_id) FROM deliveries WHERE order_id = :sold)';

const PLANTS: readonly Plant[] = [
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
       VALUES (:sold, 'waiting', 'succeeded', 'processing', 'system', 'test', now()),
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
       VALUES (:waiting, 'waiting', 'failed', 'processing', 'system', 'test', now())`,
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
    what: 'a message stays in the outbox',
    example: /start-order of 1/,
    plant: sql(
      `INSERT INTO outbox_messages (kind, subject, not_before, created_at)
       VALUES ('start-order', '1', now() - interval '11 minutes', now() - interval '11 minutes')`,
    ),
  },
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
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at) VALUES (999, 'refunded', 'system', 'test', now())`,
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

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Runs in a transaction that is rolled back, so that plants do not meet each other. */
async function withRows<Result>(
  work: (client: pg.Client, rows: Rows) => Promise<Result>,
): Promise<Result> {
  return withClient(database.url, async (client) => {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    const trade = await aTrade(client, { cards: 6 });
    const sold = await anOrderWithRows(client, trade, { quantity: 2, status: 'succeeded' });
    const waiting = await anOrderWithRows(client, trade, { quantity: 1, status: 'processing' });
    const result = await work(client, { sold, waiting });
    await client.query('ROLLBACK');
    return result;
  });
}

const sqlNow = (client: pg.Client, statement: string): Promise<unknown> => client.query(statement);

const findings = async (
  client: pg.Client,
  isTemporalAway = false,
): Promise<{ name: string; examples: readonly string[] }[]> => {
  const results = await runChecks(client, { isTemporalAway });
  return results.filter((result) => result.violations > 0);
};

it('finds nothing where everything is as it must be, and looks at something in every table that is filled', async () => {
  await withRows(async (client) => {
    const results = await runChecks(client, { isTemporalAway: false });
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(25);
    const unseen = results.filter((result) => result.looked === 0).map((result) => result.name);
    expect(unseen).toEqual(['outbox-is-emptied', 'callback-try-has-its-callback']);
  });
});

it.each(PLANTS)(
  '$check fires, with its fellows only, when $what',
  async ({ check, breaksToo = [], plant, example }) => {
    await withRows(async (client, rows) => {
      await plant(client, rows);
      const found = await findings(client);
      expect(found.map((result) => result.name).sort()).toEqual([check, ...breaksToo].sort());
      const examples = found.find((result) => result.name === check)?.examples ?? [];
      expect(examples.join('\n')).toMatch(example);
    });
  },
);

it('has a planted violation for every check, so that none is a check in name only', () => {
  const planted = new Set(PLANTS.map((plant) => plant.check));
  expect(DOCTOR_CHECKS.map((check) => check.name).filter((name) => !planted.has(name))).toEqual([]);
});

it('does not call a violation what only waits for Temporal', async () => {
  await withRows(async (client) => {
    await sqlNow(
      client,
      `UPDATE callback_deliveries SET status = 'scheduled', next_at = now() - interval '1 day'`,
    );
    const results = await runChecks(client, { isTemporalAway: true });
    const skipped = results.filter((result) => result.skipped !== undefined);
    expect(skipped.map((result) => [result.name, result.looked, result.violations])).toEqual([
      ['callback-is-on-its-way', 0, 0],
      ['outbox-is-emptied', 0, 0],
    ]);
    expect(results.filter((result) => result.violations > 0)).toEqual([]);
  });
});

it('counts all violations and shows five of them', async () => {
  await withRows(async (client) => {
    await sqlNow(
      client,
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at)
       SELECT 1000 + no, 'refunded', 'system', 'test', now() FROM generate_series(1, 40) AS no`,
    );
    const [found] = (await runChecks(client, { isTemporalAway: false })).filter(
      (result) => result.violations > 0,
    );
    expect(found).toMatchObject({ name: 'event-has-its-order', violations: 40 });
    expect(found?.examples).toHaveLength(5);
  });
});

describe('the newest ciphertexts', () => {
  it('open with the keys and match their fingerprints', async () => {
    await withRows(async (client) => {
      expect(await checkCiphertexts(client, testVault())).toMatchObject({
        looked: 6,
        violations: 0,
      });
    });
  });

  it('are found when one bit of them has changed, or when two cards were exchanged', async () => {
    await withRows(async (client) => {
      await sqlNow(
        client,
        `UPDATE cards SET sealed = set_bit(sealed, 130, 1 - get_bit(sealed, 130)) WHERE id = (SELECT min(id) FROM cards)`,
      );
      await sqlNow(
        client,
        `UPDATE cards SET fingerprint = '\\x0011' WHERE id = (SELECT max(id) FROM cards)`,
      );
      const result = await checkCiphertexts(client, testVault());
      expect(result).toMatchObject({ name: 'card-opens-and-matches', looked: 6, violations: 2 });
      expect(result.examples.join()).toMatch(
        /is not the card of its fingerprint.*cannot be opened/,
      );
    });
  });
});

it('writes nothing: its snapshot is read-only', async () => {
  await withClient(database.url, async (client) => {
    await beginSnapshot(client);
    await expect(client.query('DELETE FROM card_stock')).rejects.toThrow('read-only transaction');
  });
});
