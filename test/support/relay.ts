import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { MasterKeys } from '#domain/stores';
import { CallbackWorkflows, OrderWorkflows } from '#workflows/client';
import { WorkerConfig } from '../../apps/worker/src/config.js';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { CallbackLane } from '../../apps/worker/src/outbox/callback-lane.js';
import { OrderLane } from '../../apps/worker/src/outbox/order-lane.js';
import { OutboxLoop, type OutboxLane } from '../../apps/worker/src/outbox/outbox-loop.js';
import { OutboxWakes } from '../../apps/worker/src/outbox/outbox-wakes.js';
import { StartGate } from '../../apps/worker/src/outbox/start-gate.js';
import { StockLane } from '../../apps/worker/src/outbox/stock-lane.js';
import { CallbackSender } from '../../apps/worker/src/platform/callback-sender.js';
import { TemporalLink } from '../../apps/worker/src/temporal/temporal-link.js';
import { TEST_FINGERPRINT_KEY, TEST_MASTER_KEYS, testVault } from './sold-order.js';

export interface RelayOptions {
  readonly temporal?: { readonly address: string; readonly namespace: string };
  /** What the relay believes, where that differs from what its connection has found. */
  readonly seemsUp?: boolean;
  readonly startWorkflows?: 'all' | 'waiting';
}

/** Nobody listens there. */
const NOWHERE = { address: '127.0.0.1:1', namespace: 'kagong' };

/** The relay of one worker process: its three lanes, with connections of its own. Without an address, Temporal is away. */
export class TestRelay {
  readonly metrics = new WorkerMetrics();
  readonly temporal: TemporalLink;
  private readonly pool: pg.Pool;
  private readonly stopping = new AbortController();
  private readonly running: Promise<unknown>[];

  constructor(databaseUrl: string, options: RelayOptions = {}) {
    this.pool = openSqlPool(databaseUrl, 8, 'relay-spec');
    const { address, namespace } = options.temporal ?? NOWHERE;
    const config = WorkerConfig.read({
      DATABASE_URL: databaseUrl,
      KAGONG_MASTER_KEYS: TEST_MASTER_KEYS,
      KAGONG_FINGERPRINT_KEY: TEST_FINGERPRINT_KEY,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    });
    this.temporal = new TemporalLink(config, this.metrics);
    const { signal } = this.stopping;
    const wakes = new OutboxWakes(databaseUrl);
    this.running = this.lanes(options).map((lane) =>
      new OutboxLoop(this.pool, lane, this.metrics, wakes).run(signal),
    );
    this.running.push(wakes.run(signal));
    if (options.temporal) this.running.push(this.temporal.connect(signal));
  }

  private lanes({ seemsUp, startWorkflows = 'all' }: RelayOptions): OutboxLane[] {
    const { pool, metrics, temporal } = this;
    const isTemporalUp = (): boolean => seemsUp ?? temporal.isUp;
    const masterKeys = MasterKeys.parse(TEST_MASTER_KEYS);
    const sender = new CallbackSender({ pool, vault: testVault(), masterKeys, metrics });
    const orders = new OrderWorkflows(temporal);
    const callbacks = new CallbackWorkflows(temporal);
    const gate = new StartGate(() => Promise.resolve(0));
    return [
      new StockLane(pool),
      new OrderLane({ pool, orders, metrics, startWorkflows, inFlightMax: 16, isTemporalUp, gate }),
      new CallbackLane({ pool, sender, callbacks, metrics, isTemporalUp }),
    ];
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
    await this.temporal.close();
    await this.pool.end();
  }
}

/** What still waits, as `kind subject`. */
export async function outboxRows(pool: pg.Pool): Promise<string[]> {
  const found = await pool.query<{ kind: string; subject: string }>(
    'SELECT kind, subject FROM outbox_messages ORDER BY id',
  );
  return found.rows.map((row) => `${row.kind} ${row.subject}`);
}

/** Writes a row as a transaction script does. */
export async function writeOutboxRow(pool: pg.Pool, kind: string, subject: string): Promise<void> {
  await pool.query(
    'INSERT INTO outbox_messages (kind, subject, not_before) VALUES ($1, $2, now())',
    [kind, subject],
  );
}

/** Waits until it is so; throws, naming it, where that takes too long. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = 15_000,
): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
