import type { Pool } from 'pg';
import type { DifferenceKind, DifferenceStatus } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

const SHOWN_MAX = 200;
const AGES = ['under1', 'under3', 'under7', 'over7'] as const;

/** Open differences by the time since they were found: what lies longest is what nobody explains. */
const AGEING = `
  SELECT CASE WHEN opened_at > $1::timestamptz - interval '1 day' THEN 'under1' WHEN opened_at > $1::timestamptz - interval '3 days' THEN 'under3'
      WHEN opened_at > $1::timestamptz - interval '7 days' THEN 'under7' ELSE 'over7' END AS age,
    count(*)::int AS count, sum(abs(favour_hao)) AS size_hao
  FROM reconciliation_differences WHERE status IN ('open', 'suspended') GROUP BY 1`;

const OPEN = `
  SELECT d.id, d.kind, d.status, p.code AS party, coalesce(l.their_no, o.order_no, a.attempt_no) AS no, d.favour_hao, d.owner_email, d.due_at
  FROM reconciliation_differences d JOIN statement_parties p ON p.id = d.party_id LEFT JOIN external_lines l ON l.id = d.line_id
  LEFT JOIN orders o ON o.id = d.order_id LEFT JOIN attempts a ON a.id = d.attempt_id
  WHERE d.status IN ('open', 'suspended') ORDER BY d.status, d.due_at, d.id LIMIT ${SHOWN_MAX}`;

/** What finance has to explain: by age as a picture, then one by one, those first whose time is shortest. */
export async function differenceWork(
  pool: Pool,
  language: Language,
  nowMs: number,
): Promise<readonly RelatedSection[]> {
  const [ages, open] = await Promise.all([
    pool.query<{ age: (typeof AGES)[number]; count: number; size_hao: string }>(AGEING, [
      new Date(nowMs),
    ]),
    pool.query<OpenRow>(OPEN),
  ]);
  const text = (key: 'ageing' | 'ageingHint' | 'count' | 'amount'): string =>
    translate(language, `page.reconciliation.${key}`);
  const lines = AGES.map((age) => ({
    label: translate(language, `page.reconciliation.${age}`),
    row: ages.rows.find((one) => one.age === age),
  }));
  return [
    {
      title: text('ageing'),
      hint: text('ageingHint'),
      chart: {
        unit: text('count'),
        series: [text('count')],
        bars: lines.map(({ label, row }) => ({ label, values: [row?.count ?? 0] })),
      },
      heads: [text('ageing'), text('count'), text('amount')],
      rows: lines.map(({ label, row }) => [
        { text: label },
        { text: String(row?.count ?? 0), isNumber: true },
        { text: shownAmount(Number(row?.size_hao ?? 0)), isNumber: true },
      ]),
    },
    openSection(language, open.rows, nowMs),
  ];
}

interface OpenRow {
  id: string;
  kind: DifferenceKind;
  status: DifferenceStatus;
  party: string;
  no: string | null;
  favour_hao: string;
  owner_email: string | null;
  due_at: Date;
}

function openSection(language: Language, rows: readonly OpenRow[], nowMs: number): RelatedSection {
  const field = (
    name: 'kind' | 'partyId' | 'status' | 'favourHao' | 'ownerEmail' | 'dueAt',
  ): string => translate(language, `field.ReconciliationDifference.${name}`);
  return {
    title: translate(language, 'page.reconciliation.differences'),
    hint: translate(language, 'page.reconciliation.workHint'),
    heads: [
      field('kind'),
      field('partyId'),
      translate(language, 'page.reconciliation.number'),
      field('favourHao'),
      field('ownerEmail'),
      field('dueAt'),
      field('status'),
    ],
    rows: rows.map((row) => [
      {
        text: translate(language, `enum.differenceKind.${row.kind}`),
        to: recordPage('ReconciliationDifference', row.id),
      },
      { text: row.party },
      { text: row.no ?? '—' },
      { text: shownAmount(Number(row.favour_hao)), isNumber: true },
      { text: row.owner_email ?? '—' },
      {
        text: shanghaiTime(row.due_at),
        ...(row.due_at.getTime() < nowMs
          ? { note: translate(language, 'page.reconciliation.overdue') }
          : {}),
      },
      { text: translate(language, `enum.differenceStatus.${row.status}`), tag: row.status },
    ]),
    empty: translate(language, 'page.reconciliation.noDifference'),
    links: [
      {
        label: translate(language, 'page.reconciliation.allDifferences'),
        to: '/admin/resources/ReconciliationDifference',
      },
    ],
  };
}
