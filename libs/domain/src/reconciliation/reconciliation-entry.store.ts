import type { PoolClient } from 'pg';
import type { AccountKind, EntryKind } from '../money/posting.js';
import { bookEntry } from '../money/book-entry.store.js';
import { reverseEntry } from '../money/reversal.store.js';
import { invariant } from '../shared/assert.js';
import type { ResolutionLine } from './resolve-difference.js';
import type { PartyFacts } from './statement-party.store.js';

export interface ReconciliationEntry {
  /** Makes it happen once. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly lines: readonly ResolutionLine[];
  readonly orderId?: string | null;
  readonly memo: string;
  readonly subject?: { readonly resource: string; readonly recordId: string };
  readonly nowMs: number;
}

const PARTY_ACCOUNT = {
  platform: `SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
  supplier: `SELECT id FROM ledger_accounts WHERE kind = 'supplier-balance' AND supplier_id = $1`,
  bank: `SELECT id FROM ledger_accounts WHERE code = 'bank' AND $1::uuid IS NULL`,
} as const;

/** The account on which a party's statements can be read. */
export async function partyAccountId(client: PoolClient, party: PartyFacts): Promise<string> {
  const { rows } = await client.query<{ id: string }>(PARTY_ACCOUNT[party.kind], [
    party.platformId ?? party.supplierId,
  ]);
  const id = rows[0]?.id;
  invariant(id, `party ${party.code} has an account`);
  return id;
}

async function sharedAccountId(client: PoolClient, kind: AccountKind): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM ledger_accounts WHERE code = $1',
    [kind],
  );
  const id = rows[0]?.id;
  invariant(id, `the ledger has an account ${kind}`);
  return id;
}

/** Books an entry about a party, with the balances of its accounts. Throws `ledger.below-floor` where there is less. */
export async function bookForParty(
  client: PoolClient,
  party: PartyFacts,
  entry: ReconciliationEntry,
): Promise<string> {
  const lines: { accountId: string; amountHao: number }[] = [];
  for (const { account, amountHao } of entry.lines)
    lines.push({
      accountId:
        account === 'party'
          ? await partyAccountId(client, party)
          : await sharedAccountId(client, account),
      amountHao,
    });
  const { entryId } = await bookEntry(client, {
    key: entry.key,
    kind: entry.kind,
    orderId: entry.orderId ?? null,
    attemptId: null,
    lines,
    memo: entry.memo.slice(0, 200),
    ...(entry.subject ? { subject: entry.subject } : {}),
    nowMs: entry.nowMs,
  });
  return entryId;
}

/** Takes an entry back, once, by a linked reversal. */
export async function reverseForParty(
  client: PoolClient,
  {
    entryId,
    memo,
    nowMs,
  }: { readonly entryId: string; readonly memo: string; readonly nowMs: number },
): Promise<void> {
  await reverseEntry(client, { entryId, reason: memo.slice(0, 200), nowMs, allows: () => true });
}

/** Whether so much can be taken from a party's account. */
export async function canTake(
  client: PoolClient,
  party: PartyFacts,
  amountHao: number,
): Promise<boolean> {
  const id = await partyAccountId(client, party);
  const { rows } = await client.query<{ can: boolean }>(
    `SELECT balance_hao IS NULL OR balance_hao - $2::bigint >= floor_hao AS can FROM ledger_accounts WHERE id = $1 FOR UPDATE`,
    [id, amountHao],
  );
  return rows[0]?.can === true;
}
