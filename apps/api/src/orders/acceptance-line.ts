import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { isAnswerOfPostgres, isDatabaseAway } from '#domain/database';
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
/** A second batch leaves beside the first only when it is full: two halves cost nearly twice as much as one whole. */
const IN_FLIGHT_MAX = 2;
/** A batch out for longer is held up by somebody's lock; those who wait then go past it. */
const STALLED_MS = 25;
const IN_FLIGHT_WHEN_STALLED_MAX = 4;
/** Beyond this, a submit would only wait to time out. */
const WAITING_MAX = 5_000;

/**
 * The line in which submits wait for their transaction. A lone one goes at once; while a batch is in the database the
 * next ones collect and go together when it is back, or when they fill a batch. No timer, but for a batch that stalls.
 */
@Injectable()
export class AcceptanceLine implements OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private stallTimer: NodeJS.Timeout | undefined;

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
    while (this.mayLeave()) this.sendBatch();
    if (this.waiting.length > 0) this.stallTimer ??= setTimeout(() => this.goPast(), STALLED_MS);
  }

  private mayLeave(): boolean {
    if (this.waiting.length === 0) return false;
    const isFull = this.waiting.length >= BATCH_SIZE_MAX;
    return this.inFlight === 0 || (isFull && this.inFlight < IN_FLIGHT_MAX);
  }

  /** What is in the database has not come back in time: the next batch does not wait for it. */
  private goPast(): void {
    this.stallTimer = undefined;
    if (this.waiting.length > 0 && this.inFlight < IN_FLIGHT_WHEN_STALLED_MAX) this.sendBatch();
    this.send();
  }

  private sendBatch(): void {
    const { batch, later } = splitByOrderKey(this.waiting, BATCH_SIZE_MAX);
    this.waiting = later;
    this.inFlight += 1;
    acceptanceBatchSize.observe(batch.length);
    void this.run(batch).finally(() => {
      this.inFlight -= 1;
      clearTimeout(this.stallTimer);
      this.stallTimer = undefined;
      this.send();
    });
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.acceptNow(batch);
      batch.forEach((one, index) => one.resolve(answers[index] as Acceptance));
    } catch (error) {
      // Without an answer of Postgres nobody knows whether the batch was committed; then its nonces may be used up.
      const isCertain = isAnswerOfPostgres(error) && !isDatabaseAway(error);
      if (batch.length === 1 || !isCertain) return batch.forEach((one) => one.reject(error));
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
