import type pg from 'pg';
import { MINUTE_MS } from '#domain';
import { openSqlPool } from '#domain/database';
import {
  advanceComplaint,
  openComplaint,
  staffWrites,
  type OpenComplaint,
  type OpenedComplaint,
} from '#domain/stores';
import { createTestDatabase, type TestDatabase } from './postgres.js';

export const STAFF = 'service@panel.example.test';
export const T0 = Date.UTC(2026, 10, 25, 2, 0, 0);
export const minutes = (count: number): number => T0 + count * MINUTE_MS;
/** What a test adds to a change in its transaction. */
export const nothing = (): Promise<void> => Promise.resolve();

type Row = Record<string, unknown>;

/** Complaints over the real scripts, at times that a test chooses. */
export class ComplaintWorld {
  private constructor(
    private readonly database: TestDatabase,
    readonly pool: pg.Pool,
  ) {}

  static async open(): Promise<ComplaintWorld> {
    const database = await createTestDatabase();
    return new ComplaintWorld(database, openSqlPool(database.url, 6, 'test'));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }

  complain(given: Partial<OpenComplaint> = {}): Promise<OpenedComplaint> {
    return openComplaint(this.pool, {
      source: 'staff',
      platformId: null,
      category: 'service',
      subject: {},
      text: '充值没有到账，等了很久',
      receivedMs: T0,
      nowMs: T0,
      ...given,
    });
  }

  answer(complaintId: string, nowMs: number): Promise<void> {
    const type = 'staff-message';
    const command = { complaintId, type, text: '正在核实', staffEmail: STAFF, nowMs } as const;
    return staffWrites(this.pool, command, nothing);
  }

  async rows(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  async complaint(id: string): Promise<Row> {
    return (await this.rows('SELECT * FROM complaints WHERE id = $1', [id]))[0] ?? {};
  }

  breaches(id: string): Promise<Row[]> {
    return this.rows(
      `SELECT kind, breached_at, detected_at, overshoot_seconds, annulled_at FROM sla_breaches
       WHERE complaint_id = $1 ORDER BY id`,
      [id],
    );
  }

  /** Clock, per cent, why, and after how many minutes. */
  async steps(id: string): Promise<unknown[][]> {
    const found = await this.rows(
      'SELECT kind, percent, cause, fired_at FROM sla_escalations WHERE complaint_id = $1 ORDER BY id',
      [id],
    );
    return found.map(({ kind, percent, cause, fired_at: at }) => [
      kind,
      percent,
      cause,
      ((at as Date).getTime() - T0) / MINUTE_MS,
    ]);
  }

  /** Looks whenever something is due, as the worker does, until this time. */
  async live(complaintId: string, untilMs: number): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      const { next_at: nextAt } = await this.complaint(complaintId);
      const nextMs = (nextAt as Date | null)?.getTime() ?? Infinity;
      if (nextMs > untilMs) return;
      await advanceComplaint(this.pool, { complaintId, nowMs: nextMs });
    }
    throw new Error('the clocks of a complaint never rest');
  }
}
