import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { invariant } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount, requireHao } from '../shared/money.js';
import { bookMove, type NewMove } from './book-entry.store.js';
import { HOLD_ENDS, type HoldStatus } from './hold.js';
import type { AccountKind } from './posting.js';

export interface NewHold {
  /** The same key holds once. */
  readonly key: string;
  readonly platformId: string;
  readonly amountHao: number;
  readonly reason: string;
  readonly expiresAtMs: number;
  readonly nowMs: number;
}

const PLACE = `
  INSERT INTO balance_holds (key, platform_id, amount_hao, reason, held_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING RETURNING id`;

/** Sets money of a platform apart; `ledger.below-floor` where it has not enough. Answers the hold, also a repeated one. */
export async function placeHold(
  client: PoolClient,
  hold: NewHold,
): Promise<{ readonly id: string }> {
  invariant(requireHao(hold.amountHao) > 0, 'a hold is a positive amount');
  const placed = await client.query<{ id: string }>(PLACE, [
    hold.key,
    hold.platformId,
    hold.amountHao,
    hold.reason,
    new Date(hold.nowMs),
    new Date(hold.expiresAtMs),
  ]);
  const id = placed.rows[0]?.id;
  if (id === undefined) return sameHold(client, hold);
  await bookMove(client, {
    key: `hold:${id}:placed`,
    kind: 'hold',
    platformId: hold.platformId,
    amountHao: hold.amountHao,
    memo: hold.reason,
    subject: { resource: 'BalanceHold', recordId: id },
    nowMs: hold.nowMs,
  });
  return { id };
}

async function sameHold(client: PoolClient, hold: NewHold): Promise<{ readonly id: string }> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM balance_holds WHERE key = $1 AND platform_id = $2 AND amount_hao = $3',
    [hold.key, hold.platformId, hold.amountHao],
  );
  const row = rows[0];
  invariant(row, `the hold ${hold.key} repeats what was held under its key`);
  return row;
}

export interface HoldEnd {
  readonly id: string;
  readonly to: keyof typeof HOLD_ENDS;
  readonly memo: string;
  /** How much of it is posted; all of it unless somebody says otherwise. The rest is given back with it. */
  readonly postedHao?: number;
  /** Where posted money goes; revenue unless somebody says otherwise. */
  readonly creditedTo?: AccountKind;
  readonly nowMs: number;
}

interface HoldRow {
  readonly platform_id: string;
  readonly amount_hao: string;
  readonly status: HoldStatus;
  readonly posted_hao: string | null;
}

/** Ends a hold; false where it had ended the same way before. One that has ended otherwise is refused. */
export async function endHold(client: PoolClient, end: HoldEnd): Promise<boolean> {
  const { rows } = await client.query<HoldRow>(
    'SELECT platform_id, amount_hao, status, posted_hao FROM balance_holds WHERE id = $1 FOR UPDATE',
    [end.id],
  );
  const hold = rows[0];
  if (!hold) throw new DomainError('hold.not-found');
  const heldHao = Number(hold.amount_hao);
  const takenHao = end.to === 'posted' ? (end.postedHao ?? heldHao) : null;
  if (hold.status === end.to && sameAmount(hold.posted_hao, takenHao)) return false;
  requireEndable(hold, takenHao);
  await client.query(
    'UPDATE balance_holds SET status = $2, ended_at = $3, posted_hao = $4 WHERE id = $1',
    [end.id, end.to, new Date(end.nowMs), takenHao],
  );
  // One key for all ends: the database itself lets a hold end once.
  await bookHeld(client, end, {
    key: `hold:${end.id}:ended`,
    kind: HOLD_ENDS[end.to],
    platformId: hold.platform_id,
    amountHao: takenHao ?? heldHao,
  });
  if (takenHao !== null && takenHao < heldHao)
    await bookHeld(client, end, {
      key: `hold:${end.id}:rest`,
      kind: HOLD_ENDS.voided,
      platformId: hold.platform_id,
      amountHao: heldHao - takenHao,
    });
  return true;
}

function requireEndable({ status, amount_hao: heldHao }: HoldRow, takenHao: number | null): void {
  if (status !== 'held') throw new DomainError('hold.not-open', { status });
  if (takenHao !== null && (takenHao <= 0 || takenHao > Number(heldHao)))
    throw new DomainError('hold.amount', { amount: formatAmount(Number(heldHao)) });
}

const sameAmount = (postedHao: string | null, takenHao: number | null): boolean =>
  (postedHao === null ? null : Number(postedHao)) === takenHao;

async function bookHeld(
  client: PoolClient,
  end: HoldEnd,
  move: Pick<NewMove, 'key' | 'kind' | 'platformId' | 'amountHao'>,
): Promise<void> {
  const isPosted = move.kind === HOLD_ENDS.posted;
  await bookMove(client, {
    ...move,
    memo: end.memo,
    subject: { resource: 'BalanceHold', recordId: end.id },
    ...(isPosted && end.creditedTo
      ? { debit: 'platform-held' as const, credit: end.creditedTo }
      : {}),
    nowMs: end.nowMs,
  });
}

const EXPIRED_MAX = 200;

/** Gives back what was held for too long; answers how many holds. */
export async function expireHolds(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM balance_holds WHERE status = 'held' AND expires_at <= $1 ORDER BY expires_at LIMIT ${EXPIRED_MAX}`,
    [new Date(nowMs)],
  );
  for (const { id } of rows) await expireHold(pool, id, nowMs);
  return rows.length;
}

/** Somebody may have ended it since it was found. */
async function expireHold(pool: Pool, id: string, nowMs: number): Promise<void> {
  await inTransaction(pool, (client) =>
    endHold(client, { id, to: 'expired', memo: 'its time is over', nowMs }),
  ).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}
