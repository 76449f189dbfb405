import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { ClockKind, ClockOutcome } from './complaint-kind.js';
import type { LockedComplaint } from './complaint-facts.store.js';
import type { ComplaintStory, Cycle } from './complaint-story.js';
import { clockDueMs, clockOutcome, overshootMs, pausedMs, type Clock } from './sla-clock.js';

/** A clock with the row that it was written to. */
export interface ClockRow {
  readonly id: string;
  readonly clock: Clock;
}

const seconds = (ms: number): number => Math.round(ms / 1_000);
const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

const CYCLES = `
  INSERT INTO complaint_cycles (complaint_id, cycle_no, started_at, ended_at, is_withdrawn, resolution_code, outcome)
  SELECT $1, r.* FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[], $5::boolean[], $6::text[], $7::text[]) AS r
  ON CONFLICT (complaint_id, cycle_no) DO UPDATE SET ended_at = EXCLUDED.ended_at, is_withdrawn = EXCLUDED.is_withdrawn,
    resolution_code = EXCLUDED.resolution_code, outcome = EXCLUDED.outcome`;

const PAUSES = `
  WITH kept AS (
    INSERT INTO sla_pauses (complaint_id, cycle_no, pause_no, reason, from_at, to_at, is_open)
    SELECT $1, r.* FROM unnest($2::int[], $3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::boolean[]) AS r
    ON CONFLICT (complaint_id, cycle_no, pause_no) DO UPDATE SET reason = EXCLUDED.reason, from_at = EXCLUDED.from_at,
      to_at = EXCLUDED.to_at, is_open = EXCLUDED.is_open
    RETURNING id
  )
  DELETE FROM sla_pauses WHERE complaint_id = $1 AND NOT EXISTS (
    SELECT 1 FROM unnest($2::int[], $3::int[]) AS k(cycle_no, pause_no) WHERE k.cycle_no = sla_pauses.cycle_no AND k.pause_no = sla_pauses.pause_no)`;

const CLOCKS = `
  INSERT INTO sla_clocks (complaint_id, cycle_no, kind, seq, started_at, target_seconds, is_hard, due_at, stopped_at,
    paused_seconds, outcome)
  SELECT $1, r.* FROM unnest($2::int[], $3::text[], $4::int[], $5::timestamptz[], $6::int[], $7::boolean[], $8::timestamptz[],
    $9::timestamptz[], $10::int[], $11::text[]) AS r
  ON CONFLICT (complaint_id, cycle_no, kind, seq) DO UPDATE SET started_at = EXCLUDED.started_at,
    target_seconds = EXCLUDED.target_seconds, is_hard = EXCLUDED.is_hard, due_at = EXCLUDED.due_at,
    stopped_at = EXCLUDED.stopped_at, paused_seconds = EXCLUDED.paused_seconds, outcome = EXCLUDED.outcome
  RETURNING id, cycle_no, kind, seq, outcome`;

/** What was heard of later may show that a clock never ran. */
const VOID = `
  UPDATE sla_clocks SET outcome = 'void', stopped_at = coalesce(stopped_at, started_at)
  WHERE complaint_id = $1 AND id <> ALL($2::bigint[]) AND outcome <> 'void'`;

const BREACHES = `
  INSERT INTO sla_breaches (clock_id, complaint_id, kind, breached_at, detected_at, overshoot_seconds)
  SELECT r.clock_id, $1, r.kind, r.breached_at, $2, r.overshoot
  FROM unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::int[]) AS r(clock_id, kind, breached_at, overshoot)
  ON CONFLICT (clock_id) DO UPDATE SET breached_at = EXCLUDED.breached_at, overshoot_seconds = EXCLUDED.overshoot_seconds,
    annulled_at = NULL`;

const ANNUL = `
  UPDATE sla_breaches SET annulled_at = $2 WHERE complaint_id = $1 AND clock_id <> ALL($3::bigint[]) AND annulled_at IS NULL`;

/** Writes cycles, pauses and clocks of a story, and a breach for each promise that is broken. */
export async function writeClocks(
  client: PoolClient,
  given: {
    readonly complaint: Pick<LockedComplaint, 'id'>;
    readonly story: ComplaintStory;
    readonly nowMs: number;
  },
): Promise<ClockRow[]> {
  const { complaint, story, nowMs } = given;
  const [, , held] = await settled([
    writeCycles(client, complaint.id, given),
    writePauses(client, complaint.id, story),
    upsertClocks(client, complaint.id, given),
  ]);
  const rows = rowsOf(story, held);
  await settled([
    client.query(VOID, [complaint.id, rows.map(({ id }) => id)]),
    writeBreaches(client, complaint.id, { rows, nowMs }),
  ]);
  return rows;
}

/** The row of a clock as the database has it. */
export interface HeldClock {
  readonly id: string;
  readonly cycle_no: number;
  readonly kind: ClockKind;
  readonly seq: number;
  readonly outcome: ClockOutcome;
}

const READ = `
  SELECT id, cycle_no, kind, seq, outcome FROM sla_clocks WHERE complaint_id = $1 AND outcome <> 'void'`;

