import type { Pool, PoolClient } from 'pg';
import { settled } from '../database/sql.js';
import { wakeRelay } from '../outbox/wake.store.js';
import type { CardVault } from '../vault/card-vault.js';
import type { OrderStatus } from '../order/order-status.js';
import { DomainError } from '../shared/domain-error.js';
import type { LockedAttempt, OrderStanding } from './attempt-facts.store.js';
import { SENDER_WATCHES_MS } from './query-plan.js';
import type { Settlement, SettlementSource, SettlementStep } from './settlement.js';

/** What every script of supply works with. `clockSpeed` is 1 but in rehearsals. */
export interface SupplyParts {
  readonly pool: Pool;
  readonly vault: CardVault;
  readonly clockSpeed: number;
}

export interface SettleAttempt {
  readonly attemptId: string;
  readonly settlement: Settlement;
  readonly source: SettlementSource;
  readonly nowMs: number;
  /** A staff member, where a person decided. */
  readonly actorName?: string;
  /** Whoever settles is an activity of the order's run, which hears of it as its result. */
  readonly isOfRun?: boolean;
  /** A send of which nothing left may be repeated under the same number. */
  readonly maySendAgain?: boolean;
}

/** What was learnt of an attempt, under the locks of the transaction that writes it down. */
export interface News {
  readonly client: PoolClient;
  readonly parts: SupplyParts;
  readonly attempt: LockedAttempt;
  readonly command: SettleAttempt;
  readonly step: SettlementStep;
}

/** A line of the order's timeline; purchases of stock have none. */
export async function noteOrderEvent(
  client: PoolClient,
  attempt: LockedAttempt,
  note: {
    readonly type: 'supply-settled' | 'supply-undecided' | 'supply-decided';
    readonly command: SettleAttempt;
    readonly detail: Readonly<Record<string, string | number | null>>;
  },
): Promise<void> {
  if (attempt.orderId === null) return;
  const { actorName, nowMs } = note.command;
  await client.query(
    `INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      attempt.orderId,
      note.type,
      actorName === undefined ? 'supplier' : 'staff',
      actorName ?? attempt.supplierCode,
      JSON.stringify(note.detail),
      new Date(nowMs),
    ],
  );
}

/** The order's run learns by the relay that something is new. */
export async function tellRun(
  client: PoolClient,
  orderId: string | null,
  nowMs: number,
): Promise<void> {
  if (orderId === null) return;
  await settled([
    client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('order-changed', $1, $2)`,
      [orderId, new Date(nowMs)],
    ),
    wakeRelay(client, 'order-changed'),
  ]);
}

/** What is written this much before the sender's watch ends is sure to be seen by it. */
const WRITING_TAKES_MS = 150;

/**
 * Whether the run is to be told by the relay. It hears of what its own activities learn, and of what happens while the
 * sender of the attempt watches; should that be lost, its next query finds it.
 */
export function mustTellRun({ attempt, command }: News): boolean {
  if (command.isOfRun === true) return false;
  if (attempt.sentAtMs === null) return true;
  return command.nowMs - attempt.sentAtMs > SENDER_WATCHES_MS - WRITING_TAKES_MS;
}

/** How the order stands now. */
export async function orderStanding(
  client: PoolClient,
  { orderId }: OrderStanding,
): Promise<OrderStanding> {
  const found = await client.query<{ status: OrderStatus; version: number }>(
    'SELECT status, version FROM orders WHERE id = $1',
    [orderId],
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('order.not-found');
  return { orderId, status: row.status, version: row.version };
}
