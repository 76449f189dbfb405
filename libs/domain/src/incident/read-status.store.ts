import type { Sql } from '../database/sql.js';
import { DAY_MS } from '../shared/business-time.js';
import { componentState, dayStates, type ImpactSpan } from './component-state.js';
import {
  type ComponentImpact,
  type ComponentKind,
  type IncidentVisibility,
  OPEN_INCIDENTS_SQL,
} from './incident-kind.js';
import { readStatusIncidents } from './read-status-incidents.store.js';
import {
  STATUS_DAYS,
  type StatusComplaint,
  type StatusComponentView,
  type StatusFacts,
  type StatusMonth,
} from './status-facts.js';

const COMPONENTS = `
  SELECT c.code, c.kind, c.name_zh, c.name_en, coalesce((SELECT json_agg(json_build_object('impact', m.impact,
      'fromMs', extract(epoch FROM m.from_at) * 1000, 'toMs', extract(epoch FROM m.to_at) * 1000))
    FROM incident_impacts m JOIN incidents i ON i.id = m.incident_id
    WHERE m.component_id = c.id AND i.visibility = ANY($1::text[]) AND (m.to_at IS NULL OR m.to_at > $2)), '[]'::json) AS spans
  FROM status_components c WHERE c.is_public ORDER BY c.sort_no, c.code`;

const MONTHS_SHOWN = 12;

/** Questions (P3) are no complaints; a clock counts in the month in which it stopped, as it went. */
const MONTHS = `
  WITH days AS (
    SELECT to_char(day, 'YYYY-MM') AS month, sum(fulfilled_count)::int AS fulfilled, sum(failed_count)::int AS failed
    FROM service_days GROUP BY 1
  ), clocks AS (
    SELECT to_char(k.stopped_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month,
      count(*) FILTER (WHERE k.kind = 'ack' AND k.outcome = 'met')::int AS ack_met,
      count(*) FILTER (WHERE k.kind = 'ack' AND k.outcome = 'breached')::int AS ack_breached,
      count(*) FILTER (WHERE k.kind = 'resolve' AND k.outcome = 'met')::int AS resolve_met,
      count(*) FILTER (WHERE k.kind = 'resolve' AND k.outcome = 'breached')::int AS resolve_breached
    FROM sla_clocks k JOIN complaints c ON c.id = k.complaint_id
    WHERE k.stopped_at >= $1 AND k.kind IN ('ack', 'resolve') AND c.severity <> 'P3' GROUP BY 1
  ), received AS (
    SELECT to_char(received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*)::int AS complaints
    FROM complaints WHERE received_at >= $1 AND severity <> 'P3' GROUP BY 1
  )
  SELECT m.month, coalesce(d.fulfilled, 0) AS fulfilled, coalesce(d.failed, 0) AS failed, coalesce(r.complaints, 0) AS complaints,
    coalesce(k.ack_met, 0) AS "ackMet", coalesce(k.ack_breached, 0) AS "ackBreached", coalesce(k.resolve_met, 0) AS "resolveMet",
    coalesce(k.resolve_breached, 0) AS "resolveBreached"
  FROM (SELECT month FROM days UNION SELECT month FROM clocks UNION SELECT month FROM received) m
    LEFT JOIN days d USING (month) LEFT JOIN clocks k USING (month) LEFT JOIN received r USING (month)
  WHERE m.month IS NOT NULL ORDER BY m.month DESC LIMIT ${MONTHS_SHOWN}`;

const COMPLAINTS_SHOWN = 50;

/** Nothing of who complained, nor of which order. The first answer counts, also where it was opened again later. */
const COMPLAINTS = `
  SELECT to_char(c.received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day, c.category, c.is_breached, c.resolution_code,
    l.name_zh, l.name_en, (SELECT extract(epoch FROM k.stopped_at - k.started_at)::float8 / 3600 FROM sla_clocks k
      WHERE k.complaint_id = c.id AND k.kind = 'ack' AND k.cycle_no = 1 AND k.outcome <> 'void' ORDER BY k.seq DESC LIMIT 1) AS ack_hours,
    extract(epoch FROM c.ended_at - c.received_at)::float8 / 3600 AS resolve_hours
  FROM complaints c LEFT JOIN products p ON p.id = c.product_id
    LEFT JOIN LATERAL (SELECT name_zh, name_en FROM status_components s
      WHERE s.is_public AND s.kind = 'product-line' AND p.code = ANY(s.product_codes) ORDER BY s.sort_no LIMIT 1) l ON true
  WHERE c.severity <> 'P3' AND c.received_at >= $1 ORDER BY c.received_at DESC, c.id DESC LIMIT ${COMPLAINTS_SHOWN}`;

const YEAR_MS = 366 * DAY_MS;

/** What everybody may read; with `reseller`, what platforms may read besides. */
export async function readStatus(
  sql: Sql,
  nowMs: number,
  visibilities: readonly IncidentVisibility[] = ['public'],
): Promise<StatusFacts> {
  const since = new Date(nowMs - STATUS_DAYS * DAY_MS);
  const [components, incidents, months, complaints] = [
    await readComponents(sql, { visibilities, since, nowMs }),
    await readStatusIncidents(sql, { visibilities, since, open: OPEN_INCIDENTS_SQL }),
    await sql.query<StatusMonth & { [column: string]: unknown }>({
      text: MONTHS,
      values: [new Date(nowMs - YEAR_MS)],
    }),
    await readComplaints(sql, since),
  ];
  return { components, incidents, months: months.rows, complaints };
}

async function readComponents(
  sql: Sql,
  about: {
    readonly visibilities: readonly IncidentVisibility[];
    readonly since: Date;
    readonly nowMs: number;
  },
): Promise<StatusComponentView[]> {
  const { rows } = await sql.query<{
    code: string;
    kind: ComponentKind;
    name_zh: string;
    name_en: string;
    spans: { impact: ComponentImpact; fromMs: number; toMs: number | null }[];
  }>({ text: COMPONENTS, values: [about.visibilities, about.since] });
  return rows.map(({ code, kind, name_zh: zh, name_en: en, spans }) => {
    const known: readonly ImpactSpan[] = spans;
    return {
      code,
      kind,
      name: { zh, en },
      state: componentState(known, about.nowMs),
      days: dayStates(known, { days: STATUS_DAYS, nowMs: about.nowMs }),
    };
  });
}

async function readComplaints(sql: Sql, since: Date): Promise<StatusComplaint[]> {
  const { rows } = await sql.query<{
    day: string;
    category: StatusComplaint['category'];
    is_breached: boolean;
    resolution_code: StatusComplaint['outcome'];
    name_zh: string | null;
    name_en: string | null;
    ack_hours: number | null;
    resolve_hours: number | null;
  }>({ text: COMPLAINTS, values: [since] });
  return rows.map((row) => ({
    day: row.day,
    category: row.category,
    line: row.name_zh === null ? null : { zh: row.name_zh, en: row.name_en ?? row.name_zh },
    ackHours: row.ack_hours,
    resolveHours: row.resolve_hours,
    outcome: row.resolution_code,
    isBreached: row.is_breached,
  }));
}
