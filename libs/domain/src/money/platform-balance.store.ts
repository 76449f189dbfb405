import type { Pool } from 'pg';

export interface PlatformBalance {
  readonly balanceHao: number;
  /** Set apart until it is known what becomes of it; not part of the balance. */
  readonly heldHao: number;
  readonly creditLimitHao: number;
}

/** What a platform has prepaid, and how far below zero it may go. */
export async function readPlatformBalance(
  pool: Pool,
  platformId: string,
): Promise<PlatformBalance> {
  const found = await pool.query<{ balance_hao: string; floor_hao: string; held_hao: string }>({
    name: 'read-platform-balance',
    text: `SELECT balance_hao, coalesce(order_floor_hao, floor_hao) AS floor_hao, (SELECT coalesce(sum(h.balance_hao), 0) FROM ledger_accounts h
             WHERE h.kind = 'platform-held' AND h.platform_id = $1) AS held_hao
           FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
    values: [platformId],
  });
  const row = found.rows[0];
  return {
    balanceHao: Number(row?.balance_hao ?? 0),
    heldHao: Number(row?.held_hao ?? 0),
    creditLimitHao: 0 - Number(row?.floor_hao ?? 0),
  };
}
