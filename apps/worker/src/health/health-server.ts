import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';
import { Gauge } from 'prom-client';
import { databaseAnswers } from '#domain/database';
import { readBacklog } from '../outbox/outbox-rows.js';
import type { TemporalLink } from '../temporal/temporal-link.js';
import type { WorkerMetrics } from './metrics.js';

export interface HealthParts {
  readonly pool: Pool;
  readonly temporal: TemporalLink;
  readonly metrics: WorkerMetrics;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

/** `/health/live`, `/health/ready` and `/metrics`, on the metrics port. */
export class HealthServer {
  private readonly server = http.createServer((request, response) => {
    this.answer(request.url ?? '/').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.writeHead(503).end(),
    );
  });
  private readonly backlogRows: Gauge<'kind'>;
  private readonly backlogAge: Gauge<'kind'>;

  constructor(private readonly parts: HealthParts) {
    const registers = [parts.metrics.registry];
    const labelNames = ['kind'] as const;
    this.backlogRows = new Gauge({
      name: 'kagong_outbox_rows',
      help: 'Outbox rows that wait, by kind',
      labelNames,
      registers,
    });
    this.backlogAge = new Gauge({
      name: 'kagong_outbox_oldest_seconds',
      help: 'Age of the oldest outbox row, by kind',
      labelNames,
      registers,
    });
  }

  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(target: string): Promise<Answer> {
    switch (target.split('?')[0]) {
      case '/health/live':
        return json(200, { status: 'ok' });
      case '/health/ready':
        return this.readiness();
      case '/metrics':
        return this.measure();
      default:
        return json(404, { status: 'not-found' });
    }
  }

  /** Without Temporal goods are still sold and stock is still filled: that is degraded, not broken. */
  private async readiness(): Promise<Answer> {
    const database = (await databaseAnswers(this.parts.pool)) ? 'ok' : 'away';
    const temporal = this.parts.temporal.isUp ? 'ok' : 'away';
    if (database === 'away') return json(503, { status: 'unavailable', database, temporal });
    return json(200, { status: temporal === 'ok' ? 'ok' : 'degraded', database, temporal });
  }

  private async measure(): Promise<Answer> {
    this.backlogRows.reset();
    this.backlogAge.reset();
    for (const { kind, rows, oldestSeconds } of await readBacklog(this.parts.pool).catch(
      () => [],
    )) {
      this.backlogRows.set({ kind }, rows);
      this.backlogAge.set({ kind }, oldestSeconds);
    }
    const { registry } = this.parts.metrics;
    return { status: 200, type: registry.contentType, body: await registry.metrics() };
  }
}
