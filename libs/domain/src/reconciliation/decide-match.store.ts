import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { linesById } from './match-facts.store.js';
import { itemsByNumbers } from './our-items.store.js';
import { partyAccountId } from './reconciliation-entry.store.js';
import { partyById } from './statement-party.store.js';
import { lockParty } from './statement-version.store.js';
import { withdrawDifferences } from './withdraw-difference.store.js';
import { setState, writeMatch } from './write-decisions.store.js';

interface Proposal {
  party_id: string;
  line_id: string;
  our_key: string;
  status: string;
}

/** A person says whether a line and an entry that look alike are the same. Throws `difference.pair-not-found`. */
export async function decideMatch(
  client: PoolClient,
  decided: {
    readonly matchId: string;
    readonly isSame: boolean;
    readonly by: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const found = await client.query<Proposal>(
    'SELECT party_id, line_id, our_key, status FROM reconciliation_matches WHERE id = $1',
    [decided.matchId],
  );
  const proposal = found.rows[0];
  if (!proposal) throw new DomainError('difference.pair-not-found');
  await lockParty(client, proposal.party_id);
  const changed = await client.query(
    `UPDATE reconciliation_matches SET status = $2, decided_by = $3 WHERE id = $1 AND status = 'proposed'`,
    [decided.matchId, decided.isSame ? 'confirmed' : 'refused', decided.by],
  );
  if (changed.rowCount === 0) throw new DomainError('difference.pair-not-found');
  await setState(client, [proposal.line_id], decided.isSame ? 'matched' : 'waiting');
  if (decided.isSame) await closePaired(client, proposal, decided.nowMs);
  await lookAgain(client, proposal.line_id, decided.nowMs);
}

async function closePaired(
  client: PoolClient,
  pair: { readonly line_id: string; readonly our_key: string },
  nowMs: number,
): Promise<void> {
  const why = `line ${pair.line_id} is entry ${pair.our_key}`;
  for (const where of [{ key: `entry:${pair.our_key}` }, { lineIds: [pair.line_id] }])
    await withdrawDifferences(client, { where, to: 'auto-closed', why, nowMs });
}

/** The run of the statement goes on from here. */
async function lookAgain(client: PoolClient, lineId: string, nowMs: number): Promise<void> {
  await client.query(
    `UPDATE external_lines SET next_pass_at = $2 WHERE id = $1 AND state = 'waiting'`,
    [lineId, new Date(nowMs)],
  );
  await client.query(
    `UPDATE external_statements SET next_pass_at = $2, status = 'reconciling', updated_at = now(), version = version + 1
     WHERE id = (SELECT statement_id FROM external_lines WHERE id = $1) AND status IN ('reconciling', 'done')`,
    [lineId, new Date(nowMs)],
  );
}

/**
 * A person pairs a line that found nothing with an order or attempt by its number; both must be of the same amount.
 * Throws `difference.not-found`, `difference.pair-not-found`.
 */
export async function pairDifference(
  client: PoolClient,
  asked: {
    readonly differenceId: string;
    readonly number: string;
    readonly by: string;
    readonly nowMs: number;
  },
): Promise<void> {
  const { rows } = await client.query<{ party_id: string; line_id: string | null }>(
    `SELECT party_id, line_id FROM reconciliation_differences
     WHERE id = $1 AND status = 'open' AND kind IN ('missing-ours', 'refund-unmatched', 'unknown-sku', 'late-after-close')`,
    [asked.differenceId],
  );
  const difference = rows[0];
  const lineId = difference?.line_id;
  if (!difference || !lineId) throw new DomainError('difference.not-found');
  await lockParty(client, difference.party_id);
  const party = await partyById(client, difference.party_id);
  const accountId = await partyAccountId(client, party);
  const [line] = await linesById(client, [lineId]);
  const items = await itemsByNumbers(client, { party, accountId }, [asked.number.trim()]);
  const item = items.find(
    (one) => !one.isTaken && one.type === line?.type && one.amountHao === line.amountHao,
  );
  if (!item) throw new DomainError('difference.pair-not-found');
  await client.query(
    `UPDATE reconciliation_matches SET status = 'refused', decided_by = $2 WHERE our_kind = 'entry' AND our_key = $1 AND status = 'proposed'`,
    [item.key, asked.by],
  );
  await writeMatch(
    { client, party, nowMs: asked.nowMs },
    { lineId, pass: 'person', status: 'confirmed', item },
  );
  await client.query(
    'UPDATE reconciliation_matches SET decided_by = $2 WHERE line_id = $1 AND status = $3',
    [lineId, asked.by, 'confirmed'],
  );
  await setState(client, [lineId], 'matched');
  await closePaired(client, { line_id: lineId, our_key: item.key }, asked.nowMs);
  await lookAgain(client, lineId, asked.nowMs);
}
