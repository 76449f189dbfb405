import type { Pool } from 'pg';
import { errorText, translate, type Language, type Messages } from '#domain/i18n';
import {
  caseFault,
  mayStaff,
  RISK_PARAMS,
  type HoldReason,
  type OrderStatus,
  type RiskCaseStatus,
  type RiskParam,
  type RiskSignalKind,
  type RiskSignalStatus,
} from '#domain';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

const ORDERS_MAX = 50;
const say = (language: Language, name: keyof Messages['page']['risk']): string =>
  translate(language, `page.risk.${name}`);

interface OrderLine {
  id: string;
  order_no: string;
  customer_no: string | null;
  product_code: string;
  quantity: number;
  amount: string;
  status: OrderStatus;
  created_at: Date;
}

const ORDER_COLUMNS =
  'o.id, o.order_no, o.customer_no, o.product_code, o.quantity, o.amount_hao::text AS amount, o.status, o.created_at';

function orderSection(
  language: Language,
  title: string,
  rows: readonly OrderLine[],
): RelatedSection {
  const field = (
    name:
      'orderNo' | 'customerNo' | 'productCode' | 'quantity' | 'amountHao' | 'status' | 'createdAt',
  ) => translate(language, `field.Order.${name}`);
  return {
    title,
    heads: [
      field('orderNo'),
      field('customerNo'),
      field('productCode'),
      field('quantity'),
      field('amountHao'),
      field('status'),
      field('createdAt'),
    ],
    rows: rows.map((row) => [
      { text: row.order_no, to: recordPage('Order', row.id) },
      { text: row.customer_no ?? '–' },
      { text: row.product_code },
      { text: String(row.quantity), isNumber: true },
      { text: shownAmount(Number(row.amount)), isNumber: true },
      { text: translate(language, `enum.orderStatus.${row.status}`), tag: row.status },
      { text: shanghaiTime(row.created_at) },
    ]),
    empty: say(language, 'noOrders'),
  };
}

interface CaseLine {
  order_id: string;
  platform_id: string;
  customer_no: string | null;
  status: RiskCaseStatus;
  raised_by: string;
  hold_reason: HoldReason;
  due_at: Date;
  order_limit: string | null;
  watch_id: string | null;
  watch_reason: string | null;
  signal_id: string | null;
}

const CASE = `
  SELECT c.order_id, c.platform_id, c.customer_no, c.status, c.raised_by, c.hold_reason, c.due_at,
    l.order_limit_hao::text AS order_limit, w.id AS watch_id, w.reason AS watch_reason, w.signal_id
  FROM risk_cases c LEFT JOIN credit_lines l ON l.platform_id = c.platform_id LEFT JOIN risk_watches w ON w.id = c.watch_id
  WHERE c.id = $1`;

/** The evidence of a held order: why it is held, the signal behind it, and what the same buyer ordered around it. */
export async function caseRelated(
  pool: Pool,
  { language, email }: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<CaseLine>(CASE, [id]);
  const row = rows[0];
  if (!row) return [];
  const [held, around, signal] = await Promise.all([
    pool.query<OrderLine>(`SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.id = $1`, [row.order_id]),
    pool.query<OrderLine>(
      `SELECT ${ORDER_COLUMNS} FROM (
         SELECT * FROM orders WHERE id BETWEEN $1::bigint - 200000 AND $1::bigint + 200000 AND id <> $1 AND platform_id = $2
           AND ($3::text IS NULL OR customer_no = $3) ORDER BY abs(id - $1::bigint) LIMIT 20) AS o ORDER BY o.id DESC`,
      [row.order_id, row.platform_id, row.customer_no],
    ),
    row.signal_id === null ? Promise.resolve([]) : signalRelated(pool, { language }, row.signal_id),
  ]);
  const fault =
    row.status === 'open'
      ? caseFault({ status: 'open', raisedBy: row.raised_by }, email)
      : undefined;
  return [
    {
      title: say(language, 'evidence'),
      ...(fault === undefined ? {} : { hint: errorText(language, fault) }),
      facts: [
        ...reasonFacts(language, row),
        ...(row.status === 'open'
          ? [{ label: say(language, 'timeLeft'), value: { text: timeLeft(row.due_at, language) } }]
          : []),
      ],
    },
    orderSection(language, say(language, 'heldOrder'), held.rows),
    ...signal,
    orderSection(language, say(language, 'ordersAround'), around.rows),
  ];
}

