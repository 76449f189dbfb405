import { isLargePartMissing } from './large-told.store.js';
import type { OurItem } from './match-facts.js';
import { favourOf } from './match-lines.js';
import type { Step } from './statement-sums.store.js';
import { addDifference, writeMatch } from './write-decisions.store.js';

/** Puts an entry of ours that no line has named on the work list, unless there is nothing to be said of it. */
export async function missTheirs(step: Step, item: OurItem): Promise<void> {
  const { client, party, statement, nowMs } = step;
  const isExplained =
    item.largePart === null
      ? await pairOurs(step, item)
      : !(await isLargePartMissing(client, item, { partyId: party.id, beforeMs: statement.toMs }));
  if (isExplained) return;
  await addDifference(
    { client, party, statementId: statement.id, nowMs },
    {
      kind: item.type === 'refund' ? 'refund-unmatched' : 'missing-theirs',
      key: `entry:${item.key}`,
      lineId: null,
      item,
      theirsHao: null,
      oursHao: item.amountHao,
      favourHao: favourOf(party.kind, item.type, 0, item.amountHao),
      occurredAtMs: item.occurredAtMs,
    },
  );
}

/** Entries of the same order or attempt, compensation included, that are nobody’s and sum to nothing. */
const CANCELLING = `
  SELECT e.id FROM ledger_entries e JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63 AND p.account_id = $1
  WHERE e.idempotency_key = ANY($2::text[] || ARRAY(SELECT 'compensation:' || c.id FROM compensations c WHERE c.order_id = $5))
    AND e.id <> $3 AND p.amount_hao = $4 AND NOT EXISTS (SELECT 1 FROM reconciliation_matches m WHERE m.our_kind = 'entry' AND m.our_key = e.id AND m.status <> 'refused')
  LIMIT 1`;

async function pairOurs(step: Step, item: OurItem): Promise<boolean> {
  const { client, party, accountId, nowMs } = step;
  if (party.kind === 'bank') return false;
  const keys =
    item.attemptId !== null && party.kind === 'supplier'
      ? ['cost', 'unrefunded', 'withdrawn', 'refund', 'reversal'].map(
          (name) => `attempt:${item.attemptId}:${name}`,
        )
      : ['charge', 'refund'].map((name) => `order:${item.orderId}:${name}`);
  const taken = await client.query(
    `SELECT 1 FROM reconciliation_matches WHERE our_kind = 'entry' AND our_key = $1 AND status <> 'refused'`,
    [item.key],
  );
  if (taken.rowCount !== 0) return true;
  const wanted = party.kind === 'supplier' ? item.amountHao : -item.amountHao;
  const { rows } = await client.query<{ id: string }>(CANCELLING, [
    accountId,
    keys,
    item.key,
    wanted,
    party.kind === 'platform' ? item.orderId : null,
  ]);
  const other = rows[0];
  if (!other) return false;
  for (const key of [item.key, other.id])
    await writeMatch(
      { client, party, nowMs },
      { lineId: null, pass: 'pair', status: 'sure', item: { ...item, key } },
    );
  return true;
}
