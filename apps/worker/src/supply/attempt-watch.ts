import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { SENDER_WATCHES_MS } from '#domain';

const LOOK_EVERY_MS = 15;

const NOT_WAITING = `SELECT id FROM attempts WHERE id = ANY($1::bigint[]) AND status <> 'accepted'`;

interface Watched {
  readonly untilMs: number;
  readonly tell: (isSettled: boolean) => void;
}

/** Looks for all attempts that were just accepted together, whether they are settled by now. */
export class AttemptWatch {
  private readonly watched = new Map<string, Watched>();
  private isLooking = false;

  constructor(private readonly pool: Pool) {}

  /** True as soon as the attempt is accepted no more; false after a moment. */
  untilSettled(attemptId: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.watched.set(attemptId, { untilMs: Date.now() + SENDER_WATCHES_MS, tell: resolve });
      if (!this.isLooking) void this.look();
    });
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    while (this.watched.size > 0) {
      await pause(LOOK_EVERY_MS);
      const found = await this.pool
        .query<{ id: string }>(NOT_WAITING, [[...this.watched.keys()]])
        .catch(() => ({ rows: [] }));
      for (const { id } of found.rows) this.end(id, true);
      const nowMs = Date.now();
      for (const [id, { untilMs }] of this.watched) if (untilMs <= nowMs) this.end(id, false);
    }
    this.isLooking = false;
  }

  private end(attemptId: string, isSettled: boolean): void {
    this.watched.get(attemptId)?.tell(isSettled);
    this.watched.delete(attemptId);
  }
}
