import type { Sql } from '../database/sql.js';

/** Which day counts: when it was written down, or when it took effect. */
export const BALANCE_BASES = ['posted', 'effective'] as const;
export type BalanceBasis = (typeof BALANCE_BASES)[number];

const AT: Readonly<Record<BalanceBasis, string>> = {
  posted: 'e.posted_at',
  effective: 'coalesce(e.effective_at, e.posted_at)',
};

/** What stood on an account just before an instant, replayed from its postings: debit above zero. */
export async function balanceAt(
  sql: Sql,
  asked: { readonly accountId: string; readonly at: Date; readonly basis: BalanceBasis },
): Promise<number> {
  const { rows } = await sql.query<{ hao: string }>({
    text: `SELECT coalesce(sum(p.amount_hao), 0) AS hao FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
           WHERE p.account_id = $1 AND ${AT[asked.basis]} < $2`,
    values: [asked.accountId, asked.at],
  });
  return Number(rows[0]?.hao ?? 0);
}

export interface AccountAt {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly amountHao: number;
}

/** The trial balance: all accounts that ever moved, as they stood just before an instant. Its sum is zero. */
export async function trialBalanceAt(
  sql: Sql,
  at: Date,
  basis: BalanceBasis,
): Promise<readonly AccountAt[]> {
  const { rows } = await sql.query<Omit<AccountAt, 'amountHao'> & { hao: string }>({
    text: `SELECT a.id, a.code, a.kind, sum(p.amount_hao) AS hao
           FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id JOIN ledger_accounts a ON a.id = p.account_id
           WHERE ${AT[basis]} < $1 GROUP BY a.id ORDER BY a.kind, a.code`,
    values: [at],
  });
  return rows.map(({ hao, ...account }) => ({ ...account, amountHao: Number(hao) }));
}
