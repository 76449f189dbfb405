import { sql, type Plant } from './doctor-plant.js';

const A_PARTY = `(SELECT id FROM statement_parties WHERE code = 'bank')`;
const A_LINE = (state: string): string =>
  `INSERT INTO external_lines (id, statement_id, party_id, line_no, type, amount_hao, occurred_at, state, next_pass_at, raw)
   VALUES (77, :nowhere, ${A_PARTY}, 3, 'receipt', 100, now(), '${state}', now(), '')`;
const A_DIFFERENCE = (columns: string, values: string): string =>
  `INSERT INTO reconciliation_differences (id, key, party_id, statement_id, kind, favour_hao, occurred_at, opened_at, due_at, ${columns})
   VALUES (77, 'k', ${A_PARTY}, :nowhere, 'missing-ours', 100, now(), now(), now(), ${values})`;

export const RECONCILIATION_PLANTS: readonly Plant[] = [
  {
    check: 'statement-line-is-used-once',
    what: 'an entry was matched with two lines',
    example: /entry 5 is used 2 times/,
    plant: sql(
      'DROP INDEX uq_reconciliation_matches_ours',
      `INSERT INTO reconciliation_matches (party_id, line_id, our_kind, our_key, pass, created_at)
       SELECT ${A_PARTY}, no, 'entry', 5, 'exact', now() FROM generate_series(1, 2) AS no`,
    ),
  },
  {
    check: 'matched-line-has-its-match',
    what: 'a line says that it is matched, and nothing was used for it',
    example: /line 3 of statement .* is matched, and no match/,
    plant: sql(A_LINE('matched')),
  },
  {
    check: 'resolved-difference-has-its-entry',
    what: 'a difference was resolved by an adjustment that nobody booked',
    example: /difference 77 .* by adjustment; its entry is missing/,
    plant: sql(A_DIFFERENCE('status, resolution, reason', `'resolved', 'adjustment', 'said so'`)),
  },
  {
    check: 'suspense-is-what-differences-say',
    what: 'money lies in suspense that no difference speaks of',
    example: /account suspense-long holds 100 hao, its open differences 0/,
    plant: sql(
      `INSERT INTO ledger_entries (id, idempotency_key, kind, posted_at) VALUES (987654, 'k', 'suspense', now())`,
      `INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
       VALUES (987654 * 64 + 1, 987654, 1, (SELECT id FROM ledger_accounts WHERE code = 'bank'), 100),
         (987654 * 64 + 2, 987654, 2, (SELECT id FROM ledger_accounts WHERE code = 'suspense-long'), -100)`,
    ),
  },
];
