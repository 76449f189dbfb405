import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { releaseCallbacks } from '#domain/stores';

/** Lets the callbacks of answered create calls go; those that come together share one statement. */
@Injectable()
export class CallbackReleases {
  private waiting: string[] = [];
  private isReleasing = false;

  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** To be called when the answer has left. If it is lost, the callback leaves two seconds later by itself. */
  release(orderId: string): void {
    this.waiting.push(orderId);
    if (!this.isReleasing) void this.releaseAll();
  }

  private async releaseAll(): Promise<void> {
    this.isReleasing = true;
    while (this.waiting.length > 0) {
      const orderIds = this.waiting;
      this.waiting = [];
      await releaseCallbacks(this.pool, orderIds, Date.now()).catch(() => undefined);
    }
    this.isReleasing = false;
  }
}
