import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** What the worker counts. */
export class WorkerMetrics {
  readonly registry = new Registry();
  readonly relayed = this.counter(
    'kagong_outbox_relayed_total',
    'Outbox rows that were done, by kind',
    ['kind'],
  );
  readonly relayFailures = this.counter(
    'kagong_outbox_failures_total',
    'Outbox rows put off after a failure, by kind',
    ['kind'],
  );
  readonly workflowStarts = this.counter(
    'kagong_workflow_starts_total',
    'Runs asked for (those that existed already included), by type',
    ['workflow'],
  );
  readonly callbackTries = this.counter(
    'kagong_callback_tries_total',
    'Tries to call a platform back, by outcome',
    ['outcome'],
  );
  readonly sweeps = this.counter(
    'kagong_sweep_repairs_total',
    'Things a sweep had to set right, by sweep',
    ['sweep'],
  );
  readonly temporalUp = new Gauge({
    name: 'kagong_temporal_up',
    help: 'Whether Temporal answers',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
