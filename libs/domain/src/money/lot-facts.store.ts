import type { PoolClient } from 'pg';
import { type Lot, type LotKind, lotKindOf, type LotUse } from './lot.js';
import type { EntryKind } from './posting.js';

/** A posting on a platform's balance that has not been spread over lots yet. */
export interface UnspreadPosting {
  readonly id: string;
  readonly entryId: string;
  readonly kind: EntryKind;
  /** From the side of the platform: above zero is money that came in. */
  readonly amountHao: number;
  readonly subject: string;
  readonly namedLotId: string | null;
  readonly payer: string | null;
  readonly postedAt: Date;
}

/**
 * An entry's subject is its order, or the record that caused it, or itself; a reversal has that of what it reverses. The
 * last minutes are looked through for gaps: a transaction that began earlier may land later.
 */
const UNSPREAD = `
  SELECT p.id, p.entry_id AS "entryId", e.kind, (-p.amount_hao)::text AS amount, e.posted_at AS "postedAt",
    CASE WHEN coalesce(e.order_id, r.order_id) IS NOT NULL THEN 'order:' || coalesce(e.order_id, r.order_id)
      WHEN coalesce(e.resource, r.resource) IS NOT NULL AND coalesce(e.resource, r.resource) <> 'Payer'
        THEN coalesce(e.resource, r.resource) || ':' || coalesce(e.record_id, r.record_id)
      ELSE 'entry:' || coalesce(e.reverses_entry_id, e.id) END AS subject,
    CASE WHEN e.resource = 'BalanceLot' THEN e.record_id ELSE e.reverses_entry_id::text END AS "namedLotId",
    CASE WHEN e.resource = 'Payer' THEN e.record_id END AS payer
  FROM ledger_postings p
  JOIN ledger_entries e ON e.id = p.entry_id
  LEFT JOIN ledger_entries r ON r.id = e.reverses_entry_id
  WHERE p.account_id = $1 AND p.id > $2 AND NOT EXISTS (SELECT 1 FROM lot_uses u WHERE u.posting_id = p.id)
  ORDER BY p.id LIMIT $3`;

export async function unspreadPostings(
  client: PoolClient,
  from: { readonly accountId: string; readonly settledPostingId: string; readonly rows: number },
): Promise<UnspreadPosting[]> {
  const { rows } = await client.query<Omit<UnspreadPosting, 'amountHao'> & { amount: string }>(
    UNSPREAD,
    [from.accountId, from.settledPostingId, from.rows],
  );
  return rows.map(({ amount, ...row }) => ({ ...row, amountHao: Number(amount) }));
}

interface LotRow {
  readonly id: string;
  readonly kind: LotKind;
  readonly brought: string;
  readonly remaining: string;
  readonly expires_at: Date | null;
  readonly payer: string | null;
}

const COLUMNS = 'id, kind, brought_hao AS brought, remaining_hao AS remaining, expires_at, payer';

const fromRow = (row: LotRow): Lot => ({
  id: row.id,
  kind: row.kind,
  broughtHao: Number(row.brought),
  remainingHao: Number(row.remaining),
  expiresAtMs: row.expires_at?.getTime() ?? null,
  payer: row.payer,
});

/** The lots that may be needed: all that hold something, and those named here. */
export async function lotsInPlay(
  client: PoolClient,
  platformId: string,
  lotIds: readonly string[],
): Promise<Lot[]> {
  const { rows } = await client.query<LotRow>(
    `SELECT ${COLUMNS} FROM balance_lots WHERE platform_id = $1 AND remaining_hao > 0
     UNION SELECT ${COLUMNS} FROM balance_lots WHERE id = ANY($2::bigint[])`,
    [platformId, lotIds],
  );
  return rows.map(fromRow);
}

/** What was brought with a lot that was written down beforehand: its receipt, its payer, its expiry. */
export async function announcedLots(
  client: PoolClient,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, Lot>> {
  const { rows } = await client.query<LotRow>(
    `SELECT ${COLUMNS} FROM balance_lots WHERE id = ANY($1::bigint[])`,
    [entryIds],
  );
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

export const emptyLot = (posting: UnspreadPosting): Lot => ({
  id: posting.entryId,
  kind: lotKindOf(posting.kind),
  broughtHao: 0,
  remainingHao: 0,
  expiresAtMs: null,
  payer: null,
});

/** Net of what each subject has taken from each lot, in the order of taking. */
export async function takenBySubject(
  client: PoolClient,
  platformId: string,
  subjects: readonly string[],
): Promise<Map<string, LotUse[]>> {
  const { rows } = await client.query<{ subject: string; lot_id: string | null; hao: string }>(
    `SELECT subject, lot_id, sum(amount_hao) AS hao FROM lot_uses
     WHERE subject = ANY($1::text[]) AND platform_id = $2
     GROUP BY subject, lot_id HAVING sum(amount_hao) > 0 ORDER BY subject, min(id)`,
    [subjects, platformId],
  );
  const taken = new Map<string, LotUse[]>();
  for (const { subject, lot_id: lotId, hao } of rows)
    taken.set(subject, [...(taken.get(subject) ?? []), { lotId, amountHao: Number(hao) }]);
  return taken;
}
