import { FINAL_ORDER_STATUSES } from '../order/order-status.js';
import type { DoctorCheck } from './check.js';

const FINAL = FINAL_ORDER_STATUSES.map((status) => `'${status}'`).join(', ');

/** What the ledger says of each large order: what came in, and what went back. */
const IN_THE_BOOKS = `
  SELECT e.order_id,
    -coalesce(sum(p.amount_hao) FILTER (WHERE e.kind = 'large-order-payment' AND a.kind = 'platform-prepayment'), 0) AS paid_hao,
    -coalesce(sum(p.amount_hao) FILTER (WHERE e.kind = 'large-order-refund' AND a.kind = 'platform-balance'), 0) AS refunded_hao,
    -coalesce(sum(p.amount_hao) FILTER (WHERE a.kind = 'platform-prepayment'), 0) AS aside_hao
  FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id JOIN ledger_accounts a ON a.id = p.account_id
  WHERE e.kind IN ('large-order-payment', 'large-order-release', 'large-order-refund') GROUP BY e.order_id`;

const PAYMENTS = `
  SELECT order_id, sum(amount_hao) AS paid_hao FROM large_order_payments GROUP BY order_id`;

const STAGES = `
  SELECT order_id, count(*) AS stages, max(stage_no) AS last_no, sum(quantity) AS quantity, sum(amount_hao) AS amount_hao,
    sum(prepaid_hao) AS prepaid_hao FROM delivery_stages GROUP BY order_id`;

/** What must have been paid before the units that were let go might be: prepayment, and what each stage costs beyond it. */
const REQUIRED = `
  SELECT s.order_id, sum(s.quantity) AS released,
    sum(s.amount_hao - s.prepaid_hao) AS due_hao
  FROM delivery_stages s WHERE s.released_at IS NOT NULL GROUP BY s.order_id`;

export const LARGE_ORDER_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'large-order-has-its-stages',
    looked: 'large_orders',
    violations: `
      SELECT format('large order %s of %s units over %s hao has %s stages of %s units over %s hao', coalesce(o.order_no, l.order_id::text),
        o.quantity, o.amount_hao, coalesce(s.stages, 0), coalesce(s.quantity, 0), coalesce(s.amount_hao, 0)) AS example
      FROM large_orders l LEFT JOIN orders o ON o.id = l.order_id LEFT JOIN (${STAGES}) s ON s.order_id = l.order_id
      WHERE o.id IS NULL OR o.released_quantity IS NULL OR s.stages IS DISTINCT FROM l.stage_count::bigint
        OR s.last_no <> l.stage_count OR s.quantity <> o.quantity OR s.amount_hao <> o.amount_hao
        OR s.prepaid_hao <> l.prepayment_hao
      UNION ALL
      SELECT format('order %s lets units go in stages, but has none', o.order_no)
      FROM orders o LEFT JOIN large_orders l ON l.order_id = o.id WHERE o.released_quantity IS NOT NULL AND l.order_id IS NULL`,
  },
  {
    name: 'large-order-money-adds-up',
    looked: 'large_orders',
    violations: `
      SELECT format('large order %s: %s hao paid, its payments say %s, the ledger %s; refunded %s, the ledger %s; put aside %s',
        o.order_no, l.paid_hao, coalesce(p.paid_hao, 0), coalesce(b.paid_hao, 0), o.refunded_hao, coalesce(b.refunded_hao, 0),
        coalesce(b.aside_hao, 0)) AS example
      FROM large_orders l JOIN orders o ON o.id = l.order_id
      LEFT JOIN (${PAYMENTS}) p ON p.order_id = l.order_id LEFT JOIN (${IN_THE_BOOKS}) b ON b.order_id = l.order_id
      WHERE l.paid_hao <> coalesce(p.paid_hao, 0) OR l.paid_hao <> coalesce(b.paid_hao, 0)
        OR o.refunded_hao <> coalesce(b.refunded_hao, 0) OR l.paid_hao > o.amount_hao
        OR coalesce(b.aside_hao, 0) <> CASE WHEN o.status IN (${FINAL}) THEN 0 ELSE l.paid_hao - l.released_hao END
        OR (o.status IN (${FINAL}) AND l.paid_hao - o.refunded_hao - l.forfeited_hao
          <> (o.unit_price_hao * o.delivered_quantity + 50) / 100 * 100)`,
  },
  {
    name: 'stage-waits-for-its-money',
    looked: 'delivery_stages',
    violations: `
      SELECT format('large order %s let %s units go for %s hao paid; %s hao had to be there', o.order_no, o.released_quantity,
        l.paid_hao, l.prepayment_hao + coalesce(r.due_hao, 0)) AS example
      FROM large_orders l JOIN orders o ON o.id = l.order_id LEFT JOIN (${REQUIRED}) r ON r.order_id = l.order_id
      WHERE o.released_quantity <> coalesce(r.released, 0)
        OR (o.released_quantity > 0 AND l.paid_hao < l.prepayment_hao + r.due_hao)`,
  },
  {
    name: 'large-order-moves-on',
    looked: `large_orders WHERE phase <> 'ended'`,
    violations: `
      SELECT format('large order %s is at %s, stage %s, and should have moved on at %s', o.order_no, l.phase, l.stage_no,
        l.next_at) AS example
      FROM large_orders l JOIN orders o ON o.id = l.order_id
      WHERE l.phase <> 'ended' AND (l.next_at < now() - interval '60 seconds'
        OR (o.status IN (${FINAL}) AND o.updated_at < now() - interval '60 seconds'))`,
  },
  {
    name: 'reserved-card-waits-for-its-order',
    looked: 'card_reservations',
    violations: `
      SELECT format('card %s is put aside for order %s (%s), which %s', r.card_id, r.order_id, coalesce(o.status, 'missing'),
        CASE WHEN s.card_id IS NOT NULL THEN 'is queued for others too' WHEN d.card_id IS NOT NULL THEN 'was delivered'
          ELSE 'does not wait for it' END) AS example
      FROM card_reservations r LEFT JOIN orders o ON o.id = r.order_id JOIN cards c ON c.id = r.card_id
      LEFT JOIN card_stock s ON s.card_id = r.card_id LEFT JOIN deliveries d ON d.card_id = r.card_id
      WHERE o.id IS NULL OR o.status IN (${FINAL}) OR o.product_id <> r.product_id OR c.product_id <> r.product_id
        OR c.batch_id <> r.batch_id OR s.card_id IS NOT NULL OR d.card_id IS NOT NULL
      UNION ALL
      SELECT format('%s cards are put aside for order %s, which lacks %s units', count(*), o.order_no, o.quantity - o.delivered_quantity)
      FROM card_reservations r JOIN orders o ON o.id = r.order_id
      GROUP BY o.id HAVING count(*) > o.quantity - o.delivered_quantity`,
  },
];
