import type { PoolClient } from 'pg';
import { isComplaintEnded } from './complaint-kind.js';
import { tellComplaint, type ComplaintStory, type StoryEvent } from './complaint-story.js';
import { addEvent, readStoryEvents, type LockedComplaint } from './complaint-facts.store.js';
import { closeSteps, dueSteps, readTakenSteps, takeSteps } from './escalate.store.js';
import { settled } from '../database/sql.js';
import { clockDueMs, clockOutcome, type Clock } from './sla-clock.js';
import { hasTurned, readClocks, rowsOf, writeClocks, type ClockRow } from './write-clocks.store.js';

const at = (ms: number | null | undefined): Date | null =>
  ms === null || ms === undefined ? null : new Date(ms);

const WRITE = `
  UPDATE complaints SET status = $2, severity = $3, assignee = $4, assigned_at = $5, cycle_no = $6, due_at = $7, due_kind = $8,
    acked_at = $9, ended_at = $10, resolution_code = $11, is_breached = $12, next_at = $13, version = version + $14
  WHERE id = $1 RETURNING version`;

/** What came of telling a complaint anew. */
export interface Retold {
  readonly story: ComplaintStory;
  /** When there is something to do next; null where nothing is due any more. */
  readonly nextAtMs: number | null;
  readonly version: number;
}

/**
 * Tells the complaint from its events and writes what follows: cycles, pauses, clocks, breaches, steps of the ladder and
 * its own row. May run at any time and any number of times; only the events and the clock on the wall decide. Where only
 * time has passed, only what time changes is written.
 */
export async function retellComplaint(
  client: PoolClient,
  complaint: LockedComplaint,
  given: { readonly nowMs: number; readonly news: 'none' | 'internal' | 'public' },
): Promise<Retold> {
  const { nowMs, news } = given;
  const [events, held, taken] = await settled([
    readStoryEvents(client, complaint.id),
    readClocks(client, complaint.id),
    readTakenSteps(client, complaint.id),
  ]);
  const { story, isSilent } = await storyOf(client, complaint, { events, nowMs });
  const isNew = news !== 'none' || isSilent || hasTurned(story, held, nowMs);
  const clocks = isNew
    ? await writeClocks(client, { complaint, story, nowMs })
    : rowsOf(story, held);
  const climb = { complaint, story, clocks, taken, nowMs };
  const { fired, nextMs } = dueSteps(climb);
  const wakes = clocks.map((row) => wakeOf(row, nowMs));
  const nextAtMs = earliest([nextMs, story.silenceAtMs, ...wakes]);
  const isPublic = news === 'public' || isSilent;
  const [version] = await settled([
    writeRow(client, complaint, { story, nextAtMs, nowMs, isPublic }),
    takeSteps(client, climb, fired),
    isNew ? closeSteps(client, climb) : Promise.resolve(),
  ]);
  await tellOthers(client, complaint, { story, version, nowMs, isPublic });
  return { story, nextAtMs, version };
}

/** The order's timeline, and the platform. */
async function tellOthers(
  client: PoolClient,
  complaint: LockedComplaint,
  given: {
    readonly story: ComplaintStory;
    readonly version: number;
    readonly nowMs: number;
    readonly isPublic: boolean;
  },
): Promise<void> {
  const { story, version, nowMs } = given;
  const hasEnded = isComplaintEnded(story.status) && !isComplaintEnded(complaint.status);
  if (hasEnded && complaint.orderId !== null)
    await noteOnOrder(client, complaint, { type: 'complaint-ended', nowMs, status: story.status });
  if (given.isPublic) await oweCallback(client, complaint, { version, nowMs });
}

