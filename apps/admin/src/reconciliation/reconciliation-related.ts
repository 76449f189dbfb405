import type { Pool } from 'pg';
import {
  COLUMN_ROLES,
  type ColumnRole,
  type DifferenceKind,
  ERROR_KIND,
  type ErrorCode,
  type ErrorParams,
  type DifferenceStatus,
  type ExternalLineState,
  EXTERNAL_LINE_STATES,
  mayStaff,
} from '#domain';
import { errorText, type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { threeWay } from './three-way.js';

const SHOWN_MAX = 100;

interface StateLine {
  state: ExternalLineState;
  count: number;
  amount_hao: string;
}

/** What became of a statement's lines, as a picture and as sums, and its differences. */
export async function statementRelated(
  pool: Pool,
  { language }: PanelStaff,
  statementId: string,
): Promise<readonly RelatedSection[]> {
  const states = await pool.query<StateLine>(
    `SELECT state, count(*)::int AS count, sum(amount_hao) AS amount_hao FROM external_lines WHERE statement_id = $1 GROUP BY state`,
    [statementId],
  );
  if (states.rows.length === 0) return refusalSection(pool, language, statementId);
  return [
    resultSection(language, states.rows, statementId),
    await differencesSection(pool, language, statementId),
    await proposalsSection(pool, language, statementId),
  ];
}

async function refusalSection(
  pool: Pool,
  language: Language,
  statementId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    fail_code: ErrorCode | null;
    fail_params: ErrorParams | null;
  }>('SELECT fail_code, fail_params FROM external_statements WHERE id = $1', [statementId]);
  const { fail_code: code, fail_params: params } = rows[0] ?? {};
  if (!code) return [];
  const known = code in ERROR_KIND ? code : 'service.failed';
  const hint = errorText(language, known, params ?? {});
  return [{ title: translate(language, 'page.reconciliation.whyRefused'), hint }];
}

/** Which column of a party's statements is which. */
export async function partyRelated(
  pool: Pool,
  { language }: PanelStaff,
  partyId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{ columns: Record<ColumnRole, string> }>(
    'SELECT columns FROM statement_parties WHERE id = $1',
    [partyId],
  );
  return [
    {
      title: translate(language, 'page.reconciliation.columns'),
      hint: translate(language, 'page.reconciliation.columnsHint'),
      heads: [
        translate(language, 'page.reconciliation.role'),
        translate(language, 'page.reconciliation.heading'),
      ],
      rows: COLUMN_ROLES.filter((role) => rows[0]?.columns[role]).map((role) => [
        { text: translate(language, `enum.columnRole.${role}`) },
        { text: rows[0]?.columns[role] ?? '' },
      ]),
      empty: '—',
    },
  ];
}

function resultSection(
  language: Language,
  rows: readonly StateLine[],
  statementId: string,
): RelatedSection {
  const shown = EXTERNAL_LINE_STATES.flatMap(
    (state) => rows.find((row) => row.state === state) ?? [],
  );
  const label = (state: ExternalLineState): string =>
    translate(language, `enum.externalLineState.${state}`);
  const text = (key: 'result' | 'resultHint' | 'lines' | 'amount'): string =>
    translate(language, `page.reconciliation.${key}`);
  return {
    title: text('result'),
    hint: text('resultHint'),
    chart: {
      unit: text('lines'),
      series: [text('lines')],
      bars: shown.map(({ state, count }) => ({ label: label(state), values: [count] })),
    },
    heads: [translate(language, 'field.ExternalLine.state'), text('lines'), text('amount')],
    rows: shown.map(({ state, count, amount_hao }) => [
      {
        text: label(state),
        to: `/admin/resources/ExternalLine?filters.statementId=${statementId}&filters.state=${state}`,
      },
      { text: String(count), isNumber: true },
      { text: shownAmount(Number(amount_hao)), isNumber: true },
    ]),
    links: [
      {
        label: translate(language, 'entity.ExternalLine'),
        to: `/admin/resources/ExternalLine?filters.statementId=${statementId}`,
      },
    ],
  };
}

