import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { complaintRatePercent, DAY_MS, isRateHigh, MINUTE_MS } from '#domain';
import type { ComplaintFigures } from '../components/figures-views.js';
import { readDelivered, readFigures } from './complaint-report.queries.js';

const RATE_DAYS = 30;
const RATE_LASTS_MS = 10 * MINUTE_MS;
const OPEN = `
  SELECT count(*)::int AS open, count(*) FILTER (WHERE due_at < $1)::int AS overdue, count(*) FILTER (WHERE assignee IS NULL)::int AS unassigned
  FROM complaints WHERE status NOT IN ('solved', 'withdrawn')`;

interface Rate {
  readonly rate: string | null;
  readonly isHigh: boolean;
}

/** Open complaints for the first page. Their rate looks over a month of orders, so it is read anew every ten minutes only. */
@Injectable()
export class ComplaintTile {
  private known: { readonly atMs: number; readonly rate: Promise<Rate> } | undefined;

  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  async read(nowMs: number): Promise<ComplaintFigures> {
    const [{ rows }, rate] = await Promise.all([
      this.pool.query<{ open: number; overdue: number; unassigned: number }>(OPEN, [
        new Date(nowMs),
      ]),
      this.rate(nowMs),
    ]);
    return { ...(rows[0] ?? { open: 0, overdue: 0, unassigned: 0 }), ...rate };
  }

  private rate(nowMs: number): Promise<Rate> {
    const isFresh = this.known !== undefined && nowMs - this.known.atMs < RATE_LASTS_MS;
    if (this.known && isFresh) return this.known.rate;
    const rate = this.count(nowMs);
    this.known = { atMs: nowMs, rate };
    rate.catch(() => (this.known = undefined));
    return rate;
  }

  private async count(nowMs: number): Promise<Rate> {
    const span = { from: new Date(nowMs - RATE_DAYS * DAY_MS), to: new Date(nowMs) };
    const [{ received }, delivered] = await Promise.all([
      readFigures(this.pool, span),
      readDelivered(this.pool, span),
    ]);
    const isHigh = isRateHigh(received, delivered);
    return { rate: complaintRatePercent(received, delivered), isHigh };
  }
}
