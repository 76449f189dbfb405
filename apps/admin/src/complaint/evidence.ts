import type { Pool } from 'pg';
import { mayStaff, type CallbackStatus, type OrderStatus, type UnitStatus } from '#domain';
import { translate } from '#domain/i18n';
import { orderCompensation } from '../compensation/order-compensation.js';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { orderRelated, wireSection, type WireLine } from '../supply/supply-related.js';
import type { ComplaintRow } from './complaint-page.queries.js';
import { say } from './complaint-words.js';
import { customerHistory } from './customer-history.js';

const SHOWN_MAX = 50;

/** All that we know of what is complained about, put together by itself: nobody has to look for it. */
export async function evidencePack(
  pool: Pool,
  staff: PanelStaff,
  complaint: ComplaintRow,
): Promise<readonly RelatedSection[]> {
  const { order_id: orderId } = complaint;
  const maySeeOrder = orderId !== null && mayStaff(staff.role, 'order.read');
  const ofOrder = maySeeOrder
    ? await Promise.all([
        orderSection(pool, staff, orderId).then((one) => [one]),
        unitSection(pool, staff, complaint),
        orderRelated(pool, staff, orderId),
        wireOfOrder(pool, staff, orderId),
        callbackSection(pool, staff, orderId).then((one) => [one]),
        orderCompensation(pool, staff, orderId),
      ])
    : [];
  return [...ofOrder.flat(), ...(await customerHistory(pool, staff, complaint))];
}

const ORDER = `
  SELECT o.order_no, o.merchant_order_no, o.status, o.quantity, o.delivered_quantity, o.amount_hao::float8 AS amount_hao,
    o.refunded_hao::float8 AS refunded_hao, o.created_at, o.updated_at, d.name AS product FROM orders o JOIN products d ON d.id = o.product_id WHERE o.id = $1`;

async function orderSection(
  pool: Pool,
  { language }: PanelStaff,
  orderId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    order_no: string;
    merchant_order_no: string;
    status: OrderStatus;
    quantity: number;
    delivered_quantity: number;
    amount_hao: number;
    refunded_hao: number;
    created_at: Date;
    updated_at: Date;
    product: string;
  }>(ORDER, [orderId]);
  const title = translate(language, 'entity.Order');
  const row = rows[0];
  if (!row) return { title, hint: say(language, 'noOrder') };
  const yuan = translate(language, 'page.common.yuan');
  return {
    title,
    facts: [
      {
        label: translate(language, 'field.Order.orderNo'),
        value: { text: row.order_no, to: recordPage('Order', orderId) },
      },
      {
        label: translate(language, 'field.Order.merchantOrderNo'),
        value: { text: row.merchant_order_no },
      },
      {
        label: translate(language, 'field.Order.status'),
        value: { text: translate(language, `enum.orderStatus.${row.status}`), tag: row.status },
      },
      {
        label: say(language, 'delivered'),
        value: { text: `${row.product} × ${row.delivered_quantity} / ${row.quantity}` },
      },
      {
        label: translate(language, 'field.Order.amountHao'),
        value: { text: `${shownAmount(row.amount_hao)} ${yuan}` },
      },
      {
        label: translate(language, 'field.Order.refundedHao'),
        value: { text: `${shownAmount(row.refunded_hao)} ${yuan}` },
      },
      {
        label: translate(language, 'field.Order.createdAt'),
        value: { text: shanghaiTime(row.created_at) },
      },
      {
        label: translate(language, 'field.Order.updatedAt'),
        value: { text: shanghaiTime(row.updated_at) },
      },
    ],
  };
}

/** Where a card is and whether it proved bad; never its code. */
const UNITS = `
  SELECT u.unit_no, u.status, d.card_id, d.delivered_at, c.expires_on::text, b.batch_no, a.attempt_no, a.id AS attempt_id,
    bad.cause AS bad_cause, (SELECT count(*)::int FROM complaints x WHERE x.order_id = $1 AND x.unit_no = u.unit_no AND x.id <> $2) AS others
  FROM order_units u LEFT JOIN deliveries d ON d.unit_id = u.id LEFT JOIN cards c ON c.id = d.card_id
    LEFT JOIN card_batches b ON b.id = c.batch_id LEFT JOIN attempts a ON a.id = d.attempt_id LEFT JOIN bad_cards bad ON bad.card_id = d.card_id
  WHERE u.id BETWEEN $1::bigint * 16384 AND $1::bigint * 16384 + 16383 ORDER BY u.unit_no = $3 DESC, u.id LIMIT ${SHOWN_MAX}`;