async function differencesSection(
  pool: Pool,
  language: Language,
  statementId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    kind: DifferenceKind;
    status: DifferenceStatus;
    favour_hao: string;
    no: string | null;
    due_at: Date;
  }>(
    `SELECT d.id, d.kind, d.status, d.favour_hao, coalesce(l.their_no, o.order_no, a.attempt_no) AS no, d.due_at
     FROM reconciliation_differences d LEFT JOIN external_lines l ON l.id = d.line_id LEFT JOIN orders o ON o.id = d.order_id
     LEFT JOIN attempts a ON a.id = d.attempt_id
     WHERE d.statement_id = $1 ORDER BY d.status <> 'open', d.due_at, d.id LIMIT ${SHOWN_MAX}`,
    [statementId],
  );
  const field = (name: 'kind' | 'status' | 'favourHao' | 'dueAt'): string =>
    translate(language, `field.ReconciliationDifference.${name}`);
  return {
    title: translate(language, 'page.reconciliation.differences'),
    heads: [
      field('kind'),
      translate(language, 'page.reconciliation.number'),
      field('status'),
      field('favourHao'),
      field('dueAt'),
    ],
    rows: rows.map((row) => [
      {
        text: translate(language, `enum.differenceKind.${row.kind}`),
        to: recordPage('ReconciliationDifference', row.id),
      },
      { text: row.no ?? '—' },
      { text: translate(language, `enum.differenceStatus.${row.status}`), tag: row.status },
      { text: shownAmount(Number(row.favour_hao)), isNumber: true },
      { text: shanghaiTime(row.due_at) },
    ]),
    empty: translate(language, 'page.reconciliation.noDifference'),
    links: [
      {
        label: translate(language, 'entity.ReconciliationDifference'),
        to: `/admin/resources/ReconciliationDifference?filters.statementId=${statementId}`,
      },
    ],
  };
}

async function proposalsSection(
  pool: Pool,
  language: Language,
  statementId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    their_no: string | null;
    order_no: string | null;
    amount_hao: string;
  }>(
    `SELECT m.id, l.their_no, o.order_no, l.amount_hao FROM reconciliation_matches m JOIN external_lines l ON l.id = m.line_id
     LEFT JOIN orders o ON o.id = m.order_id WHERE l.statement_id = $1 AND m.status = 'proposed' ORDER BY m.id LIMIT ${SHOWN_MAX}`,
    [statementId],
  );
  const text = (key: 'proposals' | 'proposalsHint' | 'noProposal' | 'amount'): string =>
    translate(language, `page.reconciliation.${key}`);
  return {
    title: text('proposals'),
    hint: text('proposalsHint'),
    heads: [
      translate(language, 'field.ExternalLine.theirNo'),
      translate(language, 'field.Order.orderNo'),
      text('amount'),
    ],
    rows: rows.map((row) => [
      { text: row.their_no ?? '—', to: recordPage('ReconciliationMatch', row.id) },
      { text: row.order_no ?? '—' },
      { text: shownAmount(Number(row.amount_hao)), isNumber: true },
    ]),
    empty: text('noProposal'),
  };
}

/** The order in all books beside its difference. */
export async function differenceRelated(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    order_id: string | null;
    line_id: string | null;
    attempt_id: string | null;
  }>(
    `SELECT coalesce(d.order_id, a.order_id) AS order_id, d.line_id, d.attempt_id FROM reconciliation_differences d
     LEFT JOIN attempts a ON a.id = d.attempt_id WHERE d.id = $1`,
    [id],
  );
  const row = rows[0];
  return row
    ? [
        await threeWay(pool, staff.language, {
          orderId: row.order_id,
          lineId: row.line_id,
          attemptId: row.attempt_id,
        }),
      ]
    : [];
}

/** The same beside an order, once somebody's statement speaks of it. */
export async function orderReconciliation(
  pool: Pool,
  { language, role }: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  if (!mayStaff(role, 'money.read')) return [];
  const spoken = await pool.query(
    `SELECT 1 FROM reconciliation_matches WHERE order_id = $1
     UNION ALL SELECT 1 FROM reconciliation_differences WHERE order_id = $1 LIMIT 1`,
    [orderId],
  );
  return spoken.rowCount === 0
    ? []
    : [await threeWay(pool, language, { orderId, lineId: null, attemptId: null })];
}
