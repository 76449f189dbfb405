import { sql, type Plant } from './doctor-plant.js';

const PLATFORM = `(SELECT platform_id FROM ledger_accounts WHERE id = :account)`;
const AN_ENTRY = '(SELECT min(entry_id) FROM ledger_postings WHERE account_id = :account)';
const A_POSTING = '(SELECT min(id) FROM ledger_postings WHERE account_id = :account)';
const aHold = (status: string, expires: string): string => `
  INSERT INTO balance_holds (key, platform_id, amount_hao, status, reason, held_at, expires_at, ended_at)
  SELECT 'test', ${PLATFORM}, 5, '${status}', 'test', now(), ${expires}, ${status === 'held' ? 'NULL' : 'now()'}`;
const aLot = (id: string, remaining: number, more = `'paid', NULL`): string => `
  INSERT INTO balance_lots (id, platform_id, remaining_hao, kind, expires_at, brought_at)
  SELECT ${id}, ${PLATFORM}, ${remaining}, ${more}, now()`;
const anEntry = (kind: string, reverses: string): string => `
  WITH e AS (INSERT INTO ledger_entries (idempotency_key, kind, memo, reverses_entry_id, posted_at)
    SELECT 'test', '${kind}', 'test', ${reverses}, now() RETURNING id)
  INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
  SELECT id * 64 + no, id, no, :revenue, CASE no WHEN 1 THEN 5 ELSE -5 END FROM e, generate_series(1, 2) AS no`;

export const LEDGER_PLANTS: readonly Plant[] = [
  {
    check: 'entry-follows-its-recipe',
    what: 'a top-up comes from revenue',
    example: /\(platform-top-up\) posts 5 hao to revenue/,
    plant: sql(anEntry('platform-top-up', 'NULL')),
  },
  {
    check: 'reversal-mirrors-its-entry',
    what: 'a reversal says something else than its entry',
    example: /is not its opposite/,
    plant: sql(anEntry('reversal', AN_ENTRY)),
  },
  {
    check: 'held-money-has-its-holds',
    what: 'money is held for nothing',
    breaksToo: ['balance-is-the-sum-of-its-postings'],
    example: /holds 5 hao, its open holds 0/,
    plant: sql(`INSERT INTO ledger_accounts (code, kind, platform_id, balance_hao, floor_hao)
      SELECT 'held:test', 'platform-held', ${PLATFORM}, 5, 0`),
  },
  {
    check: 'hold-ends-as-it-says',
    what: 'a hold was given back without an entry',
    example: /is voided: its entries are none/,
    plant: sql(aHold('voided', 'now()')),
  },
  {
    check: 'hold-ends-in-time',
    what: 'a hold was forgotten',
    breaksToo: ['hold-ends-as-it-says'],
    example: /should have ended/,
    plant: sql(aHold('held', `now() - interval '2 hours'`)),
  },
  {
    check: 'posting-is-spread-whole',
    what: 'a posting was spread over lots in part',
    example: /was spread over lots with 1 hao/,
    plant: sql(`INSERT INTO lot_uses (posting_id, entry_id, platform_id, amount_hao, subject)
      SELECT ${A_POSTING}, ${AN_ENTRY}, ${PLATFORM}, -1, 'test'`),
  },
  {
    check: 'lot-is-the-sum-of-its-uses',
    what: 'a lot was filled by hand',
    example: /has 5 hao left, its uses say 0/,
    plant: sql(aLot(AN_ENTRY, 5)),
  },
  {
    check: 'lots-are-the-balance',
    what: 'a debt was written down that nobody has',
    example: /owed 7/,
    plant: sql(
      `INSERT INTO lot_positions (account_id, owed_hao, spread_at) VALUES (:account, 7, now())`,
    ),
  },
  {
    check: 'grant-expires-in-time',
    what: 'a grant outlives its time',
    breaksToo: ['lot-is-the-sum-of-its-uses'],
    example: /should have expired/,
    plant: sql(aLot(AN_ENTRY, 5, `'granted', now() - interval '2 hours'`)),
  },
  {
    check: 'closed-month-is-unchanged',
    what: 'something was posted into a closed month',
    example: /the month 2026-01 was closed with/,
    plant: sql(`INSERT INTO ledger_periods (month, starts_at, ends_at, status, closed_at, balances)
      VALUES ('2026-01', now() - interval '1 day', now() + interval '1 day', 'closed', now(), '{}')`),
  },
  {
    check: 'books-are-chained',
    what: 'an entry was changed after it was sealed',
    example: /the chain over the books breaks/,
    plant: sql(
      `INSERT INTO ledger_seals (first_entry_id, last_entry_id, entry_count, hash, sealed_at)
       SELECT min(id), max(id), count(*), ledger_link('', min(id), max(id)), now() FROM ledger_entries`,
      `UPDATE ledger_entries SET memo = 'changed' WHERE id = ${AN_ENTRY}`,
    ),
  },
  {
    check: 'lot-has-its-entry',
    what: 'a lot was brought by no entry',
    example: /balance_lots 999999 refers to ledger_entries/,
    plant: sql(aLot('999999', 0)),
  },
  {
    check: 'lot-use-has-its-parents',
    what: 'a use is of no lot',
    example: /refers to balance_lots 999999/,
    plant:
      sql(`INSERT INTO lot_uses (posting_id, entry_id, platform_id, lot_id, amount_hao, subject)
      SELECT p.id, p.entry_id, ${PLATFORM}, 999999, p.amount_hao, 'test' FROM ledger_postings p WHERE p.id = ${A_POSTING}`),
  },
];
