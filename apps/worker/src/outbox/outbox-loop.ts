import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { DomainError, type OutboxKind } from '#domain';
import { isDatabaseAway } from '#domain/database';
import type { WorkerMetrics } from '../health/metrics.js';
import { eachLimited, pause } from '../pause.js';
import type { OutboxWakes } from './outbox-wakes.js';
import {
  deleteRows,
  leaseRows,
  planRows,
  putOffRows,
  releaseRows,
  type OutboxRow,
  type PlannedRow,
} from './outbox-rows.js';

/** What a task returns that is not done yet and has not failed: it comes again after this time. */
export interface ComeAgain {
  readonly afterMs: number;
}
export type TaskEnd = void | ComeAgain;

/** Rows that are one piece of work: all that is known about one subject. */
export interface OutboxTask {
  readonly rows: readonly OutboxRow[];
  readonly run: () => Promise<TaskEnd>;
}

/** Some kinds of rows with the way they are handled. */
export interface OutboxLane {
  readonly name: string;
  readonly kinds: readonly OutboxKind[];
  readonly inFlightMax: number;
  /** False while the other side is away: then nothing is taken. */
  isOpen(): boolean;
  /** False while the other side has enough to do: then nothing new is taken, what was taken goes on. */
  readonly mayTake?: boolean;
  /** Turns rows into tasks; reads what they need in one go. */
  plan(rows: readonly OutboxRow[]): Promise<OutboxTask[]>;
}

const BATCH_SIZE = 50;
const IDLE_MS = 100;
const CLOSED_MS = 500;
const BROKEN_MS = 1_000;

type End = 'done' | 'failed' | 'away';

/** Takes due rows of one lane, for as long as the program runs. Lanes do not wait for each other. */
export class OutboxLoop {
  private readonly logger: Logger;

  constructor(
    private readonly pool: Pool,
    private readonly lane: OutboxLane,
    private readonly metrics: WorkerMetrics,
    private readonly wakes: OutboxWakes,
  ) {
    this.logger = new Logger(`Outbox ${lane.name}`);
  }

  async run(stop: AbortSignal): Promise<void> {
    const ear = this.wakes.ear(this.lane.kinds);
    while (!stop.aborted) {
      const restMs = await this.round();
      // Only who has had nothing to do is woken: whoever is closed or broken rests.
      if (restMs === IDLE_MS) await ear.rest(restMs, stop);
      else await pause(restMs, stop);
    }
  }

  /** One batch; tells how long to rest after it. Rows of a round that breaks come back when their lease is over. */
  private async round(): Promise<number> {
    if (!this.lane.isOpen()) return CLOSED_MS;
    if (this.lane.mayTake === false) return IDLE_MS;
    try {
      const rows = await leaseRows(this.pool, this.lane.kinds, BATCH_SIZE);
      if (rows.length === 0) return IDLE_MS;
      await this.handle(rows);
      return rows.length >= BATCH_SIZE ? 0 : IDLE_MS;
    } catch (error) {
      if (!isDatabaseAway(error)) this.logger.error('a round broke', error);
      return BROKEN_MS;
    }
  }

  private async handle(rows: readonly OutboxRow[]): Promise<void> {
    const ended: Record<End, OutboxRow[]> = { done: [], failed: [], away: [] };
    const planned: PlannedRow[] = [];
    const tasks = await this.lane.plan(rows);
    await eachLimited(tasks, this.lane.inFlightMax, async (task) => {
      const end = await this.runTask(task);
      if (typeof end === 'string') ended[end].push(...task.rows);
      else planned.push(...task.rows.map(({ id }) => ({ id, afterMs: end.afterMs })));
    });
    const ids = (end: End): string[] => ended[end].map((row) => row.id);
    await deleteRows(this.pool, ids('done'));
    await putOffRows(this.pool, ids('failed'));
    await releaseRows(this.pool, ids('away'));
    await planRows(this.pool, planned);
    for (const row of ended.done) this.metrics.relayed.inc({ kind: row.kind });
    for (const row of ended.failed) this.metrics.relayFailures.inc({ kind: row.kind });
  }

  private async runTask(task: OutboxTask): Promise<End | ComeAgain> {
    // The other side may go away in the middle of a batch: the rest of it is not tried one by one.
    if (!this.lane.isOpen()) return 'away';
    try {
      return (await task.run()) ?? 'done';
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service.unavailable') return 'away';
      if (!isDatabaseAway(error)) {
        const about = task.rows.map((row) => `${row.kind} ${row.subject}`).join(', ');
        this.logger.error(`${about} failed`, error);
      }
      return 'failed';
    }
  }
}
