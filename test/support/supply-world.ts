import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import type { Decision, SuppliedCard } from '#domain';
import {
  advanceOrder,
  beginSnapshot,
  decideAttempt,
  runChecks,
  type OrderAdvance,
  type SupplyCall,
  type SupplyParts,
} from '#domain/stores';
import type { WireRequest } from '#domain/protocol';
import { NotificationLane } from '../../apps/worker/src/outbox/notification-lane.js';
import { deleteRows, leaseRows } from '../../apps/worker/src/outbox/outbox-rows.js';
import { NotificationHandler } from '../../apps/worker/src/supply/notification-handler.js';
import { OrderActivityProvider } from '../../apps/worker/src/order/order.activity-provider.js';
import {
  SupplierHttp,
  type SupplierAddress,
  type TimedExchange,
} from '../../apps/worker/src/supply/supplier-http.js';
import { SupplyActivityProvider } from '../../apps/worker/src/supply/supply.activity-provider.js';
import { Simulator } from '../../tools/simulator/simulator.js';
import { createTestDatabase, withClient, type TestDatabase } from './postgres.js';
import { aSource, testMasterKeys } from './simulated-source.js';
import { anOrderWithRows, aTrade, testVault } from './sold-order.js';

/** Where a worker may die: between two effects that outlive it. */
export const BOUNDARIES = [
  'planned, not claimed',
  'claimed, not sent',
  'sent, reply not written',
  'written, run not told',
] as const;
export type Boundary = (typeof BOUNDARIES)[number];

/** The worker is gone: nobody hears how its call ended. */
export class WorkerDied extends Error {}

const CLOCK_SPEED = 1_000;
const ROUNDS_MAX = 200;

/** A connection that dies on command: before the request leaves, or after the reply has come. */
class MortalHttp extends SupplierHttp {
  dies: 'never' | 'before' | 'after' = 'never';

  override async call(request: WireRequest, target: SupplierAddress): Promise<TimedExchange> {
    if (this.dies === 'before') throw new WorkerDied();
    const exchange = await super.call(request, target);
    if (this.dies === 'after') throw new WorkerDied();
    return exchange;
  }
}

/**
 * Orders that suppliers fill, driven as their run drives them, over the real scripts, the real calls and the simulator;
 * only Temporal is left out, so that a worker can die between any two effects.
 */
export class SupplyWorld {
  private constructor(
    readonly database: TestDatabase,
    readonly pool: pg.Pool,
    readonly simulator: Simulator,
    readonly supply: SupplyParts,
    private readonly notifyBaseUrl: string | undefined,
  ) {}

  /** On a database of its own, or beside an api that suppliers can reach. */
  static async open(api?: {
    readonly url: string;
    readonly databaseUrl: string;
  }): Promise<SupplyWorld> {
    const database = api
      ? { url: api.databaseUrl, drop: () => Promise.resolve() }
      : await createTestDatabase();
    const pool = openSqlPool(database.url, 8, 'test');
    const simulator = await Simulator.start({ port: 0 });
    const supply = { pool, vault: testVault(), clockSpeed: CLOCK_SPEED };
    return new SupplyWorld(database, pool, simulator, supply, api?.url);
  }

  async close(): Promise<void> {
    await this.simulator.stop();
    await this.pool.end();
    await this.database.drop();
  }

  /** An order over so many pieces, with sources that do as their scripts say, the first one preferred. */
  async anOrder(
    quantity: number,
    scripts: readonly (readonly string[])[],
  ): Promise<{ readonly orderId: string; readonly sources: readonly string[] }> {
    const { orderId, productId } = await withClient(this.database.url, async (client) => {
      const trade = await aTrade(client, { cards: 0 });
      return anOrderWithRows(client, trade, { quantity, status: 'processing' });
    });
    return { orderId, sources: await this.addSources(productId, scripts) };
  }

  /** Sources of a product that do as their scripts say, the first one preferred. */
  async addSources(
    productId: string,
    scripts: readonly (readonly string[])[],
  ): Promise<readonly string[]> {
    const sources: string[] = [];
    for (const [index, script] of scripts.entries()) {
      const { bench, supplierId, code } = await aSource(this);
      if (script.length > 0) await bench.script(...script);
      await this.pool.query(
        `INSERT INTO ledger_accounts (code, kind, supplier_id) VALUES ('supplier-balance:' || $2::text, 'supplier-balance', $1)`,
        [supplierId, code],
      );
      await this.pool.query(
        `INSERT INTO supply_routes (product_id, supplier_id, supplier_product_id, cost_hao, priority) VALUES ($1, $2, '555', 98500, $3)`,
        [productId, supplierId, index + 1],
      );
      sources.push(code);
    }
    return sources;
  }

