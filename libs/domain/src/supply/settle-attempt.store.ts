import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import { LOCK_PRODUCTS } from '../inventory/product-lock.store.js';
import type { OrderStatus } from '../order/order-status.js';
import { DomainError } from '../shared/domain-error.js';
import type { CardVault } from '../vault/card-vault.js';
import type { AttemptStatus } from './attempt-status.js';
import { lockAttempt, type LockedAttempt } from './attempt-facts.store.js';
import { nextQueryAtMs, supplierClock } from './query-plan.js';
import {
  settlementStep,
  type Settlement,
  type SettlementSource,
  type SettlementStep,
} from './settlement.js';
import { bookDelivery, bookFailure, bookReversal } from './supply-money.store.js';
import { storeSuppliedCards } from './supplied-cards.store.js';

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

export interface Settled {
  readonly status: AttemptStatus;
  /** False where nothing was new. */
  readonly changed: boolean;
  /** It says the opposite of what is settled: worth asking. */
  readonly contradicts: boolean;
  /** How the order stands after it; undefined for purchases of stock. */
  readonly order:
    | { readonly orderId: string; readonly status: OrderStatus; readonly version: number }
    | undefined;
}

/**
 * Writes down what was learnt of an attempt, with everything that follows: cards into the vault, units delivered or
 * freed, the order's end, money, claims, callbacks. One transaction; the same news again changes nothing. Locks in the
 * order all scripts keep: product, order, attempt. Throws `attempt.not-found`.
 */
export function settleAttempt(parts: SupplyParts, command: SettleAttempt): Promise<Settled> {
  return inTransaction(parts.pool, async (client) => {
    await lockProductOf(client, command.attemptId);
    const attempt = await lockAttempt(client, command.attemptId);
    const step = settlementStep(attempt.status, command.settlement, {
      quantity: attempt.quantity,
      source: command.source,
    });
    const news: News = { client, parts, attempt, command, step };
    await takeStep(news);
    if (attempt.orderId === null) return settledOf(news, undefined);
    return settledOf(news, await orderStanding(client, attempt.orderId));
  });
}

interface News {
  readonly client: PoolClient;
  readonly parts: SupplyParts;
  readonly attempt: LockedAttempt;
  readonly command: SettleAttempt;
  readonly step: SettlementStep;
}

const isNews = ({ step }: SettlementStep): boolean =>
  step !== 'nothing' && step !== 'contradiction';

function settledOf({ attempt, step }: News, order: Settled['order']): Settled {
  return {
    status: 'to' in step ? step.to : attempt.status,
    changed: isNews(step),
    contradicts: step.step === 'contradiction',
    order,
  };
}

async function lockProductOf(client: PoolClient, attemptId: string): Promise<void> {
  const found = await client.query<{ code: string }>(
    'SELECT p.code FROM attempts a JOIN products p ON p.id = a.product_id WHERE a.id = $1',
    [attemptId],
  );
  const code = found.rows[0]?.code;
  if (code === undefined) throw new DomainError('attempt.not-found');
  await client.query(LOCK_PRODUCTS, [[code]]);
}

async function takeStep(news: News): Promise<void> {
  const { step } = news;
  switch (step.step) {
    case 'end':
      return endAttempt(news, step);
    case 'late':
      return takeLateSuccess(news, step);
    case 'reverse':
      return takeReversal(news, step);
    case 'refund':
      return bookFailure(news.client, news.attempt, step.report, news.command.nowMs);
    case 'move':
    case 'not-found':
    case 'person':
    case 'nothing':
    case 'contradiction':
      return noteProgress(news);
  }
}

const NOTE = `
  UPDATE attempts SET status = $2, supplier_order_no = coalesce(supplier_order_no, $3),
    unknown_cause = coalesce($4, unknown_cause), outcome_code = coalesce($5, outcome_code),
    outcome_message = coalesce($6, outcome_message), first_not_found_at = $7, query_count = query_count + $8::int,
    next_query_at = $9, person_reason = $10, updated_at = $11
  WHERE id = $1`;