export async function readClocks(client: PoolClient, complaintId: string): Promise<HeldClock[]> {
  return (await client.query<HeldClock>(READ, [complaintId])).rows;
}

const keyOf = (cycleNo: number, kind: string, seq: number): string => `${cycleNo} ${kind} ${seq}`;

/** The clocks of a story with the rows that hold them. */
export function rowsOf(story: ComplaintStory, held: readonly HeldClock[]): ClockRow[] {
  const ids = new Map(held.map((row) => [keyOf(row.cycle_no, row.kind, row.seq), row.id] as const));
  return story.clocks.map((clock) => ({
    id: ids.get(keyOf(clock.cycleNo, clock.kind, clock.seq)) ?? '0',
    clock,
  }));
}

/** Whether time alone has changed what a clock came to. */
export function hasTurned(
  story: ComplaintStory,
  held: readonly HeldClock[],
  nowMs: number,
): boolean {
  const outcomes = new Map(
    held.map((row) => [keyOf(row.cycle_no, row.kind, row.seq), row.outcome] as const),
  );
  return story.clocks.some(
    (clock) =>
      outcomes.get(keyOf(clock.cycleNo, clock.kind, clock.seq)) !== clockOutcome(clock, nowMs),
  );
}

async function upsertClocks(
  client: PoolClient,
  complaintId: string,
  { story, nowMs }: { readonly story: ComplaintStory; readonly nowMs: number },
): Promise<HeldClock[]> {
  const { clocks } = story;
  const written = await client.query<HeldClock>(CLOCKS, [
    complaintId,
    clocks.map(({ cycleNo }) => cycleNo),
    clocks.map(({ kind }) => kind),
    clocks.map(({ seq }) => seq),
    clocks.map(({ startMs }) => new Date(startMs)),
    clocks.map(({ targetMs }) => seconds(targetMs)),
    clocks.map(({ isHard }) => isHard),
    clocks.map((clock) => new Date(clockDueMs(clock))),
    clocks.map(({ stopMs }) => date(stopMs)),
    clocks.map((clock) => seconds(pausedMs(clock, nowMs))),
    clocks.map((clock) => clockOutcome(clock, nowMs)),
  ]);
  return written.rows;
}

async function writeBreaches(
  client: PoolClient,
  complaintId: string,
  { rows, nowMs }: { readonly rows: readonly ClockRow[]; readonly nowMs: number },
): Promise<void> {
  const broken = rows.filter(({ clock }) => clockOutcome(clock, nowMs) === 'breached');
  const now = new Date(nowMs);
  if (broken.length > 0)
    await client.query(BREACHES, [
      complaintId,
      now,
      broken.map(({ id }) => id),
      broken.map(({ clock }) => clock.kind),
      broken.map(({ clock }) => new Date(clockDueMs(clock))),
      broken.map(({ clock }) => {
        const lateMs = overshootMs(clock);
        return lateMs === null ? null : Math.ceil(lateMs / 1_000);
      }),
    ]);
  await client.query(ANNUL, [complaintId, now, broken.map(({ id }) => id)]);
}

async function writeCycles(
  client: PoolClient,
  complaintId: string,
  { story, nowMs }: { readonly story: ComplaintStory; readonly nowMs: number },
): Promise<void> {
  const { cycles } = story;
  await client.query(CYCLES, [
    complaintId,
    cycles.map(({ cycleNo }) => cycleNo),
    cycles.map(({ startMs }) => new Date(startMs)),
    cycles.map(({ endMs }) => date(endMs)),
    cycles.map(({ isWithdrawn }) => isWithdrawn),
    cycles.map(({ resolutionCode }) => resolutionCode),
    cycles.map((cycle) => cycleOutcome(cycle, story.clocks, nowMs)),
  ]);
}

/** Met where both promises to the complainant were kept. */
function cycleOutcome(cycle: Cycle, clocks: readonly Clock[], nowMs: number): ClockOutcome {
  const outcomes = clocks
    .filter(
      ({ cycleNo, kind }) => cycleNo === cycle.cycleNo && (kind === 'ack' || kind === 'resolve'),
    )
    .map((clock) => clockOutcome(clock, nowMs));
  if (outcomes.includes('breached')) return 'breached';
  return cycle.endMs === null ? 'running' : 'met';
}

async function writePauses(
  client: PoolClient,
  complaintId: string,
  { clocks }: ComplaintStory,
): Promise<void> {
  const pauses = clocks
    .filter(({ kind }) => kind === 'resolve')
    .flatMap((clock) => clock.pauses.map((pause) => ({ ...pause, cycleNo: clock.cycleNo })));
  await client.query(PAUSES, [
    complaintId,
    pauses.map(({ cycleNo }) => cycleNo),
    pauses.map(({ no }) => no),
    pauses.map(({ reason }) => reason),
    pauses.map(({ fromMs }) => new Date(fromMs)),
    pauses.map(({ toMs }) => new Date(toMs)),
    pauses.map(({ isOpen }) => isOpen),
  ]);
}
