import type { Pool } from 'pg';
import {
  isFinal,
  mayStaff,
  type CompensationCause,
  type CompensationReason,
  type CompensationRemedy,
  type CompensationStatus,
  type OrderOrigin,
  type OrderStatus,
} from '#domain';
import { translate } from '#domain/i18n';
import { recordPage, sectionsPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { causeWords } from './compensation-related.js';
import { giftWords, reasonWords, say, unitWords } from './compensation-words.js';

const ORDER = `
  SELECT o.order_no, o.status, o.quantity - o.delivered_quantity AS missing, o.origin_kind, o.origin_order_id, w.order_no AS origin_no
  FROM orders o LEFT JOIN orders w ON w.id = o.origin_order_id WHERE o.id = $1`;
const GIVEN = `
  SELECT id, unit_no, cause, remedy, amount_hao::float8 AS amount_hao, status, reasons, created_at, coalesce(decided_by, asked_by) AS by
  FROM compensations WHERE order_id = $1 OR root_order_id = $1 ORDER BY id LIMIT 100`;
const LINKED = `
  SELECT id, order_no, merchant_order_no, origin_kind, quantity, status, created_at FROM orders
  WHERE origin_order_id = $1 ORDER BY id LIMIT 50`;

interface OrderRow {
  order_no: string;
  status: OrderStatus;
  missing: number;
  origin_kind: OrderOrigin | null;
  origin_order_id: string | null;
  origin_no: string | null;
}
interface GivenRow {
  id: string;
  unit_no: number;
  cause: CompensationCause;
  remedy: CompensationRemedy | null;
  amount_hao: number;
  status: CompensationStatus;
  reasons: CompensationReason[];
  created_at: Date;
  by: string | null;
}
interface LinkedRow {
  id: string;
  order_no: string;
  merchant_order_no: string;
  origin_kind: OrderOrigin;
  quantity: number;
  status: OrderStatus;
  created_at: Date;
}

/** What was made good of an order, the orders that belong to it, and the way to do more. */
export async function orderCompensation(
  pool: Pool,
  staff: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(staff.role, 'compensation.read')) return [];
  const [orders, given, linked] = await Promise.all([
    pool.query<OrderRow>(ORDER, [orderId]),
    pool.query<GivenRow>(GIVEN, [orderId]),
    pool.query<LinkedRow>(LINKED, [orderId]),
  ]);
  const order = orders.rows[0];
  if (!order) return [];
  const isFamily = order.origin_kind !== null || linked.rows.length > 0;
  const links = linksOf(staff, order);
  if (!isFamily && given.rows.length === 0 && links.length === 0) return [];
  return [
    { ...givenSection(staff, given.rows), links },
    ...(linked.rows.length === 0 ? [] : [linkedSection(staff, linked.rows)]),
  ];
}

/** To the order that it belongs to, and to a re-order of what it lacks. */
function linksOf({ language, role }: PanelStaff, order: OrderRow): { label: string; to: string }[] {
  if (order.origin_order_id !== null)
    return [
      {
        label: say(language, 'origin', { orderNo: order.origin_no ?? '' }),
        to: recordPage('Order', order.origin_order_id),
      },
    ];
  const mayReorder = isFinal(order.status) && mayStaff(role, 'compensation.write');
  if (!mayReorder || order.missing === 0) return [];
  const about = { order: order.order_no, cause: 'not-delivered', units: '0' };
  return [
    {
      label: translate(language, 'action.reorderOrder'),
      to: sectionsPage('Compensation', 'ask', about),
    },
  ];
}

function givenSection({ language }: PanelStaff, rows: readonly GivenRow[]): RelatedSection {
  return {
    title: say(language, 'orderSection'),
    hint: say(language, 'orderHint'),
    heads: [
      translate(language, 'field.Compensation.unitNo'),
      say(language, 'cause'),
      translate(language, 'field.Compensation.remedy'),
      translate(language, 'field.Compensation.status'),
      say(language, 'why'),
      say(language, 'by'),
      translate(language, 'field.Compensation.createdAt'),
    ],
    rows: rows.map((one) => [
      { text: unitWords(language, one.unit_no), to: recordPage('Compensation', one.id) },
      { text: causeWords(language, one.cause) },
      { text: giftWords(language, one.remedy, one.amount_hao) },
      { text: translate(language, `enum.compensationStatus.${one.status}`), tag: one.status },
      { text: reasonWords(language, one.reasons) },
      { text: one.by ?? translate(language, 'enum.compensationSource.automatic') },
      { text: shanghaiTime(one.created_at) },
    ]),
    empty: say(language, 'none'),
  };
}

function linkedSection({ language }: PanelStaff, rows: readonly LinkedRow[]): RelatedSection {
  const field = (name: 'merchantOrderNo' | 'quantity' | 'status' | 'createdAt'): string =>
    translate(language, `field.Order.${name}`);
  return {
    title: say(language, 'linked'),
    heads: [
      field('merchantOrderNo'),
      say(language, 'kind'),
      field('quantity'),
      field('status'),
      field('createdAt'),
    ],
    rows: rows.map((one) => [
      { text: one.merchant_order_no, to: recordPage('Order', one.id) },
      { text: translate(language, `enum.orderOrigin.${one.origin_kind}`) },
      { text: String(one.quantity), isNumber: true },
      { text: translate(language, `enum.orderStatus.${one.status}`), tag: one.status },
      { text: shanghaiTime(one.created_at) },
    ]),
  };
}