/** The attempt stays open: when to ask next, and whether a person should look at it. */
async function noteProgress({ client, parts, attempt, command, step }: News): Promise<void> {
  const { settlement, source, nowMs } = command;
  if (!attempt.isOpen) return;
  const clock = supplierClock(attempt.sentAtMs ?? nowMs, parts.clockSpeed);
  const isQuery = source === 'query';
  const firstNotFoundAtMs = step.step === 'not-found' ? step.firstNotFoundAtMs : undefined;
  const queryCount = attempt.queryCount + (isQuery ? 1 : 0);
  const nextMs = nextQueryAtMs({
    sentAtMs: attempt.sentAtMs ?? nowMs,
    nowMs: clock.toSupplierMs(nowMs),
    queryCount,
    firstAfterMs: attempt.firstQueryAfterMs,
    everyMs: attempt.queryEveryMs,
    graceMs: attempt.graceMs,
    firstNotFoundAtMs,
  });
  const isPerson = step.step === 'person';
  const isForgotten = isPerson && step.because === 'outside-history';
  await client.query(NOTE, [
    attempt.id,
    step.step === 'move' ? step.to : attempt.status,
    settlement.kind === 'accepted' ? (settlement.supplierOrderNo ?? null) : null,
    settlement.kind === 'unknown' ? settlement.cause : null,
    'code' in settlement ? (settlement.code ?? null) : null,
    'message' in settlement ? settlement.message.slice(0, 300) : null,
    firstNotFoundAtMs === undefined ? null : new Date(clock.toRealMs(firstNotFoundAtMs)),
    isQuery ? 1 : 0,
    isForgotten ? null : new Date(clock.toRealMs(nextMs)),
    isPerson ? step.because : attempt.personReason,
    new Date(nowMs),
  ]);
  if (isPerson && attempt.personReason === null)
    await noteOrderEvent(client, attempt, {
      type: 'supply-undecided',
      command,
      detail: {
        attemptNo: attempt.attemptNo,
        supplier: attempt.supplierCode,
        reason: step.because,
      },
    });
  // A query's answer is told to the run by its activity; anybody else leaves word.
  if (source !== 'query' && source !== 'call') await tellRun(client, attempt.orderId, nowMs);
}

const END = `
  UPDATE attempts SET status = $2, delivered_count = $3, surplus_count = $4, supplier_order_no = coalesce(supplier_order_no, $5),
    refusal_class = coalesce($6, refusal_class), outcome_code = coalesce($7, outcome_code),
    outcome_message = coalesce($8, outcome_message), settled_at = $9, next_query_at = NULL, person_reason = NULL,
    query_count = query_count + $10::int, may_send = false, updated_at = $9
  WHERE id = $1`;

async function endAttempt(news: News, step: SettlementStep & { step: 'end' }): Promise<void> {
  const { client, attempt, command } = news;
  const { nowMs, settlement } = command;
  if (step.to === 'not-sent' && command.maySendAgain === true) return sendAgain(news);
  const units = attempt.orderId === null ? [] : await sourcedUnits(client, attempt.id);
  const wantedCards = attempt.kind === 'card' ? (step.report?.cards ?? []) : [];
  const stored = await storeSuppliedCards(news.parts.vault, client, {
    attempt,
    cards: wantedCards,
    forUnits: Math.min(units.length, step.deliveredUnits),
    nowMs,
  });
  const deliveredUnits =
    attempt.kind === 'card'
      ? units.slice(0, stored.deliverableIds.length)
      : units.slice(0, step.deliveredUnits);
  const deliveredCount = attempt.orderId === null ? stored.surplusCount : deliveredUnits.length;
  await client.query(END, [
    attempt.id,
    step.to,
    Math.min(deliveredCount, attempt.quantity),
    attempt.orderId === null
      ? Math.max(0, stored.surplusCount - attempt.quantity)
      : stored.surplusCount,
    step.report?.supplierOrderNo ?? null,
    settlement.kind === 'rejected' ? settlement.refusal : null,
    codeOf(settlement),
    messageOf(settlement),
    new Date(nowMs),
    command.source === 'query' ? 1 : 0,
  ]);
  await bookEnd(news, step, stored.duplicateCount);
  if (attempt.orderId !== null)
    await giveUnits(news, {
      units,
      deliveredUnits,
      cardIds: attempt.kind === 'card' ? stored.deliverableIds : [],
    });
}

