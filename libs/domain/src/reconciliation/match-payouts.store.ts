import type { PoolClient } from 'pg';
import { HOUR_MS } from '../shared/business-time.js';
import { RECEIPT_WINDOW_MS } from './composite-match.js';
import type { TheirLine } from './match-facts.js';
import { bufferEndMs } from './match-lines.js';
import {
  addDifference,
  type DecisionsToWrite,
  setState,
  writeMatch,
} from './write-decisions.store.js';

/** Bank statements come by the day. */
const LOOK_AGAIN_MS = 6 * HOUR_MS;

interface Receipt {
  id: string;
  amount_hao: string;
  is_named: boolean;
}

/** Money that came in at the bank and belongs to no payout yet: named by its number, or of the same amount at the time. */
const RECEIPTS = `
  SELECT l.id, l.amount_hao, coalesce($1::text <> '' AND (l.their_no = $1 OR strpos(coalesce(l.memo, ''), $1) > 0
    OR strpos(coalesce(l.our_no, ''), $1) > 0), false) AS is_named
  FROM external_lines l JOIN statement_parties b ON b.id = l.party_id
  WHERE b.kind = 'bank' AND l.type = 'receipt' AND l.state <> 'gone' AND l.occurred_at BETWEEN $2 AND $3
    AND NOT EXISTS (SELECT 1 FROM reconciliation_matches m WHERE m.our_kind = 'line' AND m.our_key = l.id AND m.status <> 'refused')
  ORDER BY l.id LIMIT 2000`;

/** Whether our bank has told of this time at all: before that nothing is missing. */
const COVERED = `
  SELECT 1 FROM external_statements s JOIN statement_parties b ON b.id = s.party_id
  WHERE b.kind = 'bank' AND s.status IN ('reconciling', 'done') AND s.period_to >= ($1::timestamptz AT TIME ZONE 'Asia/Shanghai')::date LIMIT 1`;

/** The fifth pass: what a platform says it has paid out is what our bank has received. */
export async function matchPayout(writing: DecisionsToWrite, line: TheirLine): Promise<void> {
  const { client, party, nowMs } = writing;
  const receipt = await receiptOf(client, line);
  const dueMs = bufferEndMs(line.occurredAtMs, party.bufferDays);
  if (receipt) {
    await writeMatch(writing, {
      lineId: line.id,
      pass: 'receipt',
      status: 'sure',
      lineKey: receipt.id,
    });
    const receivedHao = Number(receipt.amount_hao);
    const favourHao = receivedHao - line.amountHao;
    await setState(client, [line.id], favourHao === 0 ? 'matched' : 'different');
    if (favourHao !== 0)
      await addDifference(writing, {
        kind: favourHao > 0 ? 'amount-long' : 'amount-short',
        key: `line:${line.id}:receipt`,
        lineId: line.id,
        item: null,
        theirsHao: line.amountHao,
        oursHao: receivedHao,
        favourHao,
        occurredAtMs: line.occurredAtMs,
      });
    return;
  }
  const covered = await client.query(COVERED, [new Date(dueMs - 1)]);
  if (nowMs < dueMs || covered.rowCount === 0) {
    await client.query(
      'UPDATE external_lines SET pass_count = pass_count + 1, next_pass_at = $2 WHERE id = $1',
      [line.id, new Date(nowMs + LOOK_AGAIN_MS)],
    );
    return;
  }
  await setState(client, [line.id], 'different');
  await addDifference(writing, {
    kind: 'missing-ours',
    key: `line:${line.id}:missing-ours`,
    lineId: line.id,
    item: null,
    theirsHao: line.amountHao,
    oursHao: null,
    favourHao: -line.amountHao,
    occurredAtMs: line.occurredAtMs,
  });
}

async function receiptOf(client: PoolClient, line: TheirLine): Promise<Receipt | undefined> {
  const { rows } = await client.query<Receipt>(RECEIPTS, [
    line.theirNo ?? line.ourNo ?? '',
    new Date(line.occurredAtMs - RECEIPT_WINDOW_MS),
    new Date(line.occurredAtMs + RECEIPT_WINDOW_MS),
  ]);
  const named = rows.find(({ is_named }) => is_named);
  if (named) return named;
  const equal = rows.filter(({ amount_hao }) => Number(amount_hao) === line.amountHao);
  // Two receipts of the same amount: which of them it is, only a number can tell.
  return equal.length === 1 ? equal[0] : undefined;
}
