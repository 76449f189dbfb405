import type { Pool } from 'pg';
import { stringify } from 'csv-stringify/sync';
import { formatAmount, shanghaiDate, type CompensationCause } from '#domain';
import { translate } from '#domain/i18n';
import type { RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { causeWords } from './compensation-related.js';
import { say } from './compensation-words.js';

type Query = Readonly<Record<string, string>>;

interface CostRow {
  cause: CompensationCause;
  product_code: string;
  supplier_code: string | null;
  count: number;
  cost_hao: number;
  recovered_hao: number;
}

const GIVEN = `c.status IN ('replacing', 'done', 'superseded')`;
const MONTH = `
  SELECT c.cause, p.code AS product_code, s.code AS supplier_code, count(*)::int AS count, sum(c.amount_hao)::float8 AS cost_hao,
    coalesce(sum(k.recovered_hao), 0)::float8 AS recovered_hao
  FROM compensations c JOIN products p ON p.id = c.product_id LEFT JOIN suppliers s ON s.id = c.supplier_id AND c.fault = 'supplier'
    LEFT JOIN supply_claims k ON k.compensation_id = c.id
  WHERE ${GIVEN} AND c.created_at >= ($1 || '-01')::date::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND c.created_at < (($1 || '-01')::date + interval '1 month') AT TIME ZONE 'Asia/Shanghai'
  GROUP BY 1, 2, 3 ORDER BY 5 DESC`;
const MONTHS = `
  SELECT to_char(c.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*)::int AS count,
    sum(c.amount_hao)::float8 AS cost_hao, coalesce(sum(k.recovered_hao), 0)::float8 AS recovered_hao
  FROM compensations c LEFT JOIN supply_claims k ON k.compensation_id = c.id
  WHERE ${GIVEN} AND c.created_at > now() - interval '12 months' GROUP BY 1 ORDER BY 1 DESC LIMIT 12`;

const monthOf = (query: Query): string => {
  const asked = query['month'] ?? '';
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : shanghaiDate(Date.now()).slice(0, 7);
};

/** What compensation has cost in a month, by cause, product and supplier, beside the months before. */
export async function costsPage(
  pool: Pool,
  { language }: PanelStaff,
  query: Query,
): Promise<SectionsView> {
  const month = monthOf(query);
  const [rows, months] = await Promise.all([
    pool.query<CostRow>(MONTH, [month]),
    pool.query<Omit<CostRow, 'cause'> & { month: string }>(MONTHS),
  ]);
  const section = (title: string, keyOf: (row: CostRow) => string): RelatedSection =>
    sumSection(language, title, sumsBy(rows.rows, keyOf));
  return {
    lead: say(language, 'costsLead'),
    form: {
      submit: say(language, 'showMonth'),
      fields: [{ name: 'month', label: say(language, 'month'), value: month }],
    },
    verbs: [
      {
        name: 'downloadCsv',
        path: `compensation-costs.csv?month=${month}`,
        kind: 'download',
        tone: 'plain',
      },
    ],
    sections: [
      section(`${say(language, 'byCause')} · ${month}`, (row) => causeWords(language, row.cause)),
      section(say(language, 'byProduct'), (row) => row.product_code),
      section(say(language, 'bySupplier'), (row) => row.supplier_code ?? say(language, 'ours')),
      sumSection(
        language,
        say(language, 'byMonth'),
        months.rows.map((row) => ({ ...row, name: row.month })),
      ),
    ],
  };
}

interface Sum {
  readonly name: string;
  readonly count: number;
  readonly cost_hao: number;
  readonly recovered_hao: number;
}

function sumsBy(rows: readonly CostRow[], keyOf: (row: CostRow) => string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const name = keyOf(row);
    const before = sums.get(name) ?? { name, count: 0, cost_hao: 0, recovered_hao: 0 };
    sums.set(name, {
      name,
      count: before.count + row.count,
      cost_hao: before.cost_hao + row.cost_hao,
      recovered_hao: before.recovered_hao + row.recovered_hao,
    });
  }
  return [...sums.values()].sort((a, b) => b.cost_hao - a.cost_hao);
}

function sumSection(
  language: PanelStaff['language'],
  title: string,
  sums: readonly Sum[],
): RelatedSection {
  const highest = Math.max(1, ...sums.map((one) => one.cost_hao));
  return {
    title,
    heads: [
      '',
      say(language, 'share'),
      say(language, 'cost'),
      say(language, 'recovered'),
      say(language, 'count'),
    ],
    rows: sums.map((one) => [
      { text: one.name },
      // Only an overspent budget is red: the longest bar here is merely the longest.
      { text: '', bar: Math.min(0.999, one.cost_hao / highest) },
      { text: shownAmount(one.cost_hao), isNumber: true },
      { text: shownAmount(one.recovered_hao), isNumber: true },
      { text: String(one.count), isNumber: true },
    ]),
    empty: say(language, 'noCost'),
  };
}

/** The same month as a table for a spreadsheet. */
export async function costsCsv(
  pool: Pool,
  { language }: PanelStaff,
  query: Query,
): Promise<string> {
  const month = monthOf(query);
  const { rows } = await pool.query<CostRow>(MONTH, [month]);
  const head = [
    say(language, 'month'),
    say(language, 'cause'),
    say(language, 'product'),
    translate(language, 'field.Compensation.supplierId'),
    say(language, 'count'),
    say(language, 'cost'),
    say(language, 'recovered'),
  ];
  const lines = rows.map((row) => [
    month,
    causeWords(language, row.cause),
    row.product_code,
    row.supplier_code ?? '',
    row.count,
    formatAmount(row.cost_hao),
    formatAmount(row.recovered_hao),
  ]);
  return stringify([head, ...lines], { bom: true, escape_formulas: true });
}
