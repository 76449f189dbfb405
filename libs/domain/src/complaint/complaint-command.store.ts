import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { isPublicEvent } from './complaint-kind.js';
import {
  addEvent,
  lockComplaint,
  type LockedComplaint,
  type NewEvent,
} from './complaint-facts.store.js';
import { retellComplaint, type Retold } from './retell-complaint.store.js';
import { askForRun } from './tell-run.store.js';

export interface ComplaintChange {
  readonly complaintId: string;
  readonly nowMs: number;
}

/** What a command finds under the lock, and how it writes down what happens. */
export interface ComplaintScene {
  readonly client: PoolClient;
  readonly complaint: LockedComplaint;
  readonly nowMs: number;
  readonly add: (event: NewEvent) => Promise<void>;
  /** Tells the story anew with what has been added so far. */
  readonly retell: () => Promise<Retold>;
}

/**
 * Runs a command on a complaint: lock, events, and everything that follows from them, in one transaction. Throws
 * `complaint.not-found`.
 */
export async function changeComplaint(
  pool: Pool,
  change: ComplaintChange,
  work: (scene: ComplaintScene) => Promise<void>,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<Retold> {
  return inTransaction(pool, async (client) => {
    const retold = await changeIn(client, change, work);
    await afterChange(client);
    return retold;
  });
}

/** The same inside a transaction of the caller. */
export async function changeIn(
  client: PoolClient,
  { complaintId, nowMs }: ComplaintChange,
  work: (scene: ComplaintScene) => Promise<void>,
): Promise<Retold> {
  const complaint = await lockComplaint(client, complaintId);
  let isPublicNews = false;
  const retell = (): Promise<Retold> =>
    retellComplaint(client, complaint, { nowMs, news: 'internal' });
  await work({
    client,
    complaint,
    nowMs,
    retell,
    add: async (event) => {
      isPublicNews ||= isPublicEvent(event.type) && event.author !== 'customer';
      await addEvent(client, complaint.id, { ...event, nowMs });
    },
  });
  const retold = await retellComplaint(client, complaint, {
    nowMs,
    news: isPublicNews ? 'public' : 'internal',
  });
  await askForRun(client, complaintId, nowMs);
  return retold;
}
