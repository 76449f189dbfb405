import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { endOrderIn } from '../order/end-order.store.js';
import type { Actor } from '../order/order-event-type.js';
import type { CancelCode, OrderStatus } from '../order/order-status.js';
import { wakeRelay } from '../outbox/wake.store.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import type { LargeOrderPhase } from './large-order-phase.js';
import { lockLargeOrder, type LockedLargeOrder } from './locked-large-order.store.js';
import {
  acceptDelivered,
  awaitAcceptance,
  beginStage,
  closeDelivered,
  pauseOrder,
  releaseStage,
  remindOfPayment,
  type Stepping,
} from './stage-effects.store.js';
import { nextStageStep, type StageStep } from './stage-step.js';

/** How a large order stands after all that is due now. */
export interface LargeOrderStanding {
  readonly status: OrderStatus;
  readonly version: number;
  readonly phase: LargeOrderPhase;
  readonly stageNo: number;
  readonly isPaused: boolean;
  readonly dueAtMs: number | null;
  /** When to look again at the latest; null where only news can change anything. */
  readonly wakeAtMs: number | null;
}

export interface AdvanceLargeOrder {
  readonly orderId: string;
  readonly actor: Actor;
  readonly nowMs: number;
  /** The order's run does it and knows: it need not be told. */
  readonly isOfRun?: boolean;
}

/** More steps than this at once mean that two of them undo each other. */
const STEPS_MAX = 100;

/**
 * Does all that is due for a large order, money before clocks, in one transaction. May run as often as anybody likes, by
 * its run, by a sweep and by whoever has recorded something. Throws `large-order.not-found`.
 */
export function advanceLargeOrder(
  pool: Pool,
  command: AdvanceLargeOrder,
): Promise<LargeOrderStanding> {
  return inTransaction(pool, (client) => advanceLargeOrderIn(client, command, false));
}

/** The same inside the caller's transaction, which has changed something that the platform can see where it says so. */
export async function advanceLargeOrderIn(
  client: PoolClient,
  command: AdvanceLargeOrder,
  isChanged: boolean,
): Promise<LargeOrderStanding> {
  let mustTell = isChanged;
  for (let count = 0; count < STEPS_MAX; count += 1) {
    const large = await lockLargeOrder(client, command.orderId);
    const step = nextStageStep(large, command.nowMs);
    if (step.kind === 'wait') {
      if (mustTell) await tellPlatform(client, command);
      return rest(client, large, step.wakeAtMs, mustTell);
    }
    const stepping = { client, large, actor: command.actor, nowMs: command.nowMs };
    const tells = await takeStep(stepping, step);
    mustTell = tells === 'told' ? false : mustTell || tells === 'tell';
  }
  throw new Error(`order ${command.orderId} does not come to rest`);
}

/** Answers whether the platform is to be told, or was told by the step itself. */
async function takeStep(stepping: Stepping, step: StageStep): Promise<'tell' | 'told' | 'silent'> {
  switch (step.kind) {
    case 'close':
      await closeDelivered(stepping);
      return 'silent';
    case 'end':
      await endLargeOrder(stepping, step.because);
      return 'told';
    case 'begin-stage':
      await beginStage(stepping, step.stageNo);
      return 'tell';
    case 'release':
      return (await releaseStage(stepping)) ? 'told' : 'tell';
    case 'await-acceptance':
      await awaitAcceptance(stepping);
      return 'tell';
    case 'accept':
      await acceptDelivered({ ...stepping, actor: { kind: 'system', name: 'clock' } });
      return 'tell';
    case 'pause':
      await pauseOrder(stepping);
      return 'tell';
    case 'remind':
      await remindOfPayment(stepping, step.rung);
      return 'tell';
    case 'wait':
      return 'silent';
  }
}

async function endLargeOrder(
  { client, large, actor, nowMs }: Stepping,
  because: 'cancel' | 'overdue',
): Promise<void> {
  const asked = await client.query<{ cancel_code: CancelCode | null }>(
    'SELECT cancel_code FROM orders WHERE id = $1',
    [large.orderId],
  );
  const cancelCode = asked.rows[0]?.cancel_code ?? 'cancelled-by-staff';
  await endOrderIn(client, {
    orderId: large.orderId,
    to: 'cancelled',
    failCode: because === 'overdue' ? 'payment-overdue' : cancelCode,
    actor,
    nowMs,
  });
}

const TELL = `
  WITH moved AS (
    UPDATE orders SET version = version + 1, updated_at = $2 WHERE id = $1
    RETURNING id, order_no, version, callback_url, reply_until
  ), ${owedCallbacksSql('moved', '$2')}
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'order-changed', id::text, $2 FROM moved WHERE $3::boolean`;

/** One new version and one callback for all that has changed in the transaction. */
async function tellPlatform(
  client: PoolClient,
  { orderId, nowMs, isOfRun = false }: AdvanceLargeOrder,
): Promise<void> {
  await client.query(TELL, [orderId, new Date(nowMs), !isOfRun]);
  if (!isOfRun) await wakeRelay(client, 'order-changed');
}

async function rest(
  client: PoolClient,
  large: LockedLargeOrder,
  wakeAtMs: number | null,
  isTold: boolean,
): Promise<LargeOrderStanding> {
  await client.query(
    `UPDATE large_orders SET next_at = $2 WHERE order_id = $1 AND next_at IS DISTINCT FROM $2`,
    [large.orderId, wakeAtMs === null ? null : new Date(wakeAtMs)],
  );
  const { status, phase, stageNo, isPaused, dueAtMs } = large;
  const version = large.version + (isTold ? 1 : 0);
  return { status, version, phase, stageNo, isPaused, dueAtMs, wakeAtMs };
}
