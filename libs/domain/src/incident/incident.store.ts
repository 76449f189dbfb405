import type { PoolClient } from 'pg';
import { shanghaiDate } from '../shared/business-time.js';
import { DomainError } from '../shared/domain-error.js';
import { canMove } from '../shared/transitions.js';
import {
  INCIDENT_MOVES,
  isIncidentOpen,
  OPEN_INCIDENTS_SQL,
  type ComponentImpact,
  type IncidentSeverity,
  type IncidentStatus,
  type IncidentVisibility,
} from './incident-kind.js';

/** Words in both languages. */
export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}

interface By {
  readonly actor: string;
  readonly nowMs: number;
}

export interface DeclareIncident extends By {
  /** Of the form, or of the program that noticed it: told twice, it is one incident. */
  readonly key: string;
  readonly title: BothLanguages;
  readonly body: BothLanguages;
  readonly status: IncidentStatus;
  readonly severity: IncidentSeverity;
  readonly visibility: IncidentVisibility;
  readonly componentId: string;
  readonly impact: ComponentImpact;
  readonly occurredMs: number;
  /** There is an open one of the same component, and this is another. */
  readonly isSeparate: boolean;
}

export interface DeclaredIncident {
  readonly id: string;
  readonly incidentNo: string;
  readonly isNew: boolean;
}

/** Everybody who declares one waits here: numbers follow each other, and the guard sees what was just declared. */
const LOCK = 'SELECT pg_advisory_xact_lock(7704, 1)';
const SAME_KEY = 'SELECT id, incident_no FROM incidents WHERE key = $1';
const SAME_COMPONENT = `
  SELECT i.incident_no FROM incidents i JOIN incident_impacts m ON m.incident_id = i.id AND m.to_at IS NULL
  WHERE m.component_id = $1 AND i.status IN ${OPEN_INCIDENTS_SQL} LIMIT 1`;
const COUNT_OF_DAY = `SELECT count(*)::int AS count FROM incidents WHERE incident_no LIKE $1`;
const INSERT = `
  INSERT INTO incidents (incident_no, key, title_zh, title_en, status, severity, visibility, occurred_at, detected_at,
    published_at, fixed_at, last_update_at, declared_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7::varchar, $8, $9, CASE WHEN $7::varchar <> 'internal' THEN $9::timestamptz END, $10, $9, $11)
  RETURNING id`;

/** Throws `incident.open-already` where the component has an open incident and nobody said that this is another. */
export async function declareIncident(
  client: PoolClient,
  incident: DeclareIncident,
): Promise<DeclaredIncident> {
  await client.query(LOCK);
  const before = await client.query<{ id: string; incident_no: string }>(SAME_KEY, [incident.key]);
  const known = before.rows[0];
  if (known) return { id: known.id, incidentNo: known.incident_no, isNew: false };
  await requireSeparate(client, incident);
  const { nowMs, actor } = incident;
  const at = new Date(nowMs);
  const day = `INC${shanghaiDate(nowMs).replaceAll('-', '')}`;
  const counted = await client.query<{ count: number }>(COUNT_OF_DAY, [`${day}-%`]);
  const incidentNo = `${day}-${String((counted.rows[0]?.count ?? 0) + 1).padStart(2, '0')}`;
  const made = await client.query<{ id: string }>(INSERT, [
    incidentNo,
    incident.key,
    incident.title.zh,
    incident.title.en,
    incident.status,
    incident.severity,
    incident.visibility,
    new Date(incident.occurredMs),
    at,
    isIncidentOpen(incident.status) ? null : at,
    actor,
  ]);
  const id = made.rows[0]?.id ?? '';
  await insertUpdate(client, { ...incident, incidentId: id });
  await client.query(IMPACT, [
    id,
    incident.componentId,
    incident.impact,
    new Date(incident.occurredMs),
  ]);
  if (!isIncidentOpen(incident.status)) await client.query(END_IMPACTS, [id, at]);
  return { id, incidentNo, isNew: true };
}

async function requireSeparate(client: PoolClient, incident: DeclareIncident): Promise<void> {
  if (incident.isSeparate) return;
  const open = await client.query<{ incident_no: string }>(SAME_COMPONENT, [incident.componentId]);
  const incidentNo = open.rows[0]?.incident_no;
  if (incidentNo !== undefined) throw new DomainError('incident.open-already', { incidentNo });
}

