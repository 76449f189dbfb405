import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const acceptanceBatchSize = new Histogram({
  name: 'kagong_acceptance_batch_size',
  help: 'Submits that shared one accepting transaction.',
  buckets: [1, 2, 4, 8, 16, 32],
  registers: [registry],
});

export const requestSeconds = new Histogram({
  name: 'kagong_http_request_seconds',
  help: 'Time from the request to its answer, by route and status class.',
  labelNames: ['route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  registers: [registry],
});

export const refusals = new Counter({
  name: 'kagong_http_refusals_total',
  help: 'Answers that were not a success, by code.',
  labelNames: ['code'],
  registers: [registry],
});
