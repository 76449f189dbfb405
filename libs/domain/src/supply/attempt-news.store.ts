import type { Pool, PoolClient } from 'pg';
import type { CardVault } from '../vault/card-vault.js';
import type { OrderStatus } from '../order/order-status.js';
import { DomainError } from '../shared/domain-error.js';
import type { LockedAttempt } from './attempt-facts.store.js';
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

/** How an order stands after it. */
export interface OrderStanding {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly version: number;
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
  await client.query(
    `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('order-changed', $1, $2)`,
    [orderId, new Date(nowMs)],
  );
}

export async function orderStanding(client: PoolClient, orderId: string): Promise<OrderStanding> {
  const found = await client.query<{ status: OrderStatus; version: number }>(
    'SELECT status, version FROM orders WHERE id = $1',
    [orderId],
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('order.not-found');
  return { orderId, status: row.status, version: row.version };
}
