import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { finalOrderIds } from '#domain/stores';

const LOOK_EVERY_MS = 100;

/** Holds answers back until their orders are final; one query looks for all of them. */
@Injectable()
export class FinalWaiter {
  private readonly awaited = new Map<string, Set<() => void>>();
  private isLooking = false;

  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** Resolves when the order is final or the time is up, whichever is first. */
  async untilFinal(orderId: string, waitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.awaited.get(orderId)?.delete(done);
        if (this.awaited.get(orderId)?.size === 0) this.awaited.delete(orderId);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      const waiters = this.awaited.get(orderId) ?? new Set();
      this.awaited.set(orderId, waiters.add(done));
      if (!this.isLooking) void this.look();
    });
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    while (this.awaited.size > 0) {
      // A database that is away has no news; those who wait have their own time limit.
      const final = await finalOrderIds(this.pool, [...this.awaited.keys()]).catch(() => []);
      for (const orderId of final)
        for (const done of [...(this.awaited.get(orderId) ?? [])]) done();
      await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
    }
    this.isLooking = false;
  }
}
