import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { markFresh, recordNoncesQuery, type UsedNonce } from '#domain/stores';

interface Waiting {
  readonly used: UsedNonce;
  readonly resolve: (isFresh: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const BATCH_MAX = 200;

/** Records nonces of requests that write nothing else; those that come together share one statement. */
@Injectable()
export class NoncesService {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  /** True when this nonce was never seen under this key. */
  record(used: UsedNonce): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ used, resolve, reject });
      if (!this.isWriting) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_MAX);
      const used = batch.map((one) => one.used);
      try {
        const inserted = await this.pool.query<{ credential_id: string; nonce: string }>(
          recordNoncesQuery(used, Date.now()),
        );
        const fresh = markFresh(used, inserted.rows);
        batch.forEach((one, index) => one.resolve(fresh[index] === true));
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    this.isWriting = false;
  }
}