  /**
   * Drives the order to its end. The first `deaths` calls die at the boundary; each call of a run may be carried out
   * `copies` times at once, as a server does that has lost sight of a worker.
   */
  async drive(
    orderId: string,
    { boundary, deaths, copies = 1 }: { boundary?: Boundary; deaths: number; copies?: number },
  ): Promise<string> {
    let deathsLeft = deaths;
    let nowMs = Date.now();
    const orders = new OrderActivityProvider(this.pool, this.supply);
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      nowMs = Math.max(nowMs, Date.now());
      const step = await this.advance(orders, orderId, nowMs);
      if (step.status !== 'processing') return step.status;
      for (const call of step.calls) {
        const dies = deathsLeft > 0 ? boundary : undefined;
        if (dies !== undefined) deathsLeft -= 1;
        await this.carryOutTimes(call, copies, dies);
      }
      if (step.calls.length === 0) nowMs = Math.max(nowMs, step.wakeAtMs ?? nowMs) + 1;
    }
    throw new Error('the order does not end');
  }

  /** Chooses sources and writes the attempts; the calls are left to whoever drives on. */
  plan(orderId: string): Promise<OrderAdvance> {
    return advanceOrder(this.supply, { orderId, nowMs: Date.now() });
  }

  /** Takes one step of the order and carries out its calls; returns the newest attempt's id. */
  async step(orderId: string): Promise<string> {
    const orders = new OrderActivityProvider(this.pool, this.supply);
    const { calls } = await this.advance(orders, orderId, Date.now());
    for (const call of calls) await this.carryOut(call, undefined);
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM attempts WHERE order_id = $1 ORDER BY id DESC LIMIT 1',
      [orderId],
    );
    return rows[0]?.id ?? '';
  }

  /** Asks the attempt's supplier, as a sweep or a notification would. */
  ask(attemptId: string): Promise<unknown> {
    return this.provider(new SupplierHttp()).askAbout(attemptId);
  }

  /** Understands all that suppliers have told so far, as the worker's lane does. */
  async handleNotifications(): Promise<void> {
    const handler = new NotificationHandler(this.pool, this.supply, testMasterKeys, (attemptId) =>
      this.ask(attemptId),
    );
    const rows = await leaseRows(this.pool, ['supplier-notified'], 50);
    const tasks = await new NotificationLane(handler).plan(rows);
    for (const task of tasks) await task.run();
    await deleteRows(
      this.pool,
      rows.map(({ id }) => id),
    );
  }

  /** A person's word on an attempt. */
  decide(
    attemptId: string,
    decision: Decision,
    given: { readonly cards?: readonly SuppliedCard[]; readonly supplierCode?: string } = {},
  ): Promise<unknown> {
    const told = { attemptId, decision, actorName: 'staff@example.test', nowMs: Date.now() };
    return decideAttempt(this.supply, { ...told, ...given }, () => Promise.resolve());
  }

  private provider(http: SupplierHttp): SupplyActivityProvider {
    return new SupplyActivityProvider({
      pool: this.pool,
      supply: this.supply,
      masterKeys: testMasterKeys,
      http,
      notifyBaseUrl: this.notifyBaseUrl,
    });
  }

  private async advance(
    orders: OrderActivityProvider,
    orderId: string,
    nowMs: number,
  ): Promise<OrderAdvance> {
    const step = await advanceOrder(this.supply, { orderId, nowMs });
    return step.end === null ? step : { ...step, ...(await orders.advanceOrder({ orderId })) };
  }

  /** A death is nobody's news; everything else that goes wrong is. */
  async carryOutTimes(
    call: SupplyCall,
    copies: number,
    boundary: Boundary | undefined,
  ): Promise<void> {
    const outcomes = await Promise.allSettled(
      Array.from({ length: copies }, () => this.carryOut(call, boundary)),
    );
    const broken = outcomes.find(
      (outcome) => outcome.status === 'rejected' && !(outcome.reason instanceof WorkerDied),
    );
    if (broken?.status === 'rejected') throw broken.reason;
  }

  private async carryOut(call: SupplyCall, boundary: Boundary | undefined): Promise<void> {
    if (boundary === 'planned, not claimed') throw new WorkerDied();
    const http = new MortalHttp();
    if (boundary === 'claimed, not sent') http.dies = 'before';
    if (boundary === 'sent, reply not written') http.dies = 'after';
    const provider = this.provider(http);
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    const { attemptId } = call;
    await environment.run(
      (ref: { attemptId: string }) =>
        call.kind === 'send' ? provider.sendAttempt(ref) : provider.queryAttempt(ref),
      { attemptId },
    );
    if (boundary === 'written, run not told') throw new WorkerDied();
  }

  /** What the sources really handed out for our attempts, by their own books. */
  handedOut(sources: readonly string[]): number {
    const orders = sources.flatMap((code) => [
      ...(this.simulator.suppliers.get(code)?.orders.values() ?? []),
    ]);
    return orders.reduce((sum, { deliveredUnits }) => sum + deliveredUnits, 0);
  }

  async cardsOf(orderId: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      'SELECT count(DISTINCT card_id)::int AS count FROM deliveries WHERE order_id = $1',
      [orderId],
    );
    return rows[0]?.count ?? -1;
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
