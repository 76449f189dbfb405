import type { Pool } from 'pg';
import { ageingOf, overdueDays, shanghaiDate, type StatementStatus } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { say } from './settlement-words.js';

const HAO_PER_YUAN_SHOWN = 10_000;
const SHOWN_MAX = 100;

interface OpenStatement {
  readonly id: string;
  readonly statementNo: string;
  readonly platformName: string;
  readonly status: StatementStatus;
  readonly outstandingHao: number;
  readonly undisputedHao: number;
  readonly dueOn: string | null;
  readonly latestDueOn: string | null;
}

const OPEN = `
  SELECT s.id, s.statement_no AS "statementNo", p.name AS "platformName", s.status, s.outstanding_hao::float8 AS "outstandingHao",
    (s.outstanding_hao - s.held_hao)::float8 AS "undisputedHao", to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn",
    to_char(s.latest_due_on, 'YYYY-MM-DD') AS "latestDueOn"
  FROM statements s JOIN platforms p ON p.id = s.platform_id
  WHERE s.issued_at IS NOT NULL AND s.outstanding_hao > 0 ORDER BY s.latest_due_on NULLS LAST, s.id`;

/** What platforms owe by how late it is, as a picture, as sums, and one by one. */
export async function ageingPage(pool: Pool, { language }: PanelStaff): Promise<SectionsView> {
  const today = shanghaiDate(Date.now());
  const { rows } = await pool.query<OpenStatement>(OPEN);
  const open = rows.map((row) => ({
    ...row,
    overdueDays: overdueDays(row.latestDueOn, today, row.undisputedHao),
  }));
  return {
    lead: say(language, 'ageingLead'),
    sections: [bucketSection(language, open), openSection(language, open)],
  };
}

type Aged = OpenStatement & { readonly overdueDays: number };

function bucketSection(language: Language, open: readonly Aged[]): RelatedSection {
  const buckets = ageingOf(open);
  const label = (bucket: (typeof buckets)[number]['bucket']): string =>
    translate(language, `enum.ageingBucket.${bucket}`);
  return {
    title: say(language, 'ageing'),
    chart: {
      unit: translate(language, 'page.common.yuan'),
      series: [say(language, 'outstanding'), say(language, 'provision')],
      bars: buckets.map((one) => ({
        label: label(one.bucket),
        values: [one.amountHao / HAO_PER_YUAN_SHOWN, one.provisionHao / HAO_PER_YUAN_SHOWN],
      })),
    },
    heads: [
      say(language, 'ageing'),
      say(language, 'count'),
      say(language, 'outstanding'),
      say(language, 'percent'),
      say(language, 'provision'),
    ],
    rows: buckets.map((one) => [
      { text: label(one.bucket) },
      { text: String(one.count), isNumber: true },
      { text: shownAmount(one.amountHao), isNumber: true },
      { text: `${one.percent} %`, isNumber: true },
      { text: shownAmount(one.provisionHao), isNumber: true },
    ]),
  };
}

function openSection(language: Language, open: readonly Aged[]): RelatedSection {
  return {
    title: say(language, 'openStatements'),
    heads: [
      translate(language, 'entity.Statement'),
      say(language, 'platform'),
      translate(language, 'field.Statement.status'),
      say(language, 'outstanding'),
      say(language, 'dueOn'),
    ],
    rows: open.slice(0, SHOWN_MAX).map((one) => [
      { text: one.statementNo, to: recordPage('Statement', one.id) },
      { text: one.platformName },
      {
        text: translate(language, `enum.statementStatus.${one.status}`),
        tag: one.status,
        tagOf: 'Statement.status',
      },
      { text: shownAmount(one.outstandingHao), isNumber: true },
      {
        text: one.dueOn ?? '–',
        note:
          one.overdueDays > 0
            ? say(language, 'overdue', { days: one.overdueDays })
            : say(language, 'notOverdue'),
      },
    ]),
    empty: say(language, 'noneOpen'),
  };
}
