import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { MINUTE_MS, SECOND_MS } from '#domain';

const WINDOW_SECONDS = (15 * MINUTE_MS) / SECOND_MS;
const ACCOUNT_TRIES_MAX = 5;
const ADDRESS_TRIES_MAX = 30;
/** Second factors and confirmations: a right password does not forgive them. */
const PROOF_TRIES_MAX = 5;

/**
 * Counts tries to log in by account and by address, in Postgres, so that neither a restart nor a second process forgets them.
 * A try is counted before the password is looked at: many at once are as slow as one after the other.
 */
export class LoginThrottle {
  private constructor(
    private readonly accounts: RateLimiterPostgres,
    private readonly addresses: RateLimiterPostgres,
    private readonly proofs: RateLimiterPostgres,
  ) {}

  static async open(pool: Pool): Promise<LoginThrottle> {
    const accounts = await limiter(pool, 'account', ACCOUNT_TRIES_MAX);
    const addresses = await limiter(pool, 'address', ADDRESS_TRIES_MAX);
    return new LoginThrottle(accounts, addresses, await limiter(pool, 'proof', PROOF_TRIES_MAX));
  }

  /**
   * How many milliseconds to wait before this try may be made; undefined where it may be made now. An address that must wait
   * spends no account's tries: one machine could otherwise lock out everybody.
   */
  async take(email: string, address: string): Promise<number | undefined> {
    return (
      (await waitOf(this.addresses.consume(address))) ??
      (await waitOf(this.accounts.consume(accountKey(email))))
    );
  }

  /** Whoever knows the password starts anew. */
  async forget(email: string, address: string): Promise<void> {
    await this.accounts.delete(accountKey(email));
    await this.addresses.reward(address, 1);
  }

  /** As `take`, for whoever is known already and must prove it. */
  takeProof(staffId: string): Promise<number | undefined> {
    return waitOf(this.proofs.consume(staffId));
  }

  async forgetProof(staffId: string): Promise<void> {
    await this.proofs.delete(staffId);
  }
}

const accountKey = (email: string): string => email.trim().toLowerCase().slice(0, 120);

function limiter(pool: Pool, keyPrefix: string, points: number): Promise<RateLimiterPostgres> {
  return new Promise((resolve, reject) => {
    const made: RateLimiterPostgres = new RateLimiterPostgres(
      {
        storeClient: pool,
        storeType: 'pool',
        tableName: 'staff_login_tries',
        tableCreated: true,
        keyPrefix,
        points,
        duration: WINDOW_SECONDS,
      },
      (error?: Error) => (error ? reject(error) : queueMicrotask(() => resolve(made))),
    );
  });
}

async function waitOf(consumed: Promise<RateLimiterRes>): Promise<number | undefined> {
  try {
    await consumed;
    return undefined;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
    throw refused;
  }
}
