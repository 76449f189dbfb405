import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';
import type { ClockKind } from './complaint-kind.js';
import { escalationAlert, escalationSubject } from './escalation.js';

/** Steps that nobody has acknowledged; each alert ends when somebody has, or when its clock has stopped. */
const OPEN = `
  SELECT c.complaint_no, c.severity, e.kind, e.percent, e.levels FROM sla_escalations e
  JOIN complaints c ON c.id = e.complaint_id
  WHERE e.acknowledged_at IS NULL AND e.closed_at IS NULL`;

export async function complaintFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    complaint_no: string;
    severity: string;
    kind: ClockKind;
    percent: number;
    levels: string[];
  }>({ name: 'alert-complaints', text: OPEN });
  return rows.map((row) => ({
    kind: escalationAlert(row.percent),
    subject: escalationSubject(row.complaint_no, row.kind, row.percent),
    state: 'crossed',
    value: `${row.severity} ${row.levels.join(' ')}`,
  }));
}
