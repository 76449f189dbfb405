import type { PoolClient } from 'pg';
import { inTransaction, type AfterChange } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import type { Decision } from './decision.js';
import { planFor } from './advance-order.store.js';
import { tellRun } from './attempt-news.store.js';
import { MAY_STILL_DELIVER, OPEN_ATTEMPTS_SQL, type AttemptStatus } from './attempt-status.js';
import { nextOrderStep } from './order-supply.js';
import { readOrderSupply } from './order-supply.store.js';
import { settleWithin, type SupplyParts } from './settle-attempt.store.js';
import { tellReplenishment } from './stock-attempt.store.js';
import type { Settlement } from './settlement.js';
import { REFUND_UNSTATED, type SuppliedCard, type SupplyReport } from './supply-report.js';

export interface DecideAttempt {
  readonly attemptId: string;
  readonly decision: Decision;
  /** With `give-to`: who gets the units now. */
  readonly supplierCode?: string;
  /** With `succeeded` of cards: what the supplier handed out. */
  readonly cards?: readonly SuppliedCard[];
  readonly actorName: string;
  readonly nowMs: number;
}

/**
 * Settles an open attempt by a person's word. "Failed" and "give to" say that the supplier will not deliver: if it does
 * after all, that is booked as a late success. `afterChange` writes the audit in the same transaction. Throws
 * `attempt.not-found`, `attempt.not-open`, `attempt.cards-required`, `supplier.not-eligible`.
 */
export async function decideAttempt(
  parts: SupplyParts,
  command: DecideAttempt,
  afterChange: AfterChange,
): Promise<{ readonly status: AttemptStatus }> {
  return inTransaction(parts.pool, async (client) => {
    const attempt = await requireOpen(client, command);
    const { attemptId, decision, actorName, nowMs } = command;
    let status: AttemptStatus = attempt.status;
    if (decision === 'ask-again') await askAgainAbout(client, [attemptId], nowMs);
    else {
      const settlement = settlementOf(command);
      const told = { attemptId, settlement, source: 'person', nowMs, actorName } as const;
      ({ status } = await settleWithin(client, parts, told));
    }
    if (decision === 'give-to' && attempt.order_id !== null)
      await giveTo(client, parts, attempt.order_id, command);
    await afterChange(client);
    return { status };
  });
}

interface OpenAttempt {
  readonly status: AttemptStatus;
  readonly order_id: string | null;
}

async function requireOpen(
  client: PoolClient,
  { attemptId, decision, cards }: DecideAttempt,
): Promise<OpenAttempt> {
  const found = await client.query<OpenAttempt & { kind: 'card' | 'top-up' }>(
    'SELECT status, order_id, kind FROM attempts WHERE id = $1',
    [attemptId],
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('attempt.not-found');
  if (!MAY_STILL_DELIVER[row.status]) throw new DomainError('attempt.not-open');
  if (decision === 'succeeded' && row.kind === 'card' && (cards ?? []).length === 0)
    throw new DomainError('attempt.cards-required');
  return row;
}

function settlementOf({ decision, cards = [] }: DecideAttempt): Settlement {
  const report: SupplyReport = {
    said: decision === 'succeeded' ? 'succeeded' : 'failed',
    rawStatus: 'decided by a person',
    supplierOrderNo: undefined,
    cards,
    costHao: undefined,
    refund: REFUND_UNSTATED,
    message: '',
  };
  return {
    kind: 'verdict',
    verdict:
      decision === 'succeeded'
        ? { verdict: 'succeeded', report, surplus: 0 }
        : { verdict: 'failed', report },
  };
}

const ASK_AGAIN = `
  UPDATE attempts SET next_query_at = $2, updated_at = $2
  WHERE id = ANY($1::bigint[]) AND NOT may_send AND status IN ${OPEN_ATTEMPTS_SQL} RETURNING id, order_id, replenishment_id`;

/** Suppliers are asked about these attempts at once, as far as they are open; returns the ids of those. */
export async function askAgainAbout(
  client: PoolClient,
  attemptIds: readonly string[],
  nowMs: number,
): Promise<string[]> {
  const asked = await client.query<{
    id: string;
    order_id: string | null;
    replenishment_id: string | null;
  }>(ASK_AGAIN, [attemptIds, new Date(nowMs)]);
  const orderIds = new Set(asked.rows.map((row) => row.order_id));
  for (const orderId of orderIds) await tellRun(client, orderId, nowMs);
  const replenishmentIds = new Set(asked.rows.map((row) => row.replenishment_id));
  for (const id of replenishmentIds) await tellReplenishment(client, id, nowMs);
  return asked.rows.map(({ id }) => id);
}

/** The units that have just become free go to one source and no other, whatever the strategy says. */
async function giveTo(
  client: PoolClient,
  parts: SupplyParts,
  orderId: string,
  { supplierCode = '', nowMs }: DecideAttempt,
): Promise<void> {
  const order = await readOrderSupply(client, orderId);
  const { need } = nextOrderStep({ ...order, deadlineAtMs: null }, nowMs);
  if (!need) throw new DomainError('supplier.not-eligible', { supplierCode, reason: 'quantity' });
  const given = { freeUnits: need.freeUnits, triedRouteIds: [] };
  const planned = await planFor(parts, client, {
    order,
    need: given,
    nowMs,
    onlySupplier: supplierCode,
  });
  if (planned.length === 0)
    throw new DomainError('supplier.not-eligible', { supplierCode, reason: 'not-eligible' });
  await tellRun(client, orderId, nowMs);
}