const UPDATE = `
  INSERT INTO incident_updates (incident_id, status, body_zh, body_en, corrects_id, author, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

interface NewUpdate extends By {
  readonly incidentId: string;
  readonly status: IncidentStatus;
  readonly body: BothLanguages;
  readonly correctsId?: string;
}

async function insertUpdate(client: PoolClient, update: NewUpdate): Promise<void> {
  await client.query(UPDATE, [
    update.incidentId,
    update.status,
    update.body.zh,
    update.body.en,
    update.correctsId ?? null,
    update.actor,
    new Date(update.nowMs),
  ]);
}

const IMPACT = `
  INSERT INTO incident_impacts (incident_id, component_id, impact, from_at) VALUES ($1, $2, $3, $4)`;
const END_IMPACTS = `
  UPDATE incident_impacts SET to_at = greatest($2::timestamptz, from_at) WHERE incident_id = $1 AND to_at IS NULL`;
/** What was thought to be over goes on with what it last was. */
const RESUME_IMPACTS = `
  INSERT INTO incident_impacts (incident_id, component_id, impact, from_at)
  SELECT DISTINCT ON (component_id) incident_id, component_id, impact, $2::timestamptz FROM incident_impacts
  WHERE incident_id = $1 ORDER BY component_id, id DESC`;

const READ = `
  SELECT id, status, visibility, incident_no AS "incidentNo" FROM incidents WHERE id = $1 FOR UPDATE`;

export interface LockedIncident {
  readonly id: string;
  readonly incidentNo: string;
  readonly status: IncidentStatus;
  readonly visibility: IncidentVisibility;
}

/** Throws `incident.not-found`. */
export async function lockIncident(
  client: PoolClient,
  incidentId: string,
): Promise<LockedIncident> {
  const { rows } = await client.query<LockedIncident>(READ, [incidentId]);
  const row = rows[0];
  if (!row) throw new DomainError('incident.not-found');
  return row;
}

const MOVE = `
  UPDATE incidents SET status = $2::varchar, last_update_at = $3,
    fixed_at = CASE WHEN $2::varchar = 'fixed' THEN $3::timestamptz WHEN $4 THEN NULL ELSE fixed_at END
  WHERE id = $1`;

export type AddIncidentUpdate = Omit<NewUpdate, 'correctsId'>;

/** Tells something new; with another status it moves the incident there. Throws `incident.illegal-move`. */
export async function addIncidentUpdate(
  client: PoolClient,
  update: AddIncidentUpdate,
): Promise<void> {
  const incident = await lockIncident(client, update.incidentId);
  const { status, nowMs } = update;
  if (status !== incident.status && !canMove(INCIDENT_MOVES, incident.status, status))
    throw new DomainError('incident.illegal-move');
  await insertUpdate(client, update);
  const isReopened = isIncidentOpen(status) && !isIncidentOpen(incident.status);
  await client.query(MOVE, [incident.id, status, new Date(nowMs), isReopened]);
  if (status === incident.status) return;
  if (!isIncidentOpen(status)) await client.query(END_IMPACTS, [incident.id, new Date(nowMs)]);
  if (isReopened) await client.query(RESUME_IMPACTS, [incident.id, new Date(nowMs)]);
}

const READ_UPDATE = `
  SELECT u.incident_id, u.status, coalesce(u.corrects_id, u.id) AS first_id FROM incident_updates u WHERE u.id = $1`;

export interface CorrectUpdate extends By {
  readonly updateId: string;
  readonly body: BothLanguages;
}

/** Says it better: what stood there before stays readable. Throws `incident.not-found`. */
export async function correctIncidentUpdate(
  client: PoolClient,
  { updateId, body, actor, nowMs }: CorrectUpdate,
): Promise<{ readonly incidentId: string }> {
  const { rows } = await client.query<{
    incident_id: string;
    status: IncidentStatus;
    first_id: string;
  }>(READ_UPDATE, [updateId]);
  const row = rows[0];
  if (!row) throw new DomainError('incident.not-found');
  await lockIncident(client, row.incident_id);
  await insertUpdate(client, {
    incidentId: row.incident_id,
    status: row.status,
    correctsId: row.first_id,
    body,
    actor,
    nowMs,
  });
  return { incidentId: row.incident_id };
}

const SET_VISIBILITY = `
  UPDATE incidents SET visibility = $2::varchar, severity = $3,
    published_at = CASE WHEN $2::varchar <> 'internal' THEN coalesce(published_at, $4::timestamptz) ELSE published_at END
  WHERE id = $1`;

/** Who may read it, and how bad it is. */
export async function changeIncident(
  client: PoolClient,
  change: {
    readonly incidentId: string;
    readonly visibility: IncidentVisibility;
    readonly severity: IncidentSeverity;
    readonly nowMs: number;
  },
): Promise<void> {
  const incident = await lockIncident(client, change.incidentId);
  await client.query(SET_VISIBILITY, [
    incident.id,
    change.visibility,
    change.severity,
    new Date(change.nowMs),
  ]);
}

const END_IMPACT = `
  UPDATE incident_impacts SET to_at = greatest($3::timestamptz, from_at)
  WHERE incident_id = $1 AND component_id = $2 AND to_at IS NULL RETURNING impact`;

/** Another component is hit, or hit otherwise; null where it works again. Throws `incident.illegal-move`, `incident.unchanged`. */
export async function setIncidentImpact(
  client: PoolClient,
  change: {
    readonly incidentId: string;
    readonly componentId: string;
    readonly impact: ComponentImpact | null;
    readonly nowMs: number;
  },
): Promise<void> {
  const incident = await lockIncident(client, change.incidentId);
  if (!isIncidentOpen(incident.status)) throw new DomainError('incident.illegal-move');
  const at = new Date(change.nowMs);
  const ended = await client.query<{ impact: ComponentImpact }>(END_IMPACT, [
    incident.id,
    change.componentId,
    at,
  ]);
  if ((ended.rows[0]?.impact ?? null) === change.impact)
    throw new DomainError('incident.unchanged');
  if (change.impact !== null)
    await client.query(IMPACT, [incident.id, change.componentId, change.impact, at]);
}
