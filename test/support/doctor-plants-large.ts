import type pg from 'pg';
import type { Plant, Rows } from './doctor-plant.js';

/** Makes the waiting order one that is paid and delivered in stages, of which nothing has been paid. */
async function makeLarge(client: pg.Client, { waiting }: Rows): Promise<void> {
  const { orderId } = waiting;
  await client.query(
    `WITH gone AS (DELETE FROM ledger_entries WHERE order_id = $1 RETURNING id), lines AS (
       DELETE FROM ledger_postings WHERE entry_id IN (SELECT id FROM gone) RETURNING account_id, amount_hao)
     UPDATE ledger_accounts a SET balance_hao = balance_hao + lines.amount_hao FROM lines
     WHERE a.id = lines.account_id AND a.balance_hao IS NOT NULL`,
    [orderId],
  );
  await client.query(
    `UPDATE orders SET status = 'awaiting-payment', deadline_at = NULL, released_quantity = 0 WHERE id = $1`,
    [orderId],
  );
  await client.query(`UPDATE order_events SET to_status = 'awaiting-payment' WHERE order_id = $1`, [
    orderId,
  ]);
  await client.query(
    `INSERT INTO large_orders (order_id, platform_id, plan_id, phase, stage_no, stage_count, amount_hao, prepayment_hao,
       due_at, next_at, pay_seconds, grace_seconds, deliver_seconds, accept_seconds, remind_seconds, reserve, on_overdue, created_at)
     SELECT o.id, o.platform_id, d.id, 'payment', 1, 1, o.amount_hao, 0, now() + interval '1 day', now() + interval '1 day',
       60, 60, 60, 60, '{}', 'none', 'refund', now()
     FROM orders o, delivery_plans d WHERE o.id = $1 AND d.code = 'standard'`,
    [orderId],
  );
  await client.query(
    `INSERT INTO delivery_stages (id, order_id, stage_no, quantity, amount_hao, prepaid_hao, status, due_at)
     SELECT id * 64 + 1, id, 1, quantity, amount_hao, 0, 'awaiting-payment', now() + interval '1 day' FROM orders WHERE id = $1`,
    [orderId],
  );
}

const large =
  (statement: string): Plant['plant'] =>
  async (client, rows) => {
    await makeLarge(client, rows);
    await client.query(
      statement.replaceAll(':waiting', rows.waiting.orderId).replaceAll(':sold', rows.sold.orderId),
    );
  };

export const LARGE_ORDER_PLANTS: readonly Plant[] = [
  {
    check: 'large-order-has-its-stages',
    what: 'a stage has more units than were ordered',
    example: /of 1 units over 985000 hao has 1 stages of 2 units/,
    plant: large('UPDATE delivery_stages SET quantity = 2 WHERE order_id = :waiting'),
  },
  {
    check: 'large-order-money-adds-up',
    what: 'an order says that it was paid more than the ledger knows',
    example: /100 hao paid, its payments say 0, the ledger 0/,
    plant: large('UPDATE large_orders SET paid_hao = 100 WHERE order_id = :waiting'),
  },
  {
    check: 'stage-waits-for-its-money',
    what: 'a stage was let go before it was paid',
    example: /let 1 units go for 0 hao paid; 985000 hao had to be there/,
    plant: large(
      `WITH stage AS (UPDATE delivery_stages SET released_at = now() WHERE order_id = :waiting)
       UPDATE orders SET released_quantity = 1 WHERE id = :waiting`,
    ),
  },
  {
    check: 'large-order-moves-on',
    what: 'nobody looks after an order whose time has come',
    example: /is at payment, stage 1, and should have moved on/,
    plant: large(
      `UPDATE large_orders SET next_at = now() - interval '2 minutes' WHERE order_id = :waiting`,
    ),
  },
  {
    check: 'reserved-card-waits-for-its-order',
    what: 'a card is put aside for an order that has ended',
    example: /\(succeeded\), which does not wait for it/,
    plant: large(
      `WITH taken AS (DELETE FROM card_stock WHERE card_id = (SELECT min(card_id) FROM card_stock)
         RETURNING card_id, product_id, batch_id, expires_on)
       INSERT INTO card_reservations (card_id, order_id, product_id, batch_id, expires_on, reserved_until)
       SELECT card_id, :sold, product_id, batch_id, expires_on, now() FROM taken`,
    ),
  },
];
