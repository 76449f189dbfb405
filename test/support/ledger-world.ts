import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '#domain/database';
import {
  bookMove,
  createPlatformAccount,
  endHold,
  placeHold,
  readPlatformBalance,
  reverseEntry,
} from '#domain/stores';

export const unique = (): string => randomBytes(6).toString('hex');

/** The books of platforms in a test: what is done to them, each in a transaction of its own. */
export function ledgerWorld(pool: pg.Pool, nowMs: number) {
  const topUp = (
    platformId: string,
    amountHao: number,
    more: { readonly key?: string; readonly nowMs?: number } = {},
  ) =>
    inTransaction(pool, (client) =>
      bookMove(client, {
        key: more.key ?? unique(),
        kind: 'platform-top-up',
        platformId,
        amountHao,
        memo: 'test',
        nowMs: more.nowMs ?? nowMs,
      }),
    );
  return {
    topUp,
    async aPlatform(balanceHao = 1_000_000): Promise<string> {
      const code = `p-${unique()}`;
      const { rows } = await pool.query<{ id: string }>(
        `INSERT INTO platforms (code, name) VALUES ($1, 'test') RETURNING id`,
        [code],
      );
      const id = rows[0]?.id ?? '';
      await createPlatformAccount(pool, { id, code });
      if (balanceHao > 0) await topUp(id, balanceHao);
      return id;
    },
    hold: (platformId: string, amountHao: number, key = unique()) =>
      inTransaction(pool, (client) =>
        placeHold(client, {
          key,
          platformId,
          amountHao,
          reason: 'test',
          expiresAtMs: nowMs + 1_000,
          nowMs,
        }),
      ),
    end: (id: string, to: 'posted' | 'voided' | 'expired', postedHao?: number) =>
      inTransaction(pool, (client) =>
        endHold(client, { id, to, memo: 'test', nowMs, ...(postedHao ? { postedHao } : {}) }),
      ),
    reverse: (entryId: string) =>
      inTransaction(pool, (client) =>
        reverseEntry(client, { entryId, reason: 'test', nowMs, allows: () => true }),
      ),
    async balanceOf(platformId: string): Promise<readonly [number, number]> {
      const { balanceHao, heldHao } = await readPlatformBalance(pool, platformId);
      return [balanceHao, heldHao];
    },
  };
}

/** `done`, or what went wrong, of work that is tried at once. */
export const outcomes = async (work: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(work))
    .map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as Error).message))
    .sort();
