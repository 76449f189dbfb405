import type { Pool } from 'pg';
import {
  overdueDays,
  shanghaiDate,
  STATEMENT_CATEGORIES,
  type AgreementStatus,
  type DisputeStatus,
  type PaymentSource,
  type StatementEventType,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import {
  readStatementById,
  readStatementLines,
  readStatementPayments,
  type StatementRead,
} from '#domain/stores';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { textOf } from '../resource/text-of.js';
import { categoryHao, say } from './settlement-words.js';

const LINES_SHOWN = 100;
const amount = (hao: number): RelatedCell => ({ text: shownAmount(hao), isNumber: true });

/** A statement as finance reads it: what it asks for, of what it is made, what was paid, and its story. */
export async function statementRelated(
  pool: Pool,
  { language }: PanelStaff,
  statementId: string,
): Promise<readonly RelatedSection[]> {
  const statement = await readStatementById(pool, statementId);
  if (!statement) return [];
  return [
    figures(language, statement),
    composition(language, statement),
    await payments(pool, language, statementId),
    await disputes(pool, language, statementId),
    await lines(pool, language, statement),
    await story(pool, language, statementId),
  ];
}

function figures(language: Language, statement: StatementRead): RelatedSection {
  const { latestDueOn, outstandingHao, heldHao, dueOn, isDueEstimated } = statement;
  const late = overdueDays(latestDueOn, shanghaiDate(Date.now()), outstandingHao - heldHao);
  const estimated = isDueEstimated ? say(language, 'estimated', { date: latestDueOn ?? '–' }) : '';
  const asked = statement.dueHao + statement.adjustedHao;
  const fact = (name: Parameters<typeof say>[1], value: RelatedCell) => ({
    label: say(language, name),
    value,
  });
  return {
    title: say(language, 'figures'),
    facts: [
      fact('due', amount(statement.dueHao)),
      fact('adjusted', amount(statement.adjustedHao)),
      fact('paid', {
        ...amount(statement.paidHao),
        ...(asked > 0 ? { bar: statement.paidHao / asked } : {}),
      }),
      fact('writtenOff', amount(statement.writtenOffHao)),
      fact('outstanding', amount(outstandingHao)),
      fact('held', amount(heldHao)),
      fact('dueOn', {
        text: `${dueOn ?? '–'}${estimated}`,
        note: late > 0 ? say(language, 'overdue', { days: late }) : say(language, 'notOverdue'),
      }),
    ],
  };
}

function composition(language: Language, statement: StatementRead): RelatedSection {
  return {
    title: say(language, 'composition'),
    facts: [
      { label: say(language, 'opening'), value: amount(statement.openingHao) },
      ...STATEMENT_CATEGORIES.map((category) => ({
        label: translate(language, `enum.statementCategory.${category}`),
        value: amount(categoryHao(statement, category)),
      })),
      { label: say(language, 'closing'), value: amount(statement.closingHao) },
    ],
  };
}

async function payments(
  pool: Pool,
  language: Language,
  statementId: string,
): Promise<RelatedSection> {
  const paid = await readStatementPayments(pool, statementId);
  return {
    title: say(language, 'payments'),
    heads: [
      say(language, 'reference'),
      say(language, 'amount'),
      say(language, 'source'),
      translate(language, 'field.StatementPayment.receivedOn'),
    ],
    rows: paid.map((one) => [
      { text: one.bankReference },
      amount(one.amountHao),
      { text: translate(language, `enum.paymentSource.${one.source}`) },
      { text: one.receivedOn },
    ]),
    empty: say(language, 'noPayments'),
  };
}

async function disputes(
  pool: Pool,
  language: Language,
  statementId: string,
): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    id: string;
    status: DisputeStatus;
    amount: number;
    conceded: number | null;
    reason: string;
    resolution: string | null;
  }>(
    `SELECT id, status, amount_hao::float8 AS amount, conceded_hao::float8 AS conceded, reason, resolution
     FROM statement_disputes WHERE statement_id = $1 ORDER BY created_at DESC`,
    [statementId],
  );
  const field = (name: 'status' | 'amountHao' | 'concededHao' | 'reason' | 'resolution') =>
    translate(language, `field.StatementDispute.${name}`);
  return {
    title: say(language, 'disputes'),
    heads: [
      field('status'),
      field('amountHao'),
      field('concededHao'),
      field('reason'),
      field('resolution'),
    ],
    rows: rows.map((row) => [
      {
        text: translate(language, `enum.disputeStatus.${row.status}`),
        tag: row.status,
        to: recordPage('StatementDispute', row.id),
      },
      amount(row.amount),
      row.conceded === null ? { text: '–' } : amount(row.conceded),
      { text: row.reason },
      { text: row.resolution ?? '–' },
    ]),
    empty: say(language, 'noDisputes'),
  };
}

