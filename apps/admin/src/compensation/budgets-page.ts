import type { Pool } from 'pg';
import {
  mayStaff,
  shanghaiDate,
  type CompensationCause,
  type CompensationReason,
  type CompensationRemedy,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { causeWords } from './compensation-related.js';
import { giftWords, reasonWords, say, unitWords } from './compensation-words.js';

interface BudgetRow {
  day: string;
  platform: string | null;
  customer_no: string | null;
  spent_hao: number;
  limit_hao: number;
  spent_count: number;
  limit_count: number | null;
  approved_hao: number;
}

const COLUMNS = `b.day::text, p.name AS platform, b.customer_no, b.spent_hao::float8 AS spent_hao, b.limit_hao::float8 AS limit_hao,
  b.spent_count, b.limit_count, b.approved_hao::float8 AS approved_hao`;
const OF_DAY = `
  SELECT ${COLUMNS} FROM compensation_budgets b LEFT JOIN platforms p ON p.id = b.platform_id
  WHERE b.day = $1 ORDER BY b.scope <> 'all', b.spent_hao::float8 / nullif(b.limit_hao, 0) DESC NULLS LAST LIMIT 50`;
const OF_DAYS = `
  SELECT ${COLUMNS} FROM compensation_budgets b LEFT JOIN platforms p ON p.id = b.platform_id
  WHERE b.scope = 'all' AND b.day > $1::date - 14 ORDER BY b.day DESC`;
const WAITING = `
  SELECT c.id, c.order_id, o.order_no, c.unit_no, c.cause, c.remedy, c.amount_hao::float8 AS amount_hao, c.reasons, c.asked_by, c.created_at
  FROM compensations c JOIN orders o ON o.id = c.order_id WHERE c.status = 'proposed' ORDER BY c.id LIMIT 50`;

interface WaitingRow {
  id: string;
  order_id: string;
  order_no: string;
  unit_no: number;
  cause: CompensationCause;
  remedy: CompensationRemedy;
  amount_hao: number;
  reasons: CompensationReason[];
  asked_by: string | null;
  created_at: Date;
}

/** What is spent of the budgets of a day, and what waits for a second person. */
export async function budgetsPage(
  pool: Pool,
  { language, role }: PanelStaff,
  query: Readonly<Record<string, string>>,
): Promise<SectionsView> {
  const today = shanghaiDate(Date.now());
  const day = /^\d{4}-\d{2}-\d{2}$/.test(query['day'] ?? '') ? (query['day'] ?? today) : today;
  const [ofDay, ofDays, waiting] = await Promise.all([
    pool.query<BudgetRow>(OF_DAY, [day]),
    pool.query<BudgetRow>(OF_DAYS, [today]),
    pool.query<WaitingRow>(WAITING),
  ]);
  const mayName = mayStaff(role, 'customer.read');
  const nameOf = (row: BudgetRow): string =>
    row.platform === null
      ? say(language, 'everybody')
      : `${row.platform} · ${mayName ? (row.customer_no ?? '') : '•••'}`;
  return {
    lead: say(language, 'budgetsLead'),
    form: {
      submit: say(language, 'showMonth'),
      fields: [{ name: 'day', label: say(language, 'dayField'), value: day }],
    },
    sections: [
      waitingSection(language, waiting.rows),
      budgetSection(
        language,
        `${translate(language, 'action.budgets')} · ${day}`,
        ofDay.rows.map((row) => [nameOf(row), row]),
      ),
      budgetSection(
        language,
        say(language, 'history'),
        ofDays.rows.map((row) => [row.day, row]),
      ),
    ],
  };
}

function waitingSection(language: Language, rows: readonly WaitingRow[]): RelatedSection {
  return {
    title: say(language, 'waiting'),
    heads: [
      translate(language, 'field.Compensation.id'),
      translate(language, 'field.Compensation.orderId'),
      say(language, 'cause'),
      translate(language, 'field.Compensation.remedy'),
      say(language, 'why'),
      translate(language, 'field.Compensation.askedBy'),
      translate(language, 'field.Compensation.createdAt'),
    ],
    rows: rows.map((row) => [
      { text: `#${row.id}`, to: recordPage('Compensation', row.id) },
      {
        text: row.order_no,
        to: recordPage('Order', row.order_id),
        note: unitWords(language, row.unit_no),
      },
      { text: causeWords(language, row.cause) },
      { text: giftWords(language, row.remedy, row.amount_hao) },
      { text: reasonWords(language, row.reasons) },
      { text: row.asked_by ?? translate(language, 'enum.compensationSource.automatic') },
      { text: shanghaiTime(row.created_at) },
    ]),
    empty: say(language, 'waitingNone'),
  };
}

function budgetSection(
  language: Language,
  title: string,
  rows: readonly (readonly [string, BudgetRow])[],
): RelatedSection {
  return {
    title,
    heads: [
      say(language, 'scope'),
      say(language, 'used'),
      say(language, 'spent'),
      say(language, 'limit'),
      say(language, 'times'),
      say(language, 'approvedHao'),
    ],
    rows: rows.map(([name, row]) => [
      { text: name },
      usedCell(row),
      { text: shownAmount(row.spent_hao), isNumber: true },
      { text: shownAmount(row.limit_hao), isNumber: true },
      {
        text:
          row.limit_count === null
            ? String(row.spent_count)
            : `${row.spent_count} / ${row.limit_count}`,
        isNumber: true,
      },
      { text: shownAmount(row.approved_hao), isNumber: true },
    ]),
    empty: say(language, 'noBudget'),
  };
}

function usedCell(row: BudgetRow): RelatedCell {
  const share = row.limit_hao === 0 ? 1 : row.spent_hao / row.limit_hao;
  return { text: `${Math.floor(share * 100)}%`, bar: share };
}
