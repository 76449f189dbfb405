import type { PoolClient } from 'pg';
import { raiseAlerts } from '../alert/alert.store.js';
import { settled } from '../database/sql.js';
import { SECOND_MS } from '../shared/business-time.js';
import type { EscalationLevel } from './complaint-kind.js';
import type { LockedComplaint } from './complaint-facts.store.js';
import type { ComplaintStory } from './complaint-story.js';
import {
  escalationAlert,
  escalationSubject,
  nextStep,
  UNASSIGNED_PERCENT,
  type DueStep,
  type TakenStep,
} from './escalation.js';
import type { Clock } from './sla-clock.js';
import type { ClockRow } from './write-clocks.store.js';

interface Climb {
  readonly complaint: LockedComplaint;
  readonly story: ComplaintStory;
  readonly clocks: readonly ClockRow[];
  readonly taken: readonly TakenRow[];
  readonly nowMs: number;
}

/** A step that was taken, of which clock. */
export interface TakenRow {
  readonly clock_id: string;
  readonly percent: number;
  readonly fired_at: Date;
  readonly is_acknowledged: boolean;
}

const TAKEN = `
  SELECT clock_id, percent, fired_at, acknowledged_at IS NOT NULL AS is_acknowledged
  FROM sla_escalations WHERE complaint_id = $1`;

export async function readTakenSteps(client: PoolClient, complaintId: string): Promise<TakenRow[]> {
  return (await client.query<TakenRow>(TAKEN, [complaintId])).rows;
}

/** Where a clock has stopped, and where somebody has taken the complaint in hand, nobody need answer any more. */
const CLOSE = `
  UPDATE sla_escalations e SET closed_at = $2 FROM sla_clocks k
  WHERE e.complaint_id = $1 AND k.id = e.clock_id AND e.closed_at IS NULL AND (k.stopped_at IS NOT NULL OR (e.percent = 0 AND $3::boolean))`;

export async function closeSteps(
  client: PoolClient,
  { complaint, story, nowMs }: Pick<Climb, 'complaint' | 'story' | 'nowMs'>,
): Promise<void> {
  await client.query(CLOSE, [complaint.id, new Date(nowMs), story.assignee !== null]);
}

const FIRE = `
  INSERT INTO sla_escalations (clock_id, complaint_id, kind, percent, levels, cause, due_at, fired_at)
  SELECT r.clock_id, $1, r.kind, r.percent, string_to_array(r.levels, ' '), r.cause, r.due_at, $2
  FROM unnest($3::bigint[], $4::text[], $5::int[], $6::text[], $7::text[], $8::timestamptz[]) AS r(clock_id, kind, percent, levels, cause, due_at)
  ON CONFLICT (clock_id, percent) DO NOTHING`;

interface Fired {
  readonly row: ClockRow;
  readonly step: DueStep;
}

/** The steps that are due by now, and when the one after them is. */
export function dueSteps(climb: Climb): {
  readonly fired: readonly Fired[];
  readonly nextMs: number | null;
} {
  const fired: Fired[] = [];
  const next: number[] = [];
  for (const row of climb.clocks) {
    if (row.clock.stopMs !== null) continue;
    const steps = stepsOf(climb, row);
    fired.push(...steps.due.map((step) => ({ row, step })));
    next.push(...steps.pendingMs);
  }
  return { fired, nextMs: next.length === 0 ? null : Math.min(...next) };
}

function stepsOf(climb: Climb, row: ClockRow): { due: DueStep[]; pendingMs: number[] } {
  const { complaint, story, nowMs } = climb;
  const taken: TakenStep[] = climb.taken
    .filter((one) => one.clock_id === row.id)
    .map((one) => ({
      percent: one.percent,
      firedMs: one.fired_at.getTime(),
      isAcknowledged: one.is_acknowledged,
    }));
  const rules = { ...complaint.policy, severity: story.severity };
  const due: DueStep[] = [];
  const pendingMs: number[] = [];
  const unassigned = unassignedStep(climb, row.clock, taken);
  if (unassigned && unassigned.dueMs <= nowMs) due.push(unassigned);
  else if (unassigned) pendingMs.push(unassigned.dueMs);
  let step = nextStep(row.clock, taken, rules);
  for (; step && step.dueMs <= nowMs; step = nextStep(row.clock, taken, rules)) {
    due.push(step);
    taken.push({ percent: step.percent, firedMs: nowMs, isAcknowledged: false });
  }
  if (step) pendingMs.push(step.dueMs);
  return { due, pendingMs };
}

/** Nobody has it in hand some minutes after it came. */
function unassignedStep(
  { complaint, story }: Climb,
  clock: Clock,
  taken: readonly TakenStep[],
): DueStep | undefined {
  if (story.assignee !== null || clock.kind !== 'ack') return undefined;
  if (taken.some(({ percent }) => percent === UNASSIGNED_PERCENT)) return undefined;
  const levels: readonly EscalationLevel[] = ['lead', 'duty-manager'];
  const dueMs = clock.startMs + complaint.policy.unassignedSeconds * SECOND_MS;
  return { percent: UNASSIGNED_PERCENT, levels, dueMs, cause: 'unassigned' };
}

/** Takes the steps, each once, and tells people. */
export async function takeSteps(
  client: PoolClient,
  { complaint, story, nowMs }: Climb,
  fired: readonly Fired[],
): Promise<void> {
  if (fired.length === 0) return;
  await settled([
    client.query(FIRE, [
      complaint.id,
      new Date(nowMs),
      fired.map(({ row }) => row.id),
      fired.map(({ row }) => row.clock.kind),
      fired.map(({ step }) => step.percent),
      fired.map(({ step }) => step.levels.join(' ')),
      fired.map(({ step }) => step.cause),
      fired.map(({ step }) => new Date(step.dueMs)),
    ]),
    raiseAlerts(
      client,
      fired.map(({ row, step }) => ({
        kind: escalationAlert(step.percent),
        subject: escalationSubject(complaint.complaintNo, row.clock.kind, step.percent),
        value: `${story.severity} ${step.levels.join(' ')}`,
      })),
      nowMs,
    ),
  ]);
}
