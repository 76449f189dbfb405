import type { Sql } from '../database/sql.js';
import type { IncidentStatus, IncidentVisibility } from './incident-kind.js';
import type { StatusIncident, StatusText, StatusUpdate } from './status-facts.js';

const SHOWN = 50;

const incidentsSql = (open: string): string => `
  SELECT i.id, i.incident_no, i.title_zh, i.title_en, i.status, i.severity, i.occurred_at, i.detected_at, i.published_at, i.fixed_at,
    coalesce((SELECT json_agg(json_build_object('zh', c.name_zh, 'en', c.name_en) ORDER BY c.sort_no, c.code) FROM status_components c
      WHERE c.is_public AND EXISTS (SELECT 1 FROM incident_impacts m WHERE m.incident_id = i.id AND m.component_id = c.id)), '[]'::json)
      AS components,
    coalesce((SELECT json_agg(json_build_object('remedy', c.remedy, 'days', c.days, 'givenCount', c.given_count) ORDER BY c.run_no)
      FROM incident_compensations c WHERE c.incident_id = i.id AND c.given_count > 0), '[]'::json) AS compensations
  FROM incidents i
  WHERE i.visibility = ANY($1::text[]) AND i.published_at IS NOT NULL AND (i.status IN ${open} OR i.occurred_at >= $2)
  ORDER BY i.occurred_at DESC, i.id DESC LIMIT ${SHOWN}`;

type IncidentRow = Pick<StatusIncident, 'status' | 'severity' | 'components' | 'compensations'> & {
  readonly id: string;
  readonly incident_no: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly occurred_at: Date;
  readonly detected_at: Date;
  readonly published_at: Date;
  readonly fixed_at: Date | null;
};

const UPDATES = `
  SELECT id, incident_id, status, body_zh, body_en, corrects_id, created_at FROM incident_updates
  WHERE incident_id = ANY($1::bigint[]) ORDER BY id`;

interface UpdateRow {
  readonly id: string;
  readonly incident_id: string;
  readonly status: IncidentStatus;
  readonly body_zh: string;
  readonly body_en: string;
  readonly corrects_id: string | null;
  readonly created_at: Date;
}

/** Incidents as readers see them, the newest first; those that are open are always there. */
export async function readStatusIncidents(
  sql: Sql,
  about: {
    readonly visibilities: readonly IncidentVisibility[];
    readonly since: Date;
    readonly open: string;
  },
): Promise<StatusIncident[]> {
  const found = await sql.query<IncidentRow & { [column: string]: unknown }>({
    text: incidentsSql(about.open),
    values: [about.visibilities, about.since],
  });
  const updates = await sql.query<UpdateRow & { [column: string]: unknown }>({
    text: UPDATES,
    values: [found.rows.map(({ id }) => id)],
  });
  return found.rows.map((row) => ({
    incidentNo: row.incident_no,
    title: { zh: row.title_zh, en: row.title_en },
    status: row.status,
    severity: row.severity,
    occurredMs: row.occurred_at.getTime(),
    detectedMs: row.detected_at.getTime(),
    publishedMs: row.published_at.getTime(),
    fixedMs: row.fixed_at?.getTime() ?? null,
    components: row.components,
    compensations: row.compensations,
    updates: updatesOf(updates.rows.filter((update) => update.incident_id === row.id)),
  }));
}

const textOf = (row: UpdateRow): StatusText => ({ zh: row.body_zh, en: row.body_en });

/** The newest first; what was corrected stands below its correction. */
function updatesOf(rows: readonly UpdateRow[]): StatusUpdate[] {
  return rows
    .filter((row) => row.corrects_id === null)
    .map((first) => {
      const wordings = [first, ...rows.filter((row) => row.corrects_id === first.id)].reverse();
      const newest = wordings[0] ?? first;
      return {
        id: first.id,
        status: first.status,
        text: textOf(newest),
        atMs: first.created_at.getTime(),
        correctedMs: newest === first ? null : newest.created_at.getTime(),
        before: wordings
          .slice(1)
          .map((row) => ({ text: textOf(row), atMs: row.created_at.getTime() })),
      };
    })
    .reverse();
}
