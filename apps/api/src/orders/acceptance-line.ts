import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { isDatabaseAway } from '#domain/database';
import {
  acceptOrders,
  splitByOrderKey,
  type Acceptance,
  type OrderSubmission,
} from '#domain/stores';
import { ApiConfig } from '../config.js';
import { acceptanceBatchSize } from '../metrics/api-metrics.js';

interface Waiting {
  readonly submission: OrderSubmission;
  readonly resolve: (acceptance: Acceptance) => void;
  readonly reject: (error: unknown) => void;
}

const BATCH_SIZE_MAX = 32;
/** While one batch is in the database and one is being answered, the rest collect. */
const IN_FLIGHT_MAX = 2;
/** Beyond this, a submit would only wait to time out. */
const WAITING_MAX = 5_000;

/**
 * The line in which submits wait for their transaction. A lone one goes at once; while batches are in the database the
 * next ones collect and then go together. No timer.
 */
@Injectable()
export class AcceptanceLine implements OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private inFlight = 0;

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly config: ApiConfig,
  ) {}

  /** Rejects where the database failed; the same submit may then be sent again. */
  accept(submission: OrderSubmission): Promise<Acceptance> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length >= WAITING_MAX) return reject(new LineIsFull());
      this.waiting.push({ submission, resolve, reject });
      this.send();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    while (this.inFlight > 0 || this.waiting.length > 0)
      await new Promise((done) => setTimeout(done, 20));
  }

  private send(): void {
    while (this.inFlight < IN_FLIGHT_MAX && this.waiting.length > 0) {
      const { batch, later } = splitByOrderKey(this.waiting, BATCH_SIZE_MAX);
      this.waiting = later;
      this.inFlight += 1;
      acceptanceBatchSize.observe(batch.length);
      void this.run(batch).finally(() => {
        this.inFlight -= 1;
        this.send();
      });
    }
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.acceptNow(batch);
      batch.forEach((one, index) => one.resolve(answers[index] as Acceptance));
    } catch (error) {
      if (batch.length === 1 || isDatabaseAway(error))
        return batch.forEach((one) => one.reject(error));
      // One of them broke the statement for all: tried one by one, only the guilty one fails.
      for (const one of batch) await this.run([one]);
    }
  }

  private acceptNow(batch: readonly Waiting[]): Promise<Acceptance[]> {
    const submissions = batch.map((one) => one.submission);
    const startWorkflows = this.config.orderWorkflows;
    return acceptOrders(this.pool, submissions, { nowMs: Date.now(), startWorkflows });
  }
}

/** More submits wait than can be answered in time. */
export class LineIsFull extends Error {}
