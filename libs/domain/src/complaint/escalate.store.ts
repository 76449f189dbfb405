import type { PoolClient } from 'pg';
import { raiseAlert } from '../alert/alert.store.js';
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
  readonly nowMs: number;
}

const TAKEN = `
  SELECT clock_id, percent, fired_at, acknowledged_at IS NOT NULL AS is_acknowledged
  FROM sla_escalations WHERE complaint_id = $1`;

/** Where a clock has stopped, and where somebody has taken the complaint in hand, nobody need answer any more. */
const CLOSE = `
  UPDATE sla_escalations e SET closed_at = $2 FROM sla_clocks k
  WHERE e.complaint_id = $1 AND k.id = e.clock_id AND e.closed_at IS NULL AND (k.stopped_at IS NOT NULL OR (e.percent = 0 AND $3::boolean))`;

const FIRE = `
  INSERT INTO sla_escalations (clock_id, complaint_id, kind, percent, levels, cause, due_at, fired_at)
  VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8) ON CONFLICT (clock_id, percent) DO NOTHING RETURNING id`;

/** Takes the steps that are due, each once, and tells people. Returns when the next one is due. */
export async function escalate(client: PoolClient, climb: Climb): Promise<number | null> {
  const { complaint, story, clocks, nowMs } = climb;
  const values = [complaint.id, new Date(nowMs), story.assignee !== null];
  await client.query(CLOSE, values);
  const running = clocks.filter(({ clock }) => clock.stopMs === null);
  if (running.length === 0) return null;
  const { rows } = await client.query<{
    clock_id: string;
    percent: number;
    fired_at: Date;
    is_acknowledged: boolean;
  }>(TAKEN, [complaint.id]);
  const next: number[] = [];
  for (const row of running) {
    const taken = rows
      .filter((one) => one.clock_id === row.id)
      .map((one) => ({
        percent: one.percent,
        firedMs: one.fired_at.getTime(),
        isAcknowledged: one.is_acknowledged,
      }));
    const dueMs = await climbOne(client, climb, { row, taken });
    if (dueMs !== null) next.push(dueMs);
  }
  return next.length === 0 ? null : Math.min(...next);
}

async function climbOne(
  client: PoolClient,
  climb: Climb,
  { row, taken }: { readonly row: ClockRow; readonly taken: TakenStep[] },
): Promise<number | null> {
  const { complaint, story, nowMs } = climb;
  const rules = { ...complaint.policy, severity: story.severity };
  const unassigned = unassignedStep(climb, row.clock, taken);
  if (unassigned && unassigned.dueMs <= nowMs) await fire(client, climb, { row, step: unassigned });
  let step = nextStep(row.clock, taken, rules);
  while (step && step.dueMs <= nowMs) {
    await fire(client, climb, { row, step });
    taken.push({ percent: step.percent, firedMs: nowMs, isAcknowledged: false });
    step = nextStep(row.clock, taken, rules);
  }
  const pending = [step, unassigned].flatMap((one) =>
    one && one.dueMs > nowMs ? [one.dueMs] : [],
  );
  return pending.length === 0 ? null : Math.min(...pending);
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

async function fire(
  client: PoolClient,
  { complaint, story, nowMs }: Climb,
  { row, step }: { readonly row: ClockRow; readonly step: DueStep },
): Promise<void> {
  const fired = await client.query(FIRE, [
    row.id,
    complaint.id,
    row.clock.kind,
    step.percent,
    step.levels,
    step.cause,
    new Date(step.dueMs),
    new Date(nowMs),
  ]);
  if (fired.rowCount === 0) return;
  await raiseAlert(
    client,
    {
      kind: escalationAlert(step.percent),
      subject: escalationSubject(complaint.complaintNo, row.clock.kind, step.percent),
      value: `${story.severity} ${step.levels.join(' ')}`,
    },
    nowMs,
  );
}
