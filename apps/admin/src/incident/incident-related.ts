import type { Pool } from 'pg';
import {
  type ComponentImpact,
  type IncidentCompensationStatus,
  type IncidentStatus,
  type IncidentTerms,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage, sectionsPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { lastingWords, nextUpdateCell, progressWords, say, termsWords } from './incident-words.js';

interface IncidentRow {
  readonly incident_no: string;
  readonly status: IncidentStatus;
  readonly occurred_at: Date;
  readonly fixed_at: Date | null;
  readonly last_update_at: Date;
}

/** What is hit, what was told, and what customers get for it. */
export async function incidentRelated(
  pool: Pool,
  { language }: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> {
  const { rows } = await pool.query<IncidentRow>(
    'SELECT incident_no, status, occurred_at, fixed_at, last_update_at FROM incidents WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (!row) return [];
  return [
    factsSection(language, row),
    await updatesSection(pool, language, id),
    await impactsSection(pool, language, id),
    await compensationsSection(pool, language, { id, incidentNo: row.incident_no }),
  ];
}

function factsSection(language: Language, row: IncidentRow): RelatedSection {
  const nowMs = Date.now();
  const next = nextUpdateCell(
    language,
    { status: row.status, lastUpdateAt: row.last_update_at },
    nowMs,
  );
  const untilMs = row.fixed_at?.getTime() ?? nowMs;
  return {
    title: say(language, 'facts'),
    facts: [
      {
        label: say(language, 'lasts'),
        value: { text: lastingWords(language, row.occurred_at.getTime(), untilMs) },
      },
      ...(next === undefined ? [] : [{ label: say(language, 'nextUpdate'), value: next }]),
    ],
  };
}

interface UpdateRow {
  readonly id: string;
  readonly status: IncidentStatus;
  readonly body_zh: string;
  readonly body_en: string;
  readonly corrects_id: string | null;
  readonly author: string;
  readonly created_at: Date;
}

async function updatesSection(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<UpdateRow>(
    'SELECT * FROM incident_updates WHERE incident_id = $1 ORDER BY coalesce(corrects_id, id) DESC, id DESC LIMIT 500',
    [id],
  );
  const newest = new Set<string>();
  const noteOf = (row: UpdateRow): string | undefined => {
    const first = row.corrects_id ?? row.id;
    const isNewest = !newest.has(first);
    newest.add(first);
    if (!isNewest) return say(language, 'correctedFrom', { at: shanghaiTime(row.created_at) });
    return row.corrects_id === null
      ? undefined
      : say(language, 'correctedAt', { at: shanghaiTime(row.created_at) });
  };
  return {
    title: say(language, 'timeline'),
    heads: [
      say(language, 'when'),
      say(language, 'status'),
      say(language, 'bodyZh'),
      say(language, 'bodyEn'),
      say(language, 'who'),
    ],
    rows: rows.map((row) => {
      const note = noteOf(row);
      return [
        { text: shanghaiTime(row.created_at) },
        { text: translate(language, `enum.incidentStatus.${row.status}`), tag: row.status },
        {
          text: row.body_zh,
          isProse: true,
          ...(note === undefined ? {} : { note: `（${note}）` }),
        },
        { text: row.body_en, isProse: true },
        { text: row.author },
      ];
    }),
    empty: say(language, 'noUpdate'),
  };
}

interface ImpactRow {
  readonly component_id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly impact: ComponentImpact;
  readonly from_at: Date;
  readonly to_at: Date | null;
}

async function impactsSection(pool: Pool, language: Language, id: string): Promise<RelatedSection> {
  const { rows } = await pool.query<ImpactRow>(
    `SELECT m.component_id, c.name_zh, c.name_en, m.impact, m.from_at, m.to_at FROM incident_impacts m
     JOIN status_components c ON c.id = m.component_id WHERE m.incident_id = $1 ORDER BY m.id`,
    [id],
  );
  return {
    title: say(language, 'impacts'),
    heads: [
      translate(language, 'entity.StatusComponent'),
      say(language, 'impact'),
      say(language, 'from'),
      say(language, 'to'),
    ],
    rows: rows.map((row) => [
      {
        text: language === 'en' ? row.name_en : row.name_zh,
        to: recordPage('StatusComponent', row.component_id),
      },
      { text: translate(language, `enum.componentImpact.${row.impact}`), tag: row.impact },
      { text: shanghaiTime(row.from_at) },
      { text: row.to_at === null ? say(language, 'ongoing') : shanghaiTime(row.to_at) },
    ]),
    empty: say(language, 'noImpact'),
  };
}

interface CompensationRow extends IncidentTerms {
  readonly id: string;
  readonly run_no: number;
  readonly status: IncidentCompensationStatus;
  readonly order_count: number;
  readonly done_count: number;
  readonly given_hao: number;
}

const COMPENSATIONS = `
  SELECT id, run_no, status, remedy, days, day_cost_hao::float8 AS "dayCostHao", percent, fixed_hao::float8 AS "fixedHao", order_count,
    given_count + skipped_count AS done_count, given_hao::float8 AS given_hao
  FROM incident_compensations WHERE incident_id = $1 ORDER BY run_no`;

async function compensationsSection(
  pool: Pool,
  language: Language,
  incident: { readonly id: string; readonly incidentNo: string },
): Promise<RelatedSection> {
  const { rows } = await pool.query<CompensationRow>(COMPENSATIONS, [incident.id]);
  return {
    title: say(language, 'compensations'),
    heads: [
      '',
      say(language, 'terms'),
      say(language, 'status'),
      say(language, 'progress'),
      say(language, 'cost'),
    ],
    rows: rows.map((row) => [
      {
        text: say(language, 'run', { no: row.run_no }),
        to: recordPage('IncidentCompensation', row.id),
      },
      { text: termsWords(language, row) },
      compensationStatusCell(language, row.status),
      progressCell(language, row.done_count, row.order_count),
      { text: shownAmount(row.given_hao), isNumber: true },
    ]),
    empty: say(language, 'noCompensation'),
    links: [
      {
        label: say(language, 'affected'),
        to: sectionsPage('Incident', 'affected', { incident: incident.incidentNo }),
      },
    ],
  };
}

export const compensationStatusCell = (
  language: Language,
  status: IncidentCompensationStatus,
): RelatedCell => ({
  text: translate(language, `enum.incidentCompensationStatus.${status}`),
  tag: status,
});

/** A bar: done of all. It is never red, however full. */
export const progressCell = (language: Language, done: number, total: number): RelatedCell => ({
  text: progressWords(language, done, total),
  bar: total === 0 ? 0 : Math.min(0.9999, done / total),
});