async function unitSection(
  pool: Pool,
  { language }: PanelStaff,
  complaint: ComplaintRow,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    unit_no: number;
    status: UnitStatus;
    card_id: string | null;
    delivered_at: Date | null;
    expires_on: string | null;
    batch_no: string | null;
    attempt_no: string | null;
    attempt_id: string | null;
    bad_cause: string | null;
    others: number;
  }>(UNITS, [complaint.order_id, complaint.id, complaint.unit_no]);
  const section: RelatedSection = {
    title: say(language, 'units'),
    hint: say(language, 'unitsHint'),
    heads: [
      translate(language, 'field.OrderUnit.unitNo'),
      translate(language, 'field.OrderUnit.status'),
      say(language, 'cardState'),
      say(language, 'batch'),
      say(language, 'expires'),
      say(language, 'deliveredAt'),
      say(language, 'cameFrom'),
      say(language, 'otherComplaints'),
    ],
    rows: rows.map((row) => [
      {
        text: String(row.unit_no),
        ...(row.unit_no === complaint.unit_no ? { note: say(language, 'thisOne') } : {}),
      },
      { text: translate(language, `enum.unitStatus.${row.status}`), tag: row.status },
      row.card_id === null
        ? { text: '–' }
        : {
            text: `#${row.card_id}`,
            to: recordPage('Card', row.card_id),
            note: say(language, row.bad_cause === null ? 'cardGood' : 'cardBad'),
          },
      { text: row.batch_no ?? '–' },
      { text: row.expires_on ?? '–' },
      { text: row.delivered_at === null ? '–' : shanghaiTime(row.delivered_at) },
      row.attempt_id === null
        ? { text: row.card_id === null ? '–' : say(language, 'fromStock') }
        : { text: row.attempt_no ?? '', to: recordPage('Attempt', row.attempt_id) },
      { text: shownCount(row.others), isNumber: true },
    ]),
    empty: say(language, 'noUnits'),
  };
  return [section];
}

const WIRE = `
  SELECT w.id, w.call, w.result, w.http_status, w.duration_ms, w.verdict, w.request, w.reply, w.created_at
  FROM wire_records w WHERE w.attempt_id IN (SELECT id FROM attempts WHERE order_id = $1) ORDER BY w.id LIMIT ${SHOWN_MAX}`;

async function wireOfOrder(
  pool: Pool,
  { language, role }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'supply.read')) return [];
  const { rows } = await pool.query<WireLine>(WIRE, [orderId]);
  return rows.length === 0 ? [] : [wireSection(language, rows)];
}

const CALLBACKS = `
  SELECT c.id, c.order_version, c.url, c.status, c.try_count, c.acknowledged_at,
    (SELECT max(t.http_status) FROM callback_tries t WHERE t.callback_id = c.id AND t.try_no = c.try_count) AS http_status
  FROM callback_deliveries c WHERE c.order_id = $1 ORDER BY c.order_version LIMIT ${SHOWN_MAX}`;

async function callbackSection(
  pool: Pool,
  { language }: PanelStaff,
  orderId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    order_version: number;
    url: string;
    status: CallbackStatus;
    try_count: number;
    acknowledged_at: Date | null;
    http_status: number | null;
  }>(CALLBACKS, [orderId]);
  const field = (name: 'orderVersion' | 'status' | 'tryCount' | 'url' | 'acknowledgedAt') =>
    translate(language, `field.CallbackDelivery.${name}`);
  return {
    title: translate(language, 'page.order.callbacks'),
    heads: [
      field('orderVersion'),
      field('status'),
      field('tryCount'),
      'HTTP',
      field('url'),
      field('acknowledgedAt'),
    ],
    rows: rows.map((row) => [
      { text: String(row.order_version), to: recordPage('CallbackDelivery', row.id) },
      { text: translate(language, `enum.callbackStatus.${row.status}`), tag: row.status },
      { text: String(row.try_count), isNumber: true },
      { text: row.http_status === null ? '–' : String(row.http_status) },
      { text: row.url },
      { text: row.acknowledged_at === null ? '–' : shanghaiTime(row.acknowledged_at) },
    ]),
    empty: say(language, 'noCallback'),
  };
}
