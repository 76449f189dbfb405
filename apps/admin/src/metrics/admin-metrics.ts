import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const requestSeconds = new Histogram({
  name: 'kagong_admin_request_seconds',
  help: 'Time from the request to its answer, by method and status class.',
  labelNames: ['method', 'status'],
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
  registers: [registry],
});

export const logins = new Counter({
  name: 'kagong_admin_logins_total',
  help: 'Tries to log in, by outcome.',
  labelNames: ['outcome'],
  registers: [registry],
});
