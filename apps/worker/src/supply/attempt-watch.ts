import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { SENDER_WATCHES_MS, type OrderStatus } from '#domain';
import type { CallEnd } from '#workflows';

const LOOK_EVERY_MS = 20;

const STANDING = `
  SELECT a.id, a.status, o.status AS order_status, o.version
  FROM attempts a LEFT JOIN orders o ON o.id = a.order_id`;

interface StandingRow {
  readonly id: string;
  readonly status: string;
  readonly order_status: OrderStatus | null;
  readonly version: number | null;
}

/** How an attempt and its order stand. */
export async function attemptStanding(pool: Pool, attemptId: string): Promise<CallEnd> {
  const found = await pool.query<StandingRow>(`${STANDING} WHERE a.id = $1`, [attemptId]);
  const row = found.rows[0];
  return row ? endOf(row) : { attemptStatus: 'missing' };
}

function endOf({ status, order_status: orderStatus, version }: StandingRow): CallEnd {
  if (orderStatus === null || version === null) return { attemptStatus: status };
  return { attemptStatus: status, order: { status: orderStatus, version } };
}

interface Watched {
  readonly untilMs: number;
  readonly tell: (end: CallEnd | undefined) => void;
}

/** Looks for all attempts that were just accepted together, whether they are settled by now. */
export class AttemptWatch {
  private readonly watched = new Map<string, Watched>();
  private isLooking = false;

  constructor(private readonly pool: Pool) {}

  /** How it stands as soon as it is accepted no more; undefined where that takes longer than a moment. */
  untilSettled(attemptId: string): Promise<CallEnd | undefined> {
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
        .query<StandingRow>(
          `${STANDING} WHERE a.id = ANY($1::bigint[]) AND a.status <> 'accepted'`,
          [[...this.watched.keys()]],
        )
        .catch(() => ({ rows: [] }));
      for (const row of found.rows) this.end(row.id, endOf(row));
      const nowMs = Date.now();
      for (const [id, { untilMs }] of this.watched) if (untilMs <= nowMs) this.end(id, undefined);
    }
    this.isLooking = false;
  }

  private end(attemptId: string, end: CallEnd | undefined): void {
    this.watched.get(attemptId)?.tell(end);
    this.watched.delete(attemptId);
  }
}
