import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { ClientBase } from 'pg';
import { isFinal, type OrderStatus } from '#domain';
import type { CheckResult } from '#domain/stores';
import { orderWorkflowId } from '#workflows';
import type { RunningSystem } from './running-system.js';

const NAME = 'waiting-order-has-its-run';
const ORDERS_SAMPLED = 200;
const ASKED_AT_ONCE = 20;
const CONNECT_WITHIN_MS = 3_000;

/** A waiting order without an outbox row was started: its run must exist and be open. */
const STARTED_ORDERS = `
  SELECT o.id, o.order_no FROM orders o
  WHERE o.status IN ('accepted', 'held', 'awaiting-payment', 'processing')
    AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'start-order' AND m.subject = o.id::text)
  ORDER BY o.id DESC LIMIT ${ORDERS_SAMPLED}`;

interface StartedOrder {
  id: string;
  order_no: string;
}

/** Undefined where Temporal does not answer. */
export async function reachTemporal(system: RunningSystem): Promise<Connection | undefined> {
  const options = { address: system.temporalAddress, connectTimeout: CONNECT_WITHIN_MS };
  const connection = await Connection.connect(options).catch(() => undefined);
  try {
    await connection?.withDeadline(Date.now() + CONNECT_WITHIN_MS, () =>
      connection.workflowService.describeNamespace({ namespace: system.temporalNamespace }),
    );
    return connection;
  } catch {
    await connection?.close();
    return undefined;
  }
}

/**
 * `snapshot` tells which orders should have a run; `live` tells whether one has ended in the meantime, because Temporal
 * is asked a little later than the database.
 */
export async function checkWorkflowRuns(
  databases: { readonly snapshot: ClientBase; readonly live: ClientBase },
  connection: Connection | undefined,
  namespace: string,
): Promise<CheckResult> {
  const startedMs = Date.now();
  const nothing = { name: NAME, looked: 0, violations: 0, examples: [], durationMs: 0 };
  if (!connection) return { ...nothing, skipped: 'not looked: Temporal is away' };
  const client = new Client({ connection, namespace });
  const { rows } = await databases.snapshot.query<StartedOrder>(STARTED_ORDERS);
  const examples: string[] = [];
  for (let from = 0; from < rows.length; from += ASKED_AT_ONCE) {
    const some = rows.slice(from, from + ASKED_AT_ONCE);
    const states = await Promise.all(some.map((order) => runStateOf(client, order.order_no)));
    for (const [index, order] of some.entries()) {
      const state = states[index];
      if (state === 'RUNNING' || (await hasEnded(databases.live, order.id))) continue;
      examples.push(
        `order ${order.order_no} waits, but its run ${orderWorkflowId(order.order_no)} is ${state}`,
      );
    }
  }
  const durationMs = Date.now() - startedMs;
  return { ...nothing, looked: rows.length, violations: examples.length, examples, durationMs };
}

async function runStateOf(client: Client, orderNo: string): Promise<string> {
  try {
    const run = await client.workflow.getHandle(orderWorkflowId(orderNo)).describe();
    return run.status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'missing';
    throw error;
  }
}

async function hasEnded(live: ClientBase, orderId: string): Promise<boolean> {
  const { rows } = await live.query<{ status: OrderStatus }>(
    'SELECT status FROM orders WHERE id = $1',
    [orderId],
  );
  const status = rows[0]?.status;
  return status !== undefined && isFinal(status);
}
