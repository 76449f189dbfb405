import type { Pool } from 'pg';
import type { ClaimKind } from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection, SectionsView } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shownAmount } from '../resource/shown-amount.js';
import { attemptRelated } from './supply-related.js';

const say = (language: Language, name: keyof Messages['page']['claim']): string =>
  translate(language, `page.claim.${name}`);

const OPEN = `
  SELECT k.id, k.kind, s.id AS supplier_id, s.code, a.id AS attempt_id, a.attempt_no, k.amount_hao::float8 AS amount_hao,
    k.recovered_hao::float8 AS recovered_hao, k.write_off_asked_by IS NOT NULL AS is_asked,
    floor(extract(epoch FROM now() - k.created_at) / 86400)::int AS days
  FROM supply_claims k JOIN suppliers s ON s.id = k.supplier_id LEFT JOIN attempts a ON a.id = k.attempt_id
  WHERE k.status = 'open' ORDER BY k.created_at LIMIT 200`;
const SUMS = `
  SELECT s.id AS supplier_id, s.code, count(*)::int AS count, sum(k.amount_hao - k.recovered_hao)::float8 AS left_hao,
    floor(extract(epoch FROM now() - min(k.created_at)) / 86400)::int AS days
  FROM supply_claims k JOIN suppliers s ON s.id = k.supplier_id WHERE k.status = 'open' GROUP BY 1, 2 ORDER BY 4 DESC`;

interface OpenRow {
  id: string;
  kind: ClaimKind;
  supplier_id: string;
  code: string;
  attempt_id: string | null;
  attempt_no: string | null;
  amount_hao: number;
  recovered_hao: number;
  is_asked: boolean;
  days: number;
}
interface SumRow {
  supplier_id: string;
  code: string;
  count: number;
  left_hao: number;
  days: number;
}

/** Claims as a work list: what each supplier owes, and every open claim, the longest first. */
export async function claimsPage(pool: Pool, { language }: PanelStaff): Promise<SectionsView> {
  const [open, sums] = await Promise.all([pool.query<OpenRow>(OPEN), pool.query<SumRow>(SUMS)]);
  return {
    lead: say(language, 'lead'),
    sections: [sumsSection(language, sums.rows), openSection(language, open.rows)],
  };
}

function sumsSection(language: Language, rows: readonly SumRow[]): RelatedSection {
  const highest = Math.max(1, ...rows.map((row) => row.left_hao));
  return {
    title: say(language, 'sums'),
    heads: [
      say(language, 'supplier'),
      '',
      say(language, 'left'),
      say(language, 'count'),
      say(language, 'oldest'),
    ],
    rows: rows.map((row) => [
      { text: row.code, to: recordPage('Supplier', row.supplier_id) },
      { text: '', bar: Math.min(0.999, row.left_hao / highest) },
      { text: shownAmount(row.left_hao), isNumber: true },
      { text: String(row.count), isNumber: true },
      { text: String(row.days), isNumber: true },
    ]),
    empty: say(language, 'none'),
  };
}

function openSection(language: Language, rows: readonly OpenRow[]): RelatedSection {
  return {
    title: say(language, 'open'),
    heads: [
      say(language, 'kind'),
      say(language, 'supplier'),
      say(language, 'attempt'),
      say(language, 'amount'),
      say(language, 'recovered'),
      say(language, 'left'),
      say(language, 'age'),
      '',
    ],
    rows: rows.map((row) => [
      {
        text: translate(language, `enum.claimKind.${row.kind}`),
        to: recordPage('SupplyClaim', row.id),
      },
      { text: row.code, to: recordPage('Supplier', row.supplier_id) },
      row.attempt_id === null
        ? { text: '–' }
        : { text: row.attempt_no ?? '', to: recordPage('Attempt', row.attempt_id) },
      { text: shownAmount(row.amount_hao), isNumber: true },
      { text: shownAmount(row.recovered_hao), isNumber: true },
      { text: shownAmount(row.amount_hao - row.recovered_hao), isNumber: true },
      { text: String(row.days), isNumber: true },
      { text: row.is_asked ? say(language, 'writeOff') : '' },
    ]),
    empty: say(language, 'none'),
  };
}

/** The evidence of a claim: its attempt with every exchange, and the compensation that it charges back. */
export async function claimRelated(
  pool: Pool,
  staff: PanelStaff,
  claimId: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<{ attempt_id: string; compensation_id: string | null }>(
    'SELECT attempt_id, compensation_id FROM supply_claims WHERE id = $1',
    [claimId],
  );
  const claim = rows[0];
  if (!claim) return [];
  const { language } = staff;
  const { compensation_id: compensationId } = claim;
  const about: RelatedSection = {
    title: say(language, 'evidence'),
    links: [
      { label: say(language, 'attempt'), to: recordPage('Attempt', claim.attempt_id) },
      ...(compensationId === null
        ? []
        : [
            {
              label: say(language, 'compensation'),
              to: recordPage('Compensation', compensationId),
            },
          ]),
    ],
  };
  return [about, ...(await attemptRelated(pool, staff, claim.attempt_id))];
}
