import type { PoolClient } from 'pg';
import { promisedCompensationsSql } from '../compensation/open-compensation.store.js';
import { settled } from '../database/sql.js';
import { owedCallbacksSql } from '../platform/owed-callback.store.js';
import { noteOrderEvent, mustTellRun, type News } from './attempt-news.store.js';
import type { Settlement, SettlementStep } from './settlement.js';
import { bookDelivery, bookFailure } from './supply-money.store.js';
import { countInBatch, storeSuppliedCards, type StoredCards } from './supplied-cards.store.js';

/** Ends an attempt's row. */
export const END_ATTEMPT = `
  UPDATE attempts SET status = $2, delivered_count = $3, surplus_count = $4, supplier_order_no = coalesce(supplier_order_no, $5),
    refusal_class = coalesce($6, refusal_class), outcome_code = coalesce($7, outcome_code),
    outcome_message = coalesce($8, outcome_message), settled_at = $9, next_query_at = NULL, person_reason = NULL,
    query_count = query_count + $10::int, may_send = false, updated_at = $9
  WHERE id = $1`;

/** Its end: cards into the vault, money booked, units delivered or freed. */
export async function endAttempt(
  news: News,
  step: SettlementStep & { step: 'end' },
): Promise<void> {
  const { client, attempt, command } = news;
  const { nowMs, settlement } = command;
  if (step.to === 'not-sent' && command.maySendAgain === true) return sendAgain(news);
  const units = attempt.orderId === null ? [] : await sourcedUnits(client, attempt.id);
  const stored = await storeSuppliedCards(news.parts.vault, client, {
    attempt,
    cards: attempt.kind === 'card' ? (step.report?.cards ?? []) : [],
    forUnits: Math.min(units.length, step.deliveredUnits),
    nowMs,
  });
  const isCard = attempt.kind === 'card';
  const deliveredUnits = units.slice(
    0,
    isCard ? stored.deliverableIds.length : step.deliveredUnits,
  );
  const ended = client.query(END_ATTEMPT, [
    attempt.id,
    step.to,
    ...countsOf(news, deliveredUnits.length, stored),
    step.report?.supplierOrderNo ?? null,
    ...reasonsOf(settlement),
    new Date(nowMs),
    command.source === 'query' ? 1 : 0,
  ]);
  const booked = bookEnd(news, step, stored.duplicateCount);
  const given =
    attempt.orderId === null
      ? Promise.resolve()
      : giveUnits(news, { units, deliveredUnits, cardIds: stored.deliverableIds });
  await settled([ended, booked, given]);
  await countInBatch(client, stored);
}

/** Delivered and surplus: cards bought for stock are not surplus up to what was wanted. */
function countsOf(
  { attempt }: News,
  deliveredUnits: number,
  { surplusCount }: StoredCards,
): [number, number] {
  if (attempt.orderId !== null) return [deliveredUnits, surplusCount];
  const wanted = Math.min(surplusCount, attempt.quantity);
  return [wanted, surplusCount - wanted];
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

/** Refusal, code and message, as far as the news tells them. */
const reasonsOf = (settlement: Settlement): (string | null)[] => [
  settlement.kind === 'rejected' ? settlement.refusal : null,
  'code' in settlement ? (settlement.code ?? null) : null,
  messageOf(settlement),
];

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
  ), ${owedCallbacksSql('ended', '$6')}, ${promisedCompensationsSql({ source: 'ended', at: '$6', cause: 'late' })}, outbox AS (
    INSERT INTO outbox_messages (kind, subject, not_before)
    SELECT 'order-changed', id::text, $6 FROM moved WHERE $8::boolean
  )
  SELECT 1 / ((SELECT count(*) FROM given) = cardinality($2::bigint[])
    AND (SELECT count(*) FROM freed_units) = cardinality($3::bigint[]) AND (SELECT count(*) FROM moved) = 1)::int AS all_moved`;

/** Delivers the attempt's units, frees the others, and ends the order where nothing is missing any more. */
async function giveUnits(
  news: News,
  given: {
    readonly units: readonly string[];
    readonly deliveredUnits: readonly string[];
    readonly cardIds: readonly string[];
  },
): Promise<void> {
  const { client, attempt, command, step } = news;
  const { units, deliveredUnits, cardIds } = given;
  const status = 'to' in step ? step.to : attempt.status;
  const noted = noteOrderEvent(client, attempt, {
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
  const moved = client.query(GIVE, [
    attempt.orderId,
    deliveredUnits,
    units.slice(deliveredUnits.length),
    deliveredUnits.map((_, index) => cardIds[index] ?? null),
    attempt.id,
    new Date(command.nowMs),
    attempt.supplierCode,
    mustTellRun(news),
  ]);
  await settled([noted, moved]);
}
