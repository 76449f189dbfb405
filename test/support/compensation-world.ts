import type pg from 'pg';
import {
  askCompensation,
  beginSnapshot,
  fillWaitingOrders,
  runChecks,
  stepCompensation,
  type AskedCompensation,
} from '#domain/stores';
import { openSqlPool } from '#domain/database';
import type { CompensationCause, CompensationRemedy } from '#domain';
import { CompensationLane } from '../../apps/worker/src/outbox/compensation-lane.js';
import { deleteRows, leaseRows } from '../../apps/worker/src/outbox/outbox-rows.js';
import { createTestDatabase, withClient, type TestDatabase } from './postgres.js';
import { anOrderWithRows, aTrade, type SoldOrder, type Trade } from './sold-order.js';

export const SERVICE = 'service@panel.example.test';

/** Delivered orders that something is wrong with, over the real scripts and the worker's own lane. */
export class CompensationWorld {
  private constructor(
    private readonly database: TestDatabase,
    readonly pool: pg.Pool,
  ) {}

  static async open(): Promise<CompensationWorld> {
    const database = await createTestDatabase();
    return new CompensationWorld(database, openSqlPool(database.url, 10, 'test'));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }

  aTrade(cards: number): Promise<Trade> {
    return withClient(this.database.url, (client) => aTrade(client, { cards }));
  }

  anOrder(
    trade: Trade,
    quantity: number,
    status: 'succeeded' | 'processing' = 'succeeded',
  ): Promise<SoldOrder> {
    return withClient(this.database.url, (client) =>
      anOrderWithRows(client, trade, { quantity, status }),
    );
  }

  /** What customer service does: says what is wrong with which unit, and perhaps what is to be given. */
  ask(
    orderId: string,
    given: {
      readonly cause?: CompensationCause;
      readonly unitNos?: readonly number[];
      readonly remedy?: CompensationRemedy;
      readonly amountHao?: number;
      readonly staffEmail?: string;
    } = {},
  ): Promise<AskedCompensation[]> {
    return askCompensation(this.pool, {
      orderId,
      unitNos: given.unitNos ?? [1],
      cause: given.cause ?? 'bad-card',
      wanted: given.remedy && { remedy: given.remedy, amountHao: given.amountHao ?? null },
      remark: 'the buyer sent a picture',
      staffEmail: given.staffEmail ?? SERVICE,
      nowMs: Date.now(),
    });
  }

  step(compensationId: string, nowMs = Date.now()): Promise<unknown> {
    return stepCompensation(this.pool, { compensationId, nowMs });
  }

  /** What the worker's lanes do until nothing is due any more. */
  async work(productId: string): Promise<void> {
    await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
    const lane = new CompensationLane(this.pool);
    const rows = await leaseRows(this.pool, lane.kinds, 100);
    for (const task of await lane.plan(rows)) await task.run();
    await deleteRows(
      this.pool,
      rows.map(({ id }) => id),
    );
  }

  async one(text: string, values: unknown[] = []): Promise<Record<string, unknown>> {
    const { rows } = await this.pool.query<Record<string, unknown>>(text, values);
    return rows[0] ?? {};
  }

  async balanceOf({ platformId }: Trade): Promise<number> {
    const row = await this.one(
      `SELECT balance_hao::float8 AS hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
      [platformId],
    );
    return Number(row['hao']);
  }

  compensationOf(orderId: string, unitNo = 1): Promise<Record<string, unknown>> {
    return this.one('SELECT * FROM compensations WHERE order_id = $1 AND unit_no = $2', [
      orderId,
      unitNo,
    ]);
  }

  /** The checks of doctor that find something. */
  async doctorFinds(): Promise<string[]> {
    return withClient(this.database.url, async (client) => {
      await beginSnapshot(client);
      const results = await runChecks(client, { isTemporalAway: true });
      await client.query('ROLLBACK');
      return results.flatMap(({ name, examples }) => examples.map((one) => `${name}: ${one}`));
    });
  }
}
