import type pg from 'pg';
import { DAY_MS, HOUR_MS, type IncidentTerms } from '#domain';
import { inTransaction } from '#domain/database';
import {
  declareIncident,
  giveIncidentBatch,
  previewAffected,
  startIncidentCompensation,
} from '#domain/stores';
import type { CompensationWorld } from './compensation-world.js';
import type { Trade } from './sold-order.js';

/** An incident as a person would declare it. */
export const incidentWords = (componentId: string) =>
  ({
    title: { zh: '上游渠道发货中断', en: 'An upstream does not deliver' },
    body: { zh: '正在排查。', en: 'We are looking into it.' },
    status: 'investigating',
    severity: 'major',
    visibility: 'public',
    componentId,
    impact: 'degraded',
    occurredMs: Date.now() - 60_000,
    isSeparate: false,
    actor: 'service@panel.example.test',
    nowMs: Date.now(),
  }) as const;

/** Orders of 98.50 yuan that were delivered; only their own rows are made. */
export async function manyOrders(
  pool: pg.Pool | pg.Client,
  trade: Trade,
  count: number,
): Promise<void> {
  await pool.query(
    `INSERT INTO orders (id, order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity,
       delivered_quantity, unit_price_hao, amount_hao, status, created_at, updated_at)
     SELECT n.id, '20261122' || lpad(n.id::text, 8, '0'), $1, 'M' || n.id, '\\x00', $2, 'TEST', 1, 1, 985000, 985000, 'succeeded', now(), now()
     FROM (SELECT nextval('orders_id_seq') AS id FROM generate_series(1, $3::int)) AS n`,
    [trade.platformId, trade.productId, count],
  );
}

/** Incidents over the real scripts, and what their runs do. */
export class Incidents {
  private count = 0;

  constructor(private readonly world: CompensationWorld) {}

  within<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    return inTransaction(this.world.pool, work);
  }

  async declared(more: Partial<Parameters<typeof declareIncident>[1]> = {}) {
    this.count += 1;
    const row = await this.world.one(
      `INSERT INTO status_components (code, kind, name_zh, name_en) VALUES ($1, 'product-line', '点卡', 'Cards') RETURNING id`,
      [`LINE-${this.count}`],
    );
    const componentId = String(row['id']);
    const given = { ...incidentWords(componentId), key: `test-${this.count}`, ...more };
    const made = await this.within((client) => declareIncident(client, given));
    return { componentId, ...made };
  }

  /** All delivered orders of a platform. */
  async filterOf(trade: Trade) {
    const { code } = await this.world.one('SELECT code FROM platforms WHERE id = $1', [
      trade.platformId,
    ]);
    return {
      productCodes: [],
      supplierCodes: [],
      platformCodes: [String(code)],
      statuses: ['succeeded'] as const,
      fromMs: Date.now() - DAY_MS,
      toMs: Date.now() + HOUR_MS,
    };
  }

  /** Decides on a bulk compensation; its run is the caller's. */
  async compensate(incidentId: string, trade: Trade, terms: IncidentTerms): Promise<string> {
    this.count += 1;
    const key = `run-${this.count}`;
    const filter = await this.filterOf(trade);
    const { costHao } = await previewAffected(this.world.pool, incidentId, { filter, terms });
    const given = {
      incidentId,
      key,
      filter,
      terms,
      plannedHao: costHao,
      reason: 'the upstream was down',
      askedBy: 'service@panel.example.test',
      approvedBy: null,
      nowMs: Date.now(),
    };
    await this.within((client) => startIncidentCompensation(client, given));
    const row = await this.world.one('SELECT id FROM incident_compensations WHERE key = $1', [key]);
    return String(row['id']);
  }
}

/** What a run does, until it has ended or its worker died. */
export async function driveIncident(pool: pg.Pool, compensationId: string): Promise<string> {
  for (;;) {
    const { status } = await giveIncidentBatch(pool, { compensationId, nowMs: Date.now() });
    if (status !== 'running') return status;
  }
}