function bookEnd(
  { client, attempt, command }: News,
  step: SettlementStep & { step: 'end' },
  duplicateCount: number,
): Promise<void> {
  if (step.to === 'succeeded' || step.to === 'partial')
    return bookDelivery(client, attempt, {
      report: step.report,
      receivedUnits: step.deliveredUnits,
      duplicateCount,
      isLate: false,
      nowMs: command.nowMs,
    });
  return step.report ? bookFailure(client, attempt, step.report, command.nowMs) : Promise.resolve();
}

/** Nothing left us: the same number may go out again, after a short pause. */
async function sendAgain({ client, attempt, command }: News): Promise<void> {
  await client.query(
    `UPDATE attempts SET may_send = true, next_query_at = $2, outcome_message = $3, updated_at = $4 WHERE id = $1`,
    [
      attempt.id,
      new Date(command.nowMs + 1_000 * 2 ** attempt.sendCount),
      messageOf(command.settlement),
      new Date(command.nowMs),
    ],
  );
}

const codeOf = (settlement: Settlement): string | null =>
  'code' in settlement ? (settlement.code ?? null) : null;

function messageOf(settlement: Settlement): string | null {
  if (settlement.kind === 'not-sent') return settlement.reason.slice(0, 300);
  if ('message' in settlement) return settlement.message.slice(0, 300);
  return null;
}

async function sourcedUnits(client: PoolClient, attemptId: string): Promise<string[]> {
  const found = await client.query<{ id: string }>(
    `SELECT id FROM order_units WHERE attempt_id = $1 AND status = 'sourcing' ORDER BY unit_no FOR UPDATE`,
    [attemptId],
  );
  return found.rows.map((row) => row.id);
}

const GIVE = `
  WITH delivered_units AS (
    UPDATE order_units SET status = 'delivered' WHERE id = ANY($2::bigint[]) AND status = 'sourcing' RETURNING id, order_id, unit_no
  ), freed_units AS (
    UPDATE order_units SET status = 'pending' WHERE id = ANY($3::bigint[]) AND status = 'sourcing' RETURNING id
  ), given AS (
    INSERT INTO deliveries (unit_id, order_id, unit_no, card_id, attempt_id, delivered_at)
    SELECT u.id, u.order_id, u.unit_no, r.card_id, $5, $6
    FROM unnest($2::bigint[], $4::bigint[]) AS r(unit_id, card_id) JOIN delivered_units u ON u.id = r.unit_id
    RETURNING unit_id
  ), moved AS (
    UPDATE orders o SET delivered_quantity = o.delivered_quantity + cardinality($2::bigint[]),
      sourcing_quantity = o.sourcing_quantity - cardinality($2::bigint[]) - cardinality($3::bigint[]),
      status = CASE WHEN o.delivered_quantity + cardinality($2::bigint[]) = o.quantity THEN 'succeeded' ELSE o.status END,
      deadline_at = CASE WHEN o.delivered_quantity + cardinality($2::bigint[]) = o.quantity THEN NULL ELSE o.deadline_at END,
      version = o.version + 1, updated_at = $6
    FROM (SELECT id, status AS from_status FROM orders WHERE id = $1) AS old
    WHERE o.id = old.id
    RETURNING o.id, o.order_no, o.version, o.callback_url, o.reply_until, o.status, old.from_status
  ), ended AS (
    SELECT * FROM moved WHERE status = 'succeeded'
  ), events AS (
    INSERT INTO order_events (order_id, type, from_status, to_status, actor_kind, actor_name, detail, created_at)
    SELECT id, 'delivered', from_status, status, 'supplier', $7, json_build_object('quantity', cardinality($2::bigint[])), $6 FROM ended
  ), ${owedCallbacksSql('ended', '$6')}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 'order-changed', id::text, $6 FROM moved WHERE $8::boolean OR status = 'succeeded'
  )
  SELECT 1 / ((SELECT count(*) FROM given) = cardinality($2::bigint[])
    AND (SELECT count(*) FROM freed_units) = cardinality($3::bigint[]) AND (SELECT count(*) FROM moved) = 1)::int AS all_moved`;

