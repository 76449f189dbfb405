import {
  FINAL_ORDER_STATUSES,
  ORDER_BIRTHS,
  ORDER_MOVES,
  WAITING_STATUSES_SQL,
} from '../order/order-status.js';
import type { DoctorCheck } from './check.js';

const texts = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const FINAL = texts(FINAL_ORDER_STATUSES);
const MOVES = Object.entries(ORDER_MOVES)
  .flatMap(([from, allowed]) => allowed.map((to) => `('${from}', '${to}')`))
  .join(', ');

const deliveredQuantity: DoctorCheck = {
  name: 'delivered-quantity-is-counted',
  looked: 'orders',
  violations: `
    SELECT format('order %s is %s with %s of %s delivered; the deliveries number %s',
      o.order_no, o.status, o.delivered_quantity, o.quantity, coalesce(d.delivered, 0)) AS example
    FROM orders o
    LEFT JOIN (SELECT order_id, count(*) AS delivered FROM deliveries GROUP BY order_id) d ON d.order_id = o.id
    WHERE o.delivered_quantity <> coalesce(d.delivered, 0)
      OR o.delivered_quantity > o.quantity
      OR (o.status = 'succeeded') <> (o.delivered_quantity = o.quantity)
      OR (o.status = 'partial' AND o.delivered_quantity = 0)
      OR (o.status IN ('failed', 'cancelled') AND o.delivered_quantity > 0)`,
};

const unitsNumbered: DoctorCheck = {
  name: 'order-has-its-units',
  looked: 'orders',
  violations: `
    SELECT format('order %s of quantity %s has %s units, numbered %s to %s',
      o.order_no, o.quantity, coalesce(u.units, 0), u.first_no, u.last_no) AS example
    FROM orders o
    LEFT JOIN (SELECT order_id, count(*) AS units, min(unit_no) AS first_no, max(unit_no) AS last_no
      FROM order_units GROUP BY order_id) u ON u.order_id = o.id
    WHERE u.units IS DISTINCT FROM o.quantity::bigint OR u.first_no <> 1 OR u.last_no <> o.quantity`,
};

const unitStates: DoctorCheck = {
  name: 'unit-state-agrees-with-delivery',
  looked: 'order_units',
  violations: `
    SELECT format('unit %s of order %s is %s, and a delivery of it %s', coalesce(u.unit_no, d.unit_no),
      coalesce(u.order_id, d.order_id), coalesce(u.status, 'missing'),
      CASE WHEN d.unit_id IS NULL THEN 'is missing' ELSE 'exists' END) AS example
    FROM order_units u FULL JOIN deliveries d ON d.unit_id = u.id
    WHERE u.id IS NOT NULL AND (u.status = 'delivered') <> (d.unit_id IS NOT NULL)`,
};

const noHoldOnFinal: DoctorCheck = {
  name: 'final-order-holds-nothing',
  looked: `orders WHERE status IN (${FINAL})`,
  violations: `
    SELECT format('order %s is %s, but %s of its units are %s', o.order_no, o.status, count(*), u.status) AS example
    FROM order_units u JOIN orders o ON o.id = u.order_id
    WHERE u.status <> 'delivered'
      AND (u.status IN ('pending', 'sourcing')) = (o.status IN (${FINAL}))
    GROUP BY o.order_no, o.status, u.status`,
};

const deadlines: DoctorCheck = {
  name: 'accepted-order-ends-in-time',
  looked: `orders WHERE status NOT IN (${FINAL})`,
  violations: `
    SELECT format('order %s has been %s since %s; its deadline %s', o.order_no, o.status, o.created_at,
      coalesce('was ' || o.deadline_at::text, 'is missing')) AS example
    FROM orders o
    WHERE o.status IN ${WAITING_STATUSES_SQL}
      AND (o.deadline_at IS NULL OR o.deadline_at < now() - interval '60 seconds')
      AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.order_id = o.id AND a.person_reason IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM outbox_messages m
        WHERE m.subject = o.id::text AND m.kind IN ('start-order', 'order-changed'))`,
};

/** Each status event starts where the one before it ended; the first is a birth, the last is the order's status. */
const eventPath: DoctorCheck = {
  name: 'history-is-a-path',
  looked: 'order_events WHERE to_status IS NOT NULL',
  violations: `
    SELECT format('order %s (%s): its history goes from %s to %s after %s', o.order_no, o.status,
      coalesce(s.from_status, 'nothing'), coalesce(s.to_status, 'nothing'), coalesce(s.before, 'nothing')) AS example
    FROM orders o LEFT JOIN (
      SELECT order_id, from_status, to_status,
        lag(to_status) OVER steps AS before, lead(id) OVER steps IS NULL AS is_last
      FROM order_events WHERE to_status IS NOT NULL
      WINDOW steps AS (PARTITION BY order_id ORDER BY id)
    ) s ON s.order_id = o.id
    WHERE s.order_id IS NULL
      OR s.from_status IS DISTINCT FROM s.before
      OR (s.before IS NULL AND s.to_status NOT IN (${texts(ORDER_BIRTHS)}))
      OR (s.before IS NOT NULL AND (s.from_status, s.to_status) NOT IN (${MOVES}))
      OR (s.is_last AND s.to_status <> o.status)`,
};

const callbacksOwed: DoctorCheck = {
  name: 'final-change-has-its-callback',
  looked: `orders WHERE status IN (${FINAL}) AND callback_url IS NOT NULL`,
  violations: `
    SELECT format('order %s is %s, and its platform was never to be told', o.order_no, o.status) AS example
    FROM orders o
    WHERE o.status IN (${FINAL}) AND o.callback_url IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM callback_deliveries c WHERE c.order_id = o.id AND c.order_version = o.version)`,
};

const callbacksMove: DoctorCheck = {
  name: 'callback-is-on-its-way',
  looked: 'callback_deliveries',
  needsTemporal: true,
  violations: `
    SELECT format('callback %s is scheduled after %s tries, but %s', c.webhook_id, c.try_count,
      coalesce('was due at ' || c.next_at::text, 'has no next time')) AS example
    FROM callback_deliveries c
    WHERE c.status = 'scheduled' AND (c.next_at IS NULL OR c.next_at < now() - interval '15 minutes')
    UNION ALL
    SELECT format('callback %s is acknowledged without a time', c.webhook_id)
    FROM callback_deliveries c WHERE c.status = 'acknowledged' AND c.acknowledged_at IS NULL`,
};

/**
 * A message that keeps failing (it is put off for a minute at most; a later time is a plan), or one that nobody came for.
 * After an outage a backlog is old and healthy: the relay takes at least ten messages a second, so a long queue is given
 * that much more time.
 */
const outboxMoves: DoctorCheck = {
  name: 'outbox-is-emptied',
  looked: 'outbox_messages',
  needsTemporal: true,
  violations: `
    SELECT format('message %s (%s of %s) waits since %s after %s tries', id, kind, subject, created_at, try_count) AS example
    FROM outbox_messages
    WHERE (created_at < now() - interval '10 minutes' AND try_count >= 5 AND not_before < now() + interval '2 minutes')
      OR greatest(created_at, not_before) < now() - interval '10 minutes'
        - (SELECT count(*) FROM outbox_messages) * interval '0.1 seconds'`,
};

export const ORDER_CHECKS: readonly DoctorCheck[] = [
  deliveredQuantity,
  unitsNumbered,
  unitStates,
  noHoldOnFinal,
  deadlines,
  eventPath,
  callbacksOwed,
  callbacksMove,
  outboxMoves,
];
