import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { ClientBase } from 'pg';
import { isFinal, WAITING_STATUSES_SQL, type OrderStatus } from '#domain';
import type { CheckResult } from '#domain/stores';
import { orderWorkflowId } from '#workflows';
import type { RunningSystem } from './running-system.js';

const NAME = 'order-has-its-run';
const ORDERS_SAMPLED = 200;
const EVENTS_READ = 20_000;
/** How much of the time a server keeps ended runs is sure to be kept. */
const RETENTION_SHARE = 0.9;
const ASKED_AT_ONCE = 20;
const CONNECT_WITHIN_MS = 3_000;

const HAS_BEEN_STARTED = `
  NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'start-order' AND m.subject = o.id::text)`;
/** Of the newest orders those that wait, whose run is open, and those that have waited, whose run has been. */
const STARTED_ORDERS = `
  (SELECT o.id, o.order_no FROM orders o WHERE o.status IN ${WAITING_STATUSES_SQL} AND ${HAS_BEEN_STARTED}
   ORDER BY o.id DESC LIMIT ${ORDERS_SAMPLED})
  UNION
  (SELECT o.id, o.order_no FROM large_orders l JOIN orders o ON o.id = l.order_id
   WHERE l.phase <> 'ended' AND ${HAS_BEEN_STARTED} ORDER BY o.id DESC LIMIT ${ORDERS_SAMPLED})
  UNION ALL
  (SELECT o.id, o.order_no
   FROM (SELECT * FROM order_events ORDER BY id DESC LIMIT ${EVENTS_READ}) e JOIN orders o ON o.id = e.order_id
   WHERE e.from_status = 'processing' AND e.to_status <> 'processing' AND ${HAS_BEEN_STARTED}
     AND e.created_at > now() - $1 * interval '1 second'
   LIMIT ${ORDERS_SAMPLED})`;

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
  const { rows } = await databases.snapshot.query<StartedOrder>(STARTED_ORDERS, [
    RETENTION_SHARE * (await retentionSeconds(connection, namespace)),
  ]);
  const examples: string[] = [];
  for (let from = 0; from < rows.length; from += ASKED_AT_ONCE) {
    const some = rows.slice(from, from + ASKED_AT_ONCE);
    const faults = await Promise.all(some.map((order) => faultOf(client, databases.live, order)));
    examples.push(...faults.filter((fault) => fault !== undefined));
  }
  const durationMs = Date.now() - startedMs;
  return { ...nothing, looked: rows.length, violations: examples.length, examples, durationMs };
}

/** How long the server keeps a run that has ended. */
async function retentionSeconds(connection: Connection, namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
}

async function faultOf(
  client: Client,
  live: ClientBase,
  order: StartedOrder,
): Promise<string | undefined> {
  const state = await runStateOf(client, order.order_no);
  if (state === 'RUNNING') return undefined;
  const { rows } = await live.query<{ status: OrderStatus }>(
    'SELECT status FROM orders WHERE id = $1',
    [order.id],
  );
  const status = rows[0]?.status;
  const isOver = status !== undefined && isFinal(status);
  if (isOver && state !== 'missing') return undefined;
  return `order ${order.order_no} is ${status}, but its run ${orderWorkflowId(order.order_no)} is ${state}`;
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
