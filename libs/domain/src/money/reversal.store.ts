import type { PoolClient } from 'pg';
import { invariant } from '../shared/assert.js';
import { DomainError } from '../shared/domain-error.js';
import { bookEntry, type BookedEntry } from './book-entry.store.js';
import type { EntryKind } from './posting.js';

export interface Reversal {
  readonly entryId: string;
  /** Kept on the reversal: why, and who. */
  readonly reason: string;
  readonly nowMs: number;
  /** The entries that may be reversed; a person may not reverse everything that a script may. */
  readonly allows: (kind: EntryKind) => boolean;
}

const ENTRY = `
  SELECT e.kind, e.order_id, e.attempt_id, e.resource, e.record_id,
    EXISTS (SELECT 1 FROM ledger_entries r WHERE r.reverses_entry_id = e.id) AS is_reversed,
    array_agg(p.account_id ORDER BY p.line_no) AS account_ids,
    array_agg(p.amount_hao::text ORDER BY p.line_no) AS amounts
  FROM ledger_entries e
  JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63
  WHERE e.id = $1 GROUP BY e.id`;

/**
 * Corrects an entry by a new one that says the opposite and points at it. It happens once: of two who try, one is refused
 * with `ledger.already-reversed`, whichever comes first.
 */
export async function reverseEntry(
  client: PoolClient,
  { entryId, reason, nowMs, allows }: Reversal,
): Promise<BookedEntry> {
  const { rows } = await client.query<{
    kind: EntryKind;
    order_id: string | null;
    attempt_id: string | null;
    resource: string | null;
    record_id: string | null;
    is_reversed: boolean;
    account_ids: string[];
    amounts: string[];
  }>(ENTRY, [entryId]);
  const entry = rows[0];
  if (!entry) throw new DomainError('ledger.entry-not-found');
  if (!allows(entry.kind) || entry.kind === 'reversal')
    throw new DomainError('ledger.not-reversible');
  if (entry.is_reversed) throw new DomainError('ledger.already-reversed');
  const booked = await bookEntry(client, {
    key: `reversal:${entryId}`,
    kind: 'reversal',
    orderId: entry.order_id,
    attemptId: entry.attempt_id,
    memo: reason,
    ...(entry.resource === null || entry.record_id === null
      ? {}
      : { subject: { resource: entry.resource, recordId: entry.record_id } }),
    lines: entry.account_ids.map((accountId, index) => ({
      accountId,
      amountHao: -Number(entry.amounts[index]),
    })),
    reversesEntryId: entryId,
    nowMs,
  });
  invariant(booked.entryId !== entryId, 'an entry does not reverse itself');
  if (!booked.isNew) throw new DomainError('ledger.already-reversed');
  return booked;
}