/** Silence is noted at the instant at which it counts, whenever somebody looks. */
async function storyOf(
  client: PoolClient,
  complaint: LockedComplaint,
  { events, nowMs }: { readonly events: readonly StoryEvent[]; readonly nowMs: number },
): Promise<{ readonly story: ComplaintStory; readonly isSilent: boolean }> {
  const rules = { policy: complaint.policy, isVip: complaint.isVip };
  const story = tellComplaint(events, rules);
  if (story.silenceAtMs === null || story.silenceAtMs > nowMs) return { story, isSilent: false };
  const silence = { type: 'silence', atMs: story.silenceAtMs } as const;
  await addEvent(client, complaint.id, { ...silence, author: 'system', nowMs });
  return { story: tellComplaint([...events, silence], rules), isSilent: true };
}

/** A millisecond after it was due a promise is broken. */
function wakeOf({ clock }: ClockRow, nowMs: number): number | null {
  return clockOutcome(clock, nowMs) === 'running' ? clockDueMs(clock) + 1 : null;
}

function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((ms): ms is number => ms !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function writeRow(
  client: PoolClient,
  complaint: LockedComplaint,
  given: {
    readonly story: ComplaintStory;
    readonly nextAtMs: number | null;
    readonly nowMs: number;
    readonly isPublic: boolean;
  },
): Promise<number> {
  const { story } = given;
  const { rows } = await client.query<{ version: number }>({
    name: 'write-complaint',
    text: WRITE,
    values: [
      complaint.id,
      story.status,
      story.severity,
      story.assignee,
      at(story.assignedAtMs),
      ...cycleValues(story, given.nowMs),
      at(given.nextAtMs),
      given.isPublic ? 1 : 0,
    ],
  });
  return rows[0]?.version ?? complaint.version;
}

/** What the row tells of the cycle that runs, or ran last. */
function cycleValues(story: ComplaintStory, nowMs: number): unknown[] {
  const cycle = story.cycles.at(-1);
  const current = story.clocks.filter(({ cycleNo }) => cycleNo === cycle?.cycleNo);
  const due = current.find((clock) => isPromise(clock) && clock.stopMs === null);
  const ack = current.find(({ kind }) => kind === 'ack');
  const isAnswered = ack?.stopMs !== cycle?.endMs;
  const isBroken = story.clocks.some(
    (clock) => isPromise(clock) && clockOutcome(clock, nowMs) === 'breached',
  );
  return [
    cycle?.cycleNo ?? 1,
    ...(due ? [at(clockDueMs(due)), due.kind] : [null, null]),
    isAnswered ? at(ack?.stopMs) : null,
    at(cycle?.endMs),
    cycle?.resolutionCode ?? null,
    isBroken,
  ];
}

/** What is promised to the complainant: an answer first, then a solution. */
const isPromise = ({ kind }: Clock): boolean => kind === 'ack' || kind === 'resolve';

const ORDER_NOTE = `
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  VALUES ($1, $2, 'system', 'complaint', $3::jsonb, $4)`;

/** The order's own timeline tells of it. */
export async function noteOnOrder(
  client: PoolClient,
  { orderId, complaintNo }: Pick<LockedComplaint, 'orderId' | 'complaintNo'>,
  given: {
    readonly type: 'complained' | 'complaint-ended';
    readonly nowMs: number;
    readonly status?: string;
  },
): Promise<void> {
  const { type, nowMs, ...detail } = given;
  await client.query(ORDER_NOTE, [
    orderId,
    type,
    JSON.stringify({ complaintNo, ...detail }),
    new Date(nowMs),
  ]);
}

const OWE = `
  WITH owed AS (
    INSERT INTO callback_deliveries (complaint_id, order_version, webhook_id, url, next_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-callback', id::text, $5 FROM owed`;

/** The platform is told of what its buyer may see. */
async function oweCallback(
  client: PoolClient,
  complaint: LockedComplaint,
  { version, nowMs }: { readonly version: number; readonly nowMs: number },
): Promise<void> {
  const { id, complaintNo, callbackUrl } = complaint;
  if (callbackUrl === null) return;
  const webhookId = `msg_${complaintNo}_${version}`;
  await client.query(OWE, [id, version, webhookId, callbackUrl, new Date(nowMs)]);
}
