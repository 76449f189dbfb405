import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { MasterKeys, readSigningCredential, type SigningCredential } from '#domain/stores';

/** How soon a revoked key or a changed platform is noticed. */
const FRESH_MS = 1_000;
const KEPT_MAX = 10_000;

/** Credentials by public key, read again every second. */
@Injectable()
export class CredentialsService {
  private readonly kept = new Map<
    string,
    { atMs: number; reading: Promise<SigningCredential | undefined> }
  >();

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly masterKeys: MasterKeys,
  ) {}

  find(key: string): Promise<SigningCredential | undefined> {
    const nowMs = Date.now();
    const known = this.kept.get(key);
    if (known && nowMs - known.atMs < FRESH_MS) return known.reading;
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    const reading = readSigningCredential(this.pool, this.masterKeys, key);
    this.kept.set(key, { atMs: nowMs, reading });
    reading.catch(() => this.kept.delete(key));
    return reading;
  }
}
