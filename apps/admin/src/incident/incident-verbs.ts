import type { Pool } from 'pg';
import {
  COMPONENT_IMPACTS,
  INCIDENT_MOVES,
  isIncidentOpen,
  type IncidentCompensationStatus,
  type IncidentSeverity,
  type IncidentStatus,
  mayStaff,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import type { Verb } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import {
  bodyFields,
  componentChoices,
  severityField,
  statusField,
  visibilityField,
} from './declare-page.js';
import { choicesOf, say } from './incident-words.js';

interface Row {
  readonly status: IncidentStatus;
  readonly severity: IncidentSeverity;
  readonly visibility: string;
}

/** What can be done about an incident now. */
export async function incidentVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'incident.write')) return [];
  const { rows } = await pool.query<Row>(
    'SELECT status, severity, visibility FROM incidents WHERE id = $1',
    [id],
  );
  const incident = rows[0];
  if (!incident) return [];
  const { language } = staff;
  return [
    addUpdate(language, id, incident),
    ...(isIncidentOpen(incident.status) ? [await setImpact(pool, language, id)] : []),
    await correctUpdate(pool, language, id),
    {
      name: 'changeIncident',
      path: `incidents/${id}/change`,
      kind: 'post',
      tone: 'plain',
      hint: 'incident.changeHint',
      fields: [
        severityField(language, incident.severity),
        visibilityField(language, incident.visibility),
      ],
    },
  ];
}

const addUpdate = (language: Language, id: string, { status }: Row): Verb => ({
  name: 'addIncidentUpdate',
  path: `incidents/${id}/updates`,
  kind: 'post',
  tone: 'main',
  hint: 'incident.updateHint',
  fields: [
    statusField(language, [status, ...INCIDENT_MOVES[status]], status),
    ...bodyFields({ zh: '', en: '' }),
  ],
});

async function setImpact(pool: Pool, language: Language, id: string): Promise<Verb> {
  return {
    name: 'setIncidentImpact',
    path: `incidents/${id}/impacts`,
    kind: 'post',
    tone: 'plain',
    hint: 'incident.impactHint',
    fields: [
      {
        name: 'componentId',
        label: 'incident.component',
        options: await componentChoices(pool, language),
      },
      {
        name: 'impact',
        label: 'incident.impact',
        options: [
          ...choicesOf(COMPONENT_IMPACTS, (one) =>
            translate(language, `enum.componentImpact.${one}`),
          ),
          { value: 'none', text: say(language, 'works') },
        ],
      },
    ],
  };
}

async function correctUpdate(pool: Pool, language: Language, id: string): Promise<Verb> {
  const { rows } = await pool.query<{
    id: string;
    created_at: Date;
    body_zh: string;
    body_en: string;
  }>(
    `SELECT id, created_at, body_zh, body_en FROM incident_updates WHERE incident_id = $1 AND corrects_id IS NULL ORDER BY id DESC LIMIT 50`,
    [id],
  );
  const excerpt = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);
  return {
    name: 'correctIncidentUpdate',
    path: `incidents/${id}/corrections`,
    kind: 'post',
    tone: 'plain',
    hint: 'incident.correctHint',
    fields: [
      {
        name: 'updateId',
        label: 'incident.whichUpdate',
        options: rows.map((row) => ({
          value: row.id,
          text: `${shanghaiTime(row.created_at)} ${excerpt(language === 'en' ? row.body_en : row.body_zh)}`,
        })),
      },
      ...bodyFields({ zh: '', en: '' }),
    ],
  };
}

/** One that is running can be stopped. */
export async function incidentCompensationVerbs(
  pool: Pool,
  { role }: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(role, 'incident.write')) return [];
  const { rows } = await pool.query<{ status: IncidentCompensationStatus; is_asked: boolean }>(
    'SELECT status, stop_asked_at IS NOT NULL AS is_asked FROM incident_compensations WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (row?.status !== 'running' || row.is_asked) return [];
  return [
    {
      name: 'stopIncidentCompensation',
      path: `incident-compensations/${id}/stop`,
      kind: 'post',
      tone: 'danger',
      hint: 'incident.stopHint',
      fields: [{ name: 'reason', label: 'common.reason' }],
    },
  ];
}
