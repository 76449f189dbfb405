import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { takeToken, type TokenBucket } from '#domain';
import { adapterFor, hasProtocol, type NotificationInput } from '#domain/protocol';
import { MasterKeys, receiveNotification } from '#domain/stores';
import { Problem } from '../http/problem.js';

/** More than any supplier has to tell; it keeps a stranger from filling the database. */
const PACE = { perSecond: 200, burst: 1_000 };
const KEPT_MS = 5_000;
const CODE = /^[A-Za-z0-9_-]{1,40}$/;

interface Known {
  readonly supplierId: string;
  readonly protocol: string;
  readonly untilMs: number;
}

/** Takes in what suppliers tell us: kept first, acknowledged then, understood later by the worker. */
@Injectable()
export class NotificationsService {
  private readonly known = new Map<string, Known>();
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  /** Answers with the supplier's own acknowledgement. Throws `request.not-found` and `rate.exceeded`. */
  async receive(
    code: string,
    input: NotificationInput,
  ): Promise<{ readonly contentType: string; readonly body: string }> {
    const supplier = await this.supplier(code);
    const taken = takeToken(this.buckets.get(code), PACE, Date.now());
    this.buckets.set(code, taken.bucket);
    if (taken.retryAfterSeconds !== undefined)
      throw new Problem(
        'rate.exceeded',
        { seconds: taken.retryAfterSeconds },
        { headers: { 'Retry-After': String(taken.retryAfterSeconds) } },
      );
    const { supplierId, protocol } = supplier;
    await receiveNotification(this.pool, this.masterKeys, { supplierId, code }, input);
    return adapterFor(protocol).acknowledgement;
  }

  private async supplier(code: string): Promise<Known> {
    const kept = this.known.get(code);
    if (kept && Date.now() < kept.untilMs) return kept;
    if (!CODE.test(code)) throw new Problem('request.not-found');
    const found = await this.pool.query<{ id: string; protocol: string }>({
      name: 'notifying-supplier',
      text: 'SELECT id, protocol FROM suppliers WHERE code = $1',
      values: [code],
    });
    const row = found.rows[0];
    if (!row || !hasProtocol(row.protocol)) throw new Problem('request.not-found');
    const known = { supplierId: row.id, protocol: row.protocol, untilMs: Date.now() + KEPT_MS };
    this.known.set(code, known);
    return known;
  }
}