async function lines(
  pool: Pool,
  language: Language,
  statement: StatementRead,
): Promise<RelatedSection> {
  const shown = await readStatementLines(pool, statement.id, { afterId: '0', limit: LINES_SHOWN });
  const field = (name: 'postedAt' | 'kind' | 'orderId' | 'amountHao') =>
    translate(language, `field.StatementLine.${name}`);
  return {
    title: say(language, 'lines', { shown: shown.length, count: statement.lineCount }),
    ...(statement.lineCount > shown.length ? { hint: say(language, 'moreLines') } : {}),
    heads: [field('postedAt'), field('kind'), field('orderId'), field('amountHao')],
    rows: shown.map((line) => [
      { text: shanghaiTime(line.postedAt) },
      { text: translate(language, `enum.entryKind.${line.kind}`) },
      line.orderId === null
        ? { text: line.memo ?? '–' }
        : { text: line.orderNo ?? line.orderId, to: recordPage('Order', line.orderId) },
      amount(line.amountHao),
    ]),
    empty: '–',
  };
}

async function story(pool: Pool, language: Language, statementId: string): Promise<RelatedSection> {
  const { rows } = await pool.query<{
    type: StatementEventType;
    actor: string;
    detail: Readonly<Record<string, unknown>> | null;
    created_at: Date;
  }>(
    'SELECT type, actor, detail, created_at FROM statement_events WHERE statement_id = $1 ORDER BY id DESC LIMIT 100',
    [statementId],
  );
  return {
    title: say(language, 'story'),
    heads: [
      say(language, 'when'),
      say(language, 'what'),
      say(language, 'by'),
      say(language, 'detail'),
    ],
    rows: rows.map((row) => [
      { text: shanghaiTime(row.created_at) },
      {
        text: translate(language, `enum.statementEventType.${row.type}`),
        tag: row.type,
        tagOf: 'StatementEvent.type',
      },
      { text: row.actor },
      { text: detailText(language, row.detail) },
    ]),
    empty: '–',
  };
}

/** What an event was about, in words; whether it was told to anybody or is a guess stands elsewhere. */
function detailText(language: Language, detail: Readonly<Record<string, unknown>> | null): string {
  const parts = Object.entries(detail ?? {}).flatMap(([name, value]) => {
    if (value === null || typeof value === 'boolean' || name === 'from') return [];
    if (name === 'to') return [`${textOf(detail?.['from'])} → ${textOf(value)}`];
    if (name === 'overdueDays') return [say(language, 'overdue', { days: Number(value) })];
    if (name === 'source')
      return [translate(language, `enum.paymentSource.${value as PaymentSource}`)];
    return [name.endsWith('Hao') ? shownAmount(Number(value)) : textOf(value)];
  });
  return parts.length === 0 ? '–' : parts.join(' · ');
}

/** All versions of what is agreed with the platform. */
export async function agreementRelated(
  pool: Pool,
  { language }: PanelStaff,
  agreementId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{
    id: string;
    version_no: number;
    status: AgreementStatus;
    term: string;
    valid_from: string;
    valid_to: string | null;
    approved_by: string | null;
  }>(
    `SELECT a.id, a.version_no, a.status, a.term_kind || '+' || a.term_days AS term, to_char(a.valid_from, 'YYYY-MM-DD') AS valid_from,
       to_char(a.valid_to, 'YYYY-MM-DD') AS valid_to, a.approved_by
     FROM settlement_agreements a JOIN settlement_agreements this ON this.platform_id = a.platform_id
     WHERE this.id = $1 ORDER BY a.version_no DESC`,
    [agreementId],
  );
  const field = (
    name: 'versionNo' | 'status' | 'termDays' | 'validFrom' | 'validTo' | 'approvedBy',
  ) => translate(language, `field.SettlementAgreement.${name}`);
  return [
    {
      title: say(language, 'versions'),
      heads: [
        field('versionNo'),
        field('status'),
        field('termDays'),
        field('validFrom'),
        field('validTo'),
        field('approvedBy'),
      ],
      rows: rows.map((row) => [
        { text: String(row.version_no), to: recordPage('SettlementAgreement', row.id) },
        { text: translate(language, `enum.agreementStatus.${row.status}`), tag: row.status },
        { text: row.term },
        { text: row.valid_from },
        { text: row.valid_to ?? '–' },
        { text: row.approved_by ?? '–' },
      ]),
      empty: '–',
    },
  ];
}
