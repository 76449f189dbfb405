import type { Pool } from 'pg';
import {
  COMPONENT_IMPACTS,
  INCIDENT_SEVERITIES,
  INCIDENT_STATUSES,
  INCIDENT_VISIBILITIES,
  type IncidentSeverity,
  type IncidentStatus,
  mayStaff,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection, SectionsView, Verb, VerbField } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { choicesOf, say } from './incident-words.js';

interface TemplateRow {
  readonly code: string;
  readonly name: string;
  readonly status: IncidentStatus;
  readonly severity: IncidentSeverity;
  readonly title_zh: string;
  readonly title_en: string;
  readonly body_zh: string;
  readonly body_en: string;
}

interface OpenRow {
  readonly id: string;
  readonly incident_no: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly status: IncidentStatus;
  readonly last_update_at: Date;
}

const OPEN = `
  SELECT id, incident_no, title_zh, title_en, status, last_update_at FROM incidents
  WHERE status IN ('investigating', 'identified', 'watching') ORDER BY id DESC LIMIT 20`;

/** A new incident, in words that were perhaps thought of before; what is open already stands below. */
export async function declarePage(
  pool: Pool,
  staff: PanelStaff,
  query: Readonly<Record<string, string>>,
): Promise<SectionsView> {
  const { language } = staff;
  const templates = await pool.query<TemplateRow>('SELECT * FROM incident_templates ORDER BY code');
  const chosen = templates.rows.find(({ code }) => code === query['template']);
  const open = await pool.query<OpenRow>(OPEN);
  return {
    lead: say(language, 'lead'),
    form: {
      submit: say(language, 'useTemplate'),
      fields: [
        {
          name: 'template',
          label: say(language, 'template'),
          value: chosen?.code ?? '',
          options: [
            { value: '', text: say(language, 'noTemplate') },
            ...templates.rows.map(({ code, name }) => ({ value: code, text: name })),
          ],
        },
      ],
    },
    verbs: mayStaff(staff.role, 'incident.write')
      ? [await declareVerb(pool, language, chosen)]
      : [],
    sections: [openSection(language, open.rows)],
  };
}

async function declareVerb(
  pool: Pool,
  language: Language,
  chosen: TemplateRow | undefined,
): Promise<Verb> {
  return {
    name: 'declareIncident',
    path: 'incidents',
    kind: 'post',
    tone: 'main',
    hint: 'incident.declareHint',
    hasFormKey: true,
    fields: [
      {
        name: 'componentId',
        label: 'incident.component',
        options: await componentChoices(pool, language),
      },
      {
        name: 'impact',
        label: 'incident.impact',
        options: choicesOf(COMPONENT_IMPACTS, (one) =>
          translate(language, `enum.componentImpact.${one}`),
        ),
      },
      severityField(language, chosen?.severity),
      statusField(language, INCIDENT_STATUSES.slice(0, 4), chosen?.status ?? 'investigating'),
      visibilityField(language, 'public'),
      ...textFields(chosen),
      { name: 'occurredAt', label: 'incident.occurredAt', isOptional: true },
      {
        name: 'isSeparate',
        label: 'incident.isSeparate',
        value: 'no',
        options: [
          { value: 'no', text: say(language, 'refuseDouble') },
          { value: 'yes', text: say(language, 'anotherOne') },
        ],
      },
    ],
  };
}

const textFields = (chosen: TemplateRow | undefined): readonly VerbField[] => [
  { name: 'titleZh', label: 'incident.titleZh', value: chosen?.title_zh ?? '' },
  { name: 'titleEn', label: 'incident.titleEn', value: chosen?.title_en ?? '' },
  ...bodyFields({ zh: chosen?.body_zh ?? '', en: chosen?.body_en ?? '' }),
];

export const bodyFields = (body: {
  readonly zh: string;
  readonly en: string;
}): readonly VerbField[] => [
  { name: 'bodyZh', label: 'incident.bodyZh', isLong: true, value: body.zh },
  { name: 'bodyEn', label: 'incident.bodyEn', isLong: true, value: body.en },
];

export const severityField = (
  language: Language,
  value: IncidentSeverity | undefined,
): VerbField => ({
  name: 'severity',
  label: 'incident.severity',
  value: value ?? '',
  options: choicesOf(INCIDENT_SEVERITIES, (one) =>
    translate(language, `enum.incidentSeverity.${one}`),
  ),
});

export const statusField = (
  language: Language,
  statuses: readonly IncidentStatus[],
  value: IncidentStatus,
): VerbField => ({
  name: 'status',
  label: 'incident.status',
  value,
  options: choicesOf(statuses, (one) => translate(language, `enum.incidentStatus.${one}`)),
});

export const visibilityField = (language: Language, value: string): VerbField => ({
  name: 'visibility',
  label: 'incident.visibility',
  value,
  options: choicesOf(INCIDENT_VISIBILITIES, (one) =>
    translate(language, `enum.incidentVisibility.${one}`),
  ),
});

/** Every component, as a person chooses among them. */
export async function componentChoices(
  pool: Pool,
  language: Language,
): Promise<{ readonly value: string; readonly text: string }[]> {
  const { rows } = await pool.query<{ id: string; name_zh: string; name_en: string }>(
    'SELECT id, name_zh, name_en FROM status_components ORDER BY sort_no, code',
  );
  return rows.map((row) => ({
    value: row.id,
    text: language === 'en' ? row.name_en : row.name_zh,
  }));
}

const openSection = (language: Language, rows: readonly OpenRow[]): RelatedSection => ({
  title: say(language, 'openIncidents'),
  heads: [
    translate(language, 'field.Incident.incidentNo'),
    translate(language, 'field.Incident.titleZh'),
    translate(language, 'field.Incident.status'),
    translate(language, 'field.Incident.lastUpdateAt'),
  ],
  rows: rows.map((row) => [
    { text: row.incident_no, to: recordPage('Incident', row.id) },
    { text: language === 'en' ? row.title_en : row.title_zh },
    { text: translate(language, `enum.incidentStatus.${row.status}`), tag: row.status },
    { text: shanghaiTime(row.last_update_at) },
  ]),
  empty: translate(language, 'page.common.none'),
});