/** Delivers the attempt's units, frees the others, and ends the order where nothing is missing any more. */
async function giveUnits(
  { client, attempt, command, step }: News,
  given: {
    readonly units: readonly string[];
    readonly deliveredUnits: readonly string[];
    readonly cardIds: readonly string[];
  },
): Promise<void> {
  const { units, deliveredUnits, cardIds } = given;
  const status = 'to' in step ? step.to : attempt.status;
  await noteOrderEvent(client, attempt, {
    type: command.source === 'person' ? 'supply-decided' : 'supply-settled',
    command,
    detail: {
      attemptNo: attempt.attemptNo,
      supplier: attempt.supplierCode,
      result: status,
      quantity: deliveredUnits.length,
      source: command.source,
    },
  });
  const isForeign = command.source === 'notification' || command.source === 'person';
  await client.query(GIVE, [
    attempt.orderId,
    deliveredUnits,
    units.slice(deliveredUnits.length),
    deliveredUnits.map((_, index) => cardIds[index] ?? null),
    attempt.id,
    new Date(command.nowMs),
    attempt.supplierCode,
    isForeign,
  ]);
}

/** Cards go to surplus stock, a top-up opens a claim; both are paid for. */
async function takeLateSuccess(news: News, step: SettlementStep & { step: 'late' }): Promise<void> {
  const { client, attempt, command } = news;
  const stored = await storeSuppliedCards(news.parts.vault, client, {
    attempt,
    cards: attempt.kind === 'card' ? step.report.cards : [],
    forUnits: 0,
    nowMs: command.nowMs,
  });
  await client.query(END, [
    attempt.id,
    step.to,
    0,
    stored.surplusCount,
    step.report.supplierOrderNo ?? null,
    null,
    null,
    null,
    new Date(command.nowMs),
    command.source === 'query' ? 1 : 0,
  ]);
  await bookDelivery(client, attempt, {
    report: step.report,
    receivedUnits: step.deliveredUnits,
    duplicateCount: stored.duplicateCount,
    isLate: true,
    nowMs: command.nowMs,
  });
  await noteOrderEvent(client, attempt, {
    type: 'supply-settled',
    command,
    detail: {
      attemptNo: attempt.attemptNo,
      supplier: attempt.supplierCode,
      result: 'late-success',
      quantity: step.deliveredUnits,
      source: command.source,
    },
  });
}

async function takeReversal(
  { client, attempt, command }: News,
  step: SettlementStep & { step: 'reverse' },
): Promise<void> {
  await client.query(
    `UPDATE attempts SET status = 'reversed', settled_at = $2, updated_at = $2 WHERE id = $1`,
    [attempt.id, new Date(command.nowMs)],
  );
  await bookReversal(client, attempt, step.report, command.nowMs);
  await noteOrderEvent(client, attempt, {
    type: 'supply-settled',
    command,
    detail: {
      attemptNo: attempt.attemptNo,
      supplier: attempt.supplierCode,
      result: 'reversed',
      quantity: attempt.deliveredCount,
      source: command.source,
    },
  });
}

async function noteOrderEvent(
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

async function orderStanding(client: PoolClient, orderId: string): Promise<Settled['order']> {
  const found = await client.query<{ status: OrderStatus; version: number }>(
    'SELECT status, version FROM orders WHERE id = $1',
    [orderId],
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('order.not-found');
  return { orderId, status: row.status, version: row.version };
}
