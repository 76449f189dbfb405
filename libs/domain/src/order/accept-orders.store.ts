import type { Pool, PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import type { Refusal } from '../shared/domain-error.js';
import { decideAcceptance, largeCandidates, orderKey } from './accept-order.js';
import { beginAndRead } from './acceptance-facts.store.js';
import { readLargeTerms } from '../large-order/large-terms.store.js';
import { writeLargeOrders } from '../large-order/write-large-orders.store.js';
import {
  planOrders,
  writeOrders,
  type AcceptedOrder,
  type OrderSubmission,
} from './acceptance-write.store.js';

export type Acceptance =
  /** The signed request was seen before, by its nonce. */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'repeat'; readonly orderId: string }
  | { readonly kind: 'accepted'; readonly order: AcceptedOrder };

/**
 * Accepts a batch of submits in one transaction with one commit and two round trips: read under locks, decide by the
 * pure rules, write. Answers in the order given. Throws where the database failed; then nothing was recorded.
 * No two submits of a batch may carry the same order number of the same platform (`splitByOrderKey`).
 */
export async function acceptOrders(
  pool: Pool,
  batch: readonly OrderSubmission[],
  options: { readonly nowMs: number; readonly startWorkflows: 'all' | 'waiting' },
): Promise<Acceptance[]> {
  const client = await pool.connect();
  try {
    const answers = await acceptOn(client, batch, options);
    client.release();
    return answers;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

async function acceptOn(
  client: PoolClient,
  batch: readonly OrderSubmission[],
  { nowMs, startWorkflows }: { readonly nowMs: number; readonly startWorkflows: 'all' | 'waiting' },
): Promise<Acceptance[]> {
  const reading = await beginAndRead(client, batch, nowMs);
  const isFresh = (_: unknown, index: number): boolean => reading.isFresh[index] === true;
  const fresh = batch.filter(isFresh);
  // Nearly never: the terms of what may be a large order cost a round trip of their own.
  const candidates = largeCandidates(reading.facts, fresh);
  const facts =
    candidates.length === 0
      ? reading.facts
      : { ...reading.facts, largeTerms: await readLargeTerms(client, candidates, nowMs) };
  const decisions = decideAcceptance(facts, fresh);
  const planned = planOrders(reading, fresh, decisions);
  const orders = planned.filter((order) => order !== undefined);
  const [, , commit] = await settled([
    orders.length > 0 ? writeOrders(client, reading, orders, startWorkflows) : Promise.resolve(),
    writeLargeOrders(client, orders, nowMs),
    client.query('COMMIT'),
  ]);
  // COMMIT of a failed transaction succeeds with the tag ROLLBACK.
  if (commit.command !== 'COMMIT') throw new Error('the accepting transaction was rolled back');

  let next = 0;
  return batch.map((submission, index) => {
    if (!isFresh(submission, index)) return { kind: 'replayed' };
    const decision = decisions[next];
    const order = planned[next];
    next += 1;
    if (order) return { kind: 'accepted', order };
    if (!decision || decision.kind === 'accepted') throw new Error('every fresh submit is decided');
    return decision;
  });
}

/** Takes the first submit of each order number for this batch; the others wait for the next one and then find the order. */
export function splitByOrderKey<Item extends { readonly submission: OrderSubmission }>(
  items: readonly Item[],
  batchSizeMax: number,
): { readonly batch: Item[]; readonly later: Item[] } {
  const keys = new Set<string>();
  const batch: Item[] = [];
  const later: Item[] = [];
  for (const item of items) {
    const { platformId, request } = item.submission;
    const key = orderKey(platformId, request.merchantOrderNo);
    if (batch.length >= batchSizeMax || keys.has(key)) later.push(item);
    else {
      keys.add(key);
      batch.push(item);
    }
  }
  return { batch, later };
}