function reasonFacts(
  language: Language,
  row: CaseLine,
): { readonly label: string; readonly value: RelatedCell }[] {
  const why = {
    label: translate(language, 'field.RiskCase.holdReason'),
    value: { text: translate(language, `enum.holdReason.${row.hold_reason}`) },
  };
  if (row.hold_reason === 'above-order-limit')
    return [
      why,
      {
        label: translate(language, 'field.CreditLine.orderLimitHao'),
        value: { text: row.order_limit === null ? '–' : shownAmount(Number(row.order_limit)) },
      },
    ];
  return row.watch_id === null
    ? [why]
    : [
        why,
        {
          label: translate(language, 'entity.RiskWatch'),
          value: { text: row.watch_reason ?? '', to: recordPage('RiskWatch', row.watch_id) },
        },
      ];
}

function timeLeft(dueAt: Date, language: Language): string {
  const minutes = Math.floor((dueAt.getTime() - Date.now()) / 60_000);
  if (minutes <= 0) return say(language, 'timeUp');
  return translate(language, 'page.risk.hoursMinutes', {
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
  });
}

interface SignalLine {
  id: string;
  kind: RiskSignalKind;
  revision: number;
  status: RiskSignalStatus;
  subject: string;
  window_from: Date;
  window_to: Date;
  order_count: number;
  amount: string;
  figures: Record<string, number | string>;
  order_ids: string[];
}

const isParam = (name: string): name is RiskParam => RISK_PARAMS.some((one) => one === name);

/** What the rule saw, against its limits, and the orders behind it. */
export async function signalRelated(
  pool: Pool,
  { language }: Pick<PanelStaff, 'language'>,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<SignalLine>(
    `SELECT id, kind, revision, status, subject, window_from, window_to, order_count, amount_hao::text AS amount, figures, order_ids
     FROM risk_signals WHERE id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) return [];
  const orders = await pool.query<OrderLine>(
    `SELECT ${ORDER_COLUMNS} FROM orders o WHERE o.id = ANY($1::bigint[]) ORDER BY o.id DESC LIMIT ${ORDERS_MAX}`,
    [row.order_ids],
  );
  const fact = (label: string, text: string) => ({ label, value: { text } });
  return [
    {
      title: say(language, 'whatTheRuleSaw'),
      hint: say(language, 'signalHint'),
      facts: [
        fact(
          translate(language, 'field.RiskSignal.kind'),
          `${translate(language, `enum.riskSignalKind.${row.kind}`)} · ${translate(language, 'field.RiskSignal.revision')} ${row.revision}`,
        ),
        fact(
          say(language, 'window'),
          `${shanghaiTime(row.window_from)} – ${shanghaiTime(row.window_to)}`,
        ),
        fact(translate(language, 'field.RiskSignal.orderCount'), String(row.order_count)),
        fact(translate(language, 'field.RiskSignal.amountHao'), shownAmount(Number(row.amount))),
        ...Object.entries(row.figures).map(([name, value]) =>
          fact(
            isParam(name)
              ? `${say(language, 'limitOf')}${translate(language, `enum.riskParam.${name}`)}`
              : translate(language, name === 'payer' ? 'page.risk.payer' : 'page.risk.knownPayer'),
            String(value),
          ),
        ),
      ],
    },
    ...(row.order_ids.length === 0
      ? []
      : [orderSection(language, say(language, 'ordersBehind'), orders.rows)]),
  ];
}

/** On the page of an order that was held: who has to decide, or how it was decided; only for who may know. */
export async function orderCase(
  pool: Pool,
  { language, role }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'risk.read')) return [];
  const { rows } = await pool.query<{
    id: string;
    status: RiskCaseStatus;
    hold_reason: HoldReason;
    due_at: Date;
    decided_by: string | null;
  }>('SELECT id, status, hold_reason, due_at, decided_by FROM risk_cases WHERE order_id = $1', [
    orderId,
  ]);
  return rows.map((row) => ({
    title: say(language, 'orderCase'),
    facts: [
      {
        label: translate(language, 'field.RiskCase.status'),
        value: { text: translate(language, `enum.riskCaseStatus.${row.status}`), tag: row.status },
      },
      {
        label: translate(language, 'field.RiskCase.holdReason'),
        value: { text: translate(language, `enum.holdReason.${row.hold_reason}`) },
      },
      row.decided_by === null
        ? {
            label: translate(language, 'field.RiskCase.dueAt'),
            value: { text: shanghaiTime(row.due_at) },
          }
        : {
            label: translate(language, 'field.RiskCase.decidedBy'),
            value: { text: row.decided_by },
          },
    ],
    links: [{ label: say(language, 'toCase'), to: recordPage('RiskCase', row.id) }],
  }));
}
