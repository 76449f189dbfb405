import { RECIPES } from '../money/recipe.js';
import type { DoctorCheck } from './check.js';

/** `(kind, side, account kind)` of every recipe that names its accounts: side 1 is debit, -1 credit. */
const RECIPE_ROWS = Object.entries(RECIPES)
  .flatMap(([kind, recipe]) =>
    recipe === 'anything'
      ? []
      : [
          ...recipe.debit.map((account) => `('${kind}', 1, '${account}')`),
          ...recipe.credit.map((account) => `('${kind}', -1, '${account}')`),
        ],
  )
  .join(', ');

/** Lines of an entry as a sorted text, with the sign turned where `sign` is `-`. */
const linesOf = (entryId: string, sign: '' | '-'): string => `
  (SELECT array_agg(p.account_id || ':' || (${sign}p.amount_hao) ORDER BY p.account_id, ${sign}p.amount_hao)
   FROM ledger_postings p WHERE p.entry_id = ${entryId})`;

const HOLD_END = `CASE h.status WHEN 'posted' THEN 'hold-posted' WHEN 'voided' THEN 'hold-voided' ELSE 'hold-expired' END`;

/** How long a sweep may be late. */
const LATE = `interval '1 hour'`;

export const LEDGER_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'entry-follows-its-recipe',
    looked: 'ledger_entries',
    violations: `
      WITH recipes(kind, side, account) AS (VALUES ${RECIPE_ROWS})
      SELECT format('entry %s (%s) posts %s hao to %s, which its recipe does not know', e.id, e.kind, p.amount_hao, a.kind) AS example
      FROM ledger_entries e
      JOIN ledger_postings p ON p.entry_id = e.id
      JOIN ledger_accounts a ON a.id = p.account_id
      WHERE e.kind IN (SELECT kind FROM recipes)
        AND NOT EXISTS (SELECT 1 FROM recipes r WHERE r.kind = e.kind AND r.side = sign(p.amount_hao) AND r.account = a.kind)`,
  },
  {
    name: 'reversal-mirrors-its-entry',
    looked: `ledger_entries WHERE kind = 'reversal'`,
    violations: `
      SELECT format('entry %s says it reverses entry %s, and is not its opposite', e.id, e.reverses_entry_id) AS example
      FROM ledger_entries e
      WHERE e.kind = 'reversal'
        AND ${linesOf('e.id', '')} IS DISTINCT FROM ${linesOf('e.reverses_entry_id', '-')}`,
  },
  {
    name: 'held-money-has-its-holds',
    looked: `ledger_accounts WHERE kind = 'platform-held'`,
    violations: `
      SELECT format('account %s holds %s hao, its open holds %s', a.code, a.balance_hao, coalesce(h.held, 0)) AS example
      FROM ledger_accounts a
      LEFT JOIN (SELECT platform_id, sum(amount_hao) AS held FROM balance_holds WHERE status = 'held' GROUP BY platform_id) h
        ON h.platform_id = a.platform_id
      WHERE a.kind = 'platform-held' AND a.balance_hao <> coalesce(h.held, 0)`,
  },
  {
    name: 'hold-ends-as-it-says',
    looked: 'balance_holds',
    violations: `
      SELECT format('hold %s is %s: its entries are %s', h.id, h.status, coalesce(l.kinds, 'none')) AS example
      FROM balance_holds h
      LEFT JOIN LATERAL (SELECT string_agg(e.kind, ', ' ORDER BY e.id) AS kinds FROM ledger_entries e
        WHERE e.resource = 'BalanceHold' AND e.record_id = h.id::text) l ON true
      WHERE l.kinds IS DISTINCT FROM CASE WHEN h.status = 'held' THEN 'hold' ELSE 'hold, ' || ${HOLD_END} ||
          CASE WHEN h.posted_hao < h.amount_hao THEN ', hold-voided' ELSE '' END END`,
  },
  {
    name: 'hold-ends-in-time',
    looked: `balance_holds WHERE status = 'held'`,
    violations: `
      SELECT format('hold %s should have ended at %s', id, expires_at) AS example
      FROM balance_holds WHERE status = 'held' AND expires_at < now() - ${LATE}`,
  },
  {
    name: 'posting-is-spread-whole',
    looked: 'lot_uses',
    violations: `
      SELECT format('posting %s over %s hao was spread over lots with %s hao', u.posting_id, -p.amount_hao, -u.hao) AS example
      FROM (SELECT posting_id, sum(amount_hao) AS hao FROM lot_uses GROUP BY posting_id) u
      LEFT JOIN ledger_postings p ON p.id = u.posting_id
      WHERE p.amount_hao IS DISTINCT FROM u.hao`,
  },
  {
    name: 'lot-is-the-sum-of-its-uses',
    looked: 'balance_lots',
    violations: `
      SELECT format('lot %s has %s hao left, its uses say %s', l.id, l.remaining_hao, -coalesce(u.hao, 0)) AS example
      FROM balance_lots l
      LEFT JOIN (SELECT lot_id, sum(amount_hao) AS hao FROM lot_uses GROUP BY lot_id) u ON u.lot_id = l.id
      WHERE l.remaining_hao <> -coalesce(u.hao, 0)`,
  },
  {
    name: 'lots-are-the-balance',
    looked: 'lot_positions',
    violations: `
      SELECT format('account %s says %s hao; lots %s, owed %s, not spread yet %s', a.code, a.balance_hao,
        coalesce(l.hao, 0), s.owed_hao, coalesce(p.hao, 0)) AS example
      FROM lot_positions s
      JOIN ledger_accounts a ON a.id = s.account_id
      LEFT JOIN (SELECT platform_id, sum(remaining_hao) AS hao FROM balance_lots GROUP BY platform_id) l
        ON l.platform_id = a.platform_id
      LEFT JOIN (SELECT p.account_id, -sum(p.amount_hao) AS hao FROM ledger_postings p
        WHERE NOT EXISTS (SELECT 1 FROM lot_uses u WHERE u.posting_id = p.id) GROUP BY p.account_id) p
        ON p.account_id = a.id
      WHERE a.balance_hao <> coalesce(l.hao, 0) - s.owed_hao + coalesce(p.hao, 0)`,
  },
  {
    name: 'grant-expires-in-time',
    looked: 'balance_lots WHERE expires_at IS NOT NULL',
    violations: `
      SELECT format('lot %s should have expired at %s and still holds %s hao', id, expires_at, remaining_hao) AS example
      FROM balance_lots WHERE remaining_hao > 0 AND expires_at < now() - ${LATE}`,
  },
  {
    name: 'closed-month-is-unchanged',
    looked: `ledger_periods WHERE status = 'closed'`,
    violations: `
      SELECT format('the month %s was closed with %s, its postings now say %s', c.month, c.balances, b.balances) AS example
      FROM ledger_periods c
      CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(code, hao), '{}') AS balances FROM (
          SELECT a.code, sum(p.amount_hao)::text AS hao
          FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id JOIN ledger_accounts a ON a.id = p.account_id
          WHERE e.posted_at < c.ends_at GROUP BY a.code HAVING sum(p.amount_hao) <> 0) AS t) b
      WHERE c.status = 'closed' AND c.balances IS DISTINCT FROM b.balances`,
  },
  {
    name: 'books-are-chained',
    looked: 'ledger_seals',
    violations: `
      SELECT format('the chain over the books breaks at entries %s to %s', s.first_entry_id, s.last_entry_id) AS example
      FROM (SELECT *, lag(hash, 1, '') OVER (ORDER BY id) AS before, lag(last_entry_id, 1, 0) OVER (ORDER BY id) AS last_before
        FROM ledger_seals) s
      WHERE s.hash <> ledger_link(s.before, s.first_entry_id, s.last_entry_id)
        OR EXISTS (SELECT 1 FROM ledger_entries e WHERE e.id > s.last_before AND e.id < s.first_entry_id)`,
  },
];
