import type { PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import { wakeRelay } from '../outbox/wake.store.js';
import { mustTellRun, type News } from './attempt-news.store.js';

/** Locked first and counted then: whoever waited for the row sees what the other one wrote. */
const LOCK = 'SELECT 1 FROM replenishments WHERE id = $1 FOR UPDATE';

const COUNT = `
  UPDATE replenishments SET received_quantity = t.received, paid_hao = t.paid, version = version + 1, updated_at = $2
  FROM (SELECT coalesce(sum(delivered_count + surplus_count), 0) AS received, coalesce(sum(paid_hao), 0) AS paid
    FROM attempts WHERE replenishment_id = $1) AS t
  WHERE id = $1`;

/** What an attempt for stock has brought and cost, also long after its replenishment ended; its run is told. */
export async function noteStockAttempt(news: News): Promise<void> {
  const { client, attempt, command } = news;
  const { replenishmentId } = attempt;
  if (replenishmentId === null) return;
  await settled([
    client.query(LOCK, [replenishmentId]),
    client.query(COUNT, [replenishmentId, new Date(command.nowMs)]),
  ]);
  if (mustTellRun(news)) await tellReplenishment(client, replenishmentId, command.nowMs);
}

/** The run of a replenishment is told by the relay, or started where there is none, to look again. */
export async function tellReplenishment(
  client: PoolClient,
  replenishmentId: string | null,
  nowMs: number,
): Promise<void> {
  if (replenishmentId === null) return;
  await settled([
    client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('replenishment-changed', $1, $2)`,
      [replenishmentId, new Date(nowMs)],
    ),
    wakeRelay(client, 'replenishment-changed'),
  ]);
}
