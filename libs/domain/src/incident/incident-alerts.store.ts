import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import { MINUTE_MS } from '../shared/business-time.js';
import { OPEN_INCIDENTS_SQL, UPDATE_EVERY_MINUTES } from './incident-kind.js';

const SILENT = `
  SELECT incident_no, last_update_at FROM incidents
  WHERE status IN ${OPEN_INCIDENTS_SQL} AND severity <> 'maintenance' AND last_update_at <= $1`;

/** Open incidents that nobody has said anything about for an hour. */
export async function incidentFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const { rows } = await sql.query<{ incident_no: string; last_update_at: Date }>({
    name: 'alert-incidents',
    text: SILENT,
    values: [new Date(nowMs - UPDATE_EVERY_MINUTES * MINUTE_MS)],
  });
  return rows.map(({ incident_no: subject, last_update_at: since }): AlertFact => ({
    kind: 'incident-silent',
    subject,
    state: 'crossed',
    value: `${Math.floor((nowMs - since.getTime()) / MINUTE_MS)} min`,
  }));
}
