import type { Pool } from 'pg';
import type { AttemptStatus, SupplyChoice, WireCall, WireResult } from '#domain';
import { mayStaff } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { choiceSection } from './choice-section.js';
import { routeWindows } from './supply-board.js';
import { supplierHealth } from './supplier-health-section.js';

const SHOWN_MAX = 50;

const ATTEMPTS = `
  SELECT a.id, a.attempt_no, s.code, a.quantity, a.status, a.outcome_message, a.created_at, a.settled_at, a.person_reason
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id`;

interface AttemptLine {
  id: string;
  attempt_no: string;
  code: string;
  quantity: number;
  status: AttemptStatus;
  outcome_message: string | null;
  created_at: Date;
  settled_at: Date | null;
  person_reason: string | null;
}

function attemptsSection(
  language: Language,
  rows: readonly AttemptLine[],
  title: string,
): RelatedSection {
  const field = (
    name:
      | 'attemptNo'
      | 'supplierId'
      | 'quantity'
      | 'status'
      | 'outcomeMessage'
      | 'createdAt'
      | 'settledAt',
  ) => translate(language, `field.Attempt.${name}`);
  return {
    title,
    heads: [
      field('attemptNo'),
      field('supplierId'),
      field('quantity'),
      field('status'),
      field('outcomeMessage'),
      field('createdAt'),
      field('settledAt'),
    ],
    rows: rows.map((row) => [
      { text: row.attempt_no, to: recordPage('Attempt', row.id) },
      { text: row.code },
      { text: String(row.quantity), isNumber: true },
      {
        text:
          translate(language, `enum.attemptStatus.${row.status}`) +
          (row.person_reason === null ? '' : ` · ${translate(language, 'page.supply.undecided')}`),
      },
      { text: row.outcome_message ?? '' },
      { text: shanghaiTime(row.created_at) },
      { text: row.settled_at === null ? '–' : shanghaiTime(row.settled_at) },
    ]),
    empty: translate(language, 'page.supply.noAttempt'),
  };
}

/** An order's purchases; none for an order that stock has filled. */
export async function orderRelated(
  pool: Pool,
  { language, role }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'supply.read')) return [];
  const { rows } = await pool.query<AttemptLine>(
    `${ATTEMPTS} WHERE a.order_id = $1 ORDER BY a.id LIMIT ${SHOWN_MAX}`,
    [orderId],
  );
  return rows.length === 0
    ? []
    : [attemptsSection(language, rows, translate(language, 'entity.Attempt'))];
}

/** How a supplier is doing, what is open at it, and its last attempts. */
export async function supplierRelated(
  pool: Pool,
  { language }: PanelStaff,
  supplierId: string,
): Promise<readonly RelatedSection[]> {
  const [health, windows, open, last] = await Promise.all([
    supplierHealth(pool, language, supplierId),
    routeWindows(pool, language, { supplierId }),
    pool.query<AttemptLine>(
      `${ATTEMPTS} WHERE a.supplier_id = $1 AND a.status IN ('prepared', 'accepted', 'unknown') ORDER BY a.next_query_at LIMIT ${SHOWN_MAX}`,
      [supplierId],
    ),
    pool.query<AttemptLine>(
      `${ATTEMPTS} WHERE a.id IN (SELECT x.id FROM supply_routes r CROSS JOIN LATERAL (
         SELECT id FROM attempts WHERE route_id = r.id ORDER BY id DESC LIMIT 10) AS x WHERE r.supplier_id = $1)
       ORDER BY a.id DESC LIMIT 20`,
      [supplierId],
    ),
  ]);
  return [
    ...health,
    windows,
    attemptsSection(language, open.rows, translate(language, 'page.supply.open')),
    attemptsSection(language, last.rows, translate(language, 'page.supply.last')),
  ];
}

/** How a route is doing, and its last attempts. */
export async function routeRelated(
  pool: Pool,
  { language }: PanelStaff,
  routeId: string,
): Promise<readonly RelatedSection[]> {
  const [windows, last] = await Promise.all([
    routeWindows(pool, language, { routeId }),
    pool.query<AttemptLine>(`${ATTEMPTS} WHERE a.route_id = $1 ORDER BY a.id DESC LIMIT 20`, [
      routeId,
    ]),
  ]);
  return [windows, attemptsSection(language, last.rows, translate(language, 'page.supply.last'))];
}

export interface WireLine {
  id: string;
  call: WireCall;
  result: WireResult;
  http_status: number | null;
  duration_ms: number;
  verdict: string | null;
  request: string;
  reply: string | null;
  created_at: Date;
}

/** The evidence: why this supplier, and every exchange about the attempt, masked. */
export async function attemptRelated(
  pool: Pool,
  { language, role }: PanelStaff,
  attemptId: string,
): Promise<readonly RelatedSection[]> {
  const [attempt, wire] = await Promise.all([
    pool.query<{ choice: SupplyChoice; order_id: string | null; order_no: string | null }>(
      'SELECT a.choice, a.order_id, o.order_no FROM attempts a LEFT JOIN orders o ON o.id = a.order_id WHERE a.id = $1',
      [attemptId],
    ),
    pool.query<WireLine>(
      `SELECT id, call, result, http_status, duration_ms, verdict, request, reply, created_at
       FROM wire_records WHERE attempt_id = $1 ORDER BY id LIMIT ${SHOWN_MAX}`,
      [attemptId],
    ),
  ]);
  const row = attempt.rows[0];
  if (!row) return [];
  const choice = choiceSection(language, translate(language, 'page.supply.why'), row.choice);
  const links =
    row.order_id !== null && row.order_no !== null && mayStaff(role, 'order.read')
      ? [
          {
            label: translate(language, 'page.related.toOrder', { orderNo: row.order_no }),
            to: recordPage('Order', row.order_id),
          },
        ]
      : [];
  return [wireSection(language, wire.rows), { ...choice, links }];
}

export function wireSection(language: Language, rows: readonly WireLine[]): RelatedSection {
  const field = (name: 'createdAt' | 'call' | 'verdict' | 'durationMs' | 'request' | 'reply') =>
    translate(language, `field.WireRecord.${name}`);
  return {
    title: translate(language, 'entity.WireRecord'),
    hint: translate(language, 'page.supply.masked'),
    heads: [
      field('createdAt'),
      field('call'),
      field('verdict'),
      field('durationMs'),
      field('request'),
      field('reply'),
    ],
    rows: rows.map((row) => [
      { text: shanghaiTime(row.created_at), to: recordPage('WireRecord', row.id) },
      {
        text: `${translate(language, `enum.wireCall.${row.call}`)} · ${translate(language, `enum.wireResult.${row.result}`)}${row.http_status === null ? '' : ` ${row.http_status}`}`,
      },
      { text: row.verdict ?? '' },
      { text: String(row.duration_ms), isNumber: true },
      { text: row.request.slice(0, 400) },
      { text: row.reply?.slice(0, 400) ?? '' },
    ]),
    empty: translate(language, 'page.supply.noWire'),
  };
}
