import type { PoolClient } from 'pg';
import { POSTING_KEY_FACTOR, type EntryKind } from '../money/posting.js';
import { accountsOfRecipe, recipeVersionOf } from '../money/recipe.js';
import type { IncidentTerms } from './incident-gift.js';

/** The bulk compensation that gives. */
export interface GiftRun extends IncidentTerms {
  readonly id: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly incidentNo: string;
}

/** What one order of a batch gets; its row is locked. */
export interface OrderGift {
  readonly orderId: string;
  readonly platformId: string;
  readonly productId: string;
  readonly customerNo: string | null;
  readonly deliveredQuantity: number;
  readonly amountHao: number;
}

const COMPENSATIONS = `
  INSERT INTO compensations (order_id, root_order_id, platform_id, product_id, customer_no, cause, fault, source, status, remedy,
    amount_hao, reasons, asked_by, remark, decided_by, incident_compensation_id, created_at, decided_at, done_at)
  SELECT r.order_id, r.order_id, r.platform_id, r.product_id, r.customer_no, 'incident', 'ours', 'incident', 'done', $6, r.amount_hao,
    '{by-staff,approved}', $7, $8, $7, $9::bigint, $10, $10, $10
  FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) AS r(order_id, platform_id, product_id, customer_no, amount_hao)
  RETURNING id, order_id AS "orderId"`;

/** Money to the balances of the platforms: a compensation and an entry of the ledger for each order. */
export async function giveMoney(
  client: PoolClient,
  run: GiftRun,
  gifts: readonly OrderGift[],
  nowMs: number,
): Promise<void> {
  const made = await client.query<{ id: string; orderId: string }>(COMPENSATIONS, [
    ...columnsOf(gifts),
    run.remedy,
    run.askedBy,
    remarkOf(run),
    run.id,
    new Date(nowMs),
  ]);
  const idOf = new Map(made.rows.map(({ id, orderId }) => [orderId, id]));
  await book(client, {
    kind: 'compensation',
    gifts: gifts.map((gift) => ({
      ...gift,
      key: `compensation:${idOf.get(gift.orderId) ?? ''}`,
      recordId: idOf.get(gift.orderId) ?? '',
    })),
    resource: 'Compensation',
    nowMs,
  });
  await note(client, run, gifts, nowMs);
}

const ENTITLEMENTS = `
  INSERT INTO service_entitlements (order_id, platform_id, customer_no, quantity, cost_hao, days, incident_compensation_id, granted_at)
  SELECT r.order_id, r.platform_id, r.customer_no, r.quantity, r.cost_hao, $6::int, $7::bigint, $8
  FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::int[]) AS r(order_id, platform_id, customer_no, cost_hao, quantity)
  RETURNING id, order_id AS "orderId"`;

/** Days of service, with what they cost us booked as owed. */
export async function giveServiceDays(
  client: PoolClient,
  run: GiftRun,
  gifts: readonly OrderGift[],
  nowMs: number,
): Promise<void> {
  const made = await client.query<{ id: string; orderId: string }>(ENTITLEMENTS, [
    gifts.map(({ orderId }) => orderId),
    gifts.map(({ platformId }) => platformId),
    gifts.map(({ customerNo }) => customerNo),
    gifts.map(({ amountHao }) => amountHao),
    gifts.map(({ deliveredQuantity }) => deliveredQuantity),
    run.days,
    run.id,
    new Date(nowMs),
  ]);
  const idOf = new Map(made.rows.map(({ id, orderId }) => [orderId, id]));
  await book(client, {
    kind: 'service-days',
    gifts: gifts.map((gift) => ({
      ...gift,
      key: `service-days:${idOf.get(gift.orderId) ?? ''}`,
      recordId: idOf.get(gift.orderId) ?? '',
    })),
    resource: 'ServiceEntitlement',
    nowMs,
  });
  await note(client, run, gifts, nowMs);
}

const columnsOf = (gifts: readonly OrderGift[]) => [
  gifts.map(({ orderId }) => orderId),
  gifts.map(({ platformId }) => platformId),
  gifts.map(({ productId }) => productId),
  gifts.map(({ customerNo }) => customerNo),
  gifts.map(({ amountHao }) => amountHao),
];

const remarkOf = (run: GiftRun): string => `${run.incidentNo} ${run.reason}`.slice(0, 500);

interface Booking {
  readonly kind: EntryKind;
  readonly resource: string;
  readonly gifts: readonly (OrderGift & { readonly key: string; readonly recordId: string })[];
  readonly nowMs: number;
}

/** Entries of two lines each, and their postings. A key that is there already is a mistake: then nothing is written. */
const ENTRIES = `
  WITH given AS (
    SELECT r.*, d.id AS debit_id, c.id AS credit_id
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::bigint[]) AS r(key, record_id, order_id, platform_id, amount_hao)
    JOIN ledger_accounts d ON d.kind = $6 AND d.platform_id IS NULL
    JOIN ledger_accounts c ON c.kind = $7 AND (c.platform_id IS NULL OR c.platform_id = r.platform_id)
    ORDER BY r.order_id
  ), entries AS (
    INSERT INTO ledger_entries (idempotency_key, kind, order_id, posted_at, resource, record_id, recipe_version)
    SELECT key, $8, order_id, $9, $10, record_id, $11 FROM given RETURNING id, idempotency_key
  )
  INSERT INTO ledger_postings (id, entry_id, line_no, account_id, amount_hao)
  SELECT e.id * ${POSTING_KEY_FACTOR} + l.line_no, e.id, l.line_no, l.account_id, l.amount_hao
  FROM entries e JOIN given g ON g.key = e.idempotency_key,
    LATERAL (VALUES (1, g.debit_id, g.amount_hao), (2, g.credit_id, -g.amount_hao)) AS l(line_no, account_id, amount_hao)`;

/** Last of all, in the order in which everybody locks them. */
const LOCK_BALANCES = `
  SELECT id FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
const MOVE_BALANCES = `
  UPDATE ledger_accounts a SET balance_hao = a.balance_hao + m.sum_hao
  FROM (SELECT platform_id, sum(amount_hao) AS sum_hao FROM unnest($1::uuid[], $2::bigint[]) AS r(platform_id, amount_hao)
    GROUP BY platform_id) m
  WHERE a.kind = 'platform-balance' AND a.platform_id = m.platform_id`;

async function book(client: PoolClient, { kind, resource, gifts, nowMs }: Booking): Promise<void> {
  const { debit, credit } = accountsOfRecipe(kind);
  const platformIds = gifts.map(({ platformId }) => platformId);
  const amounts = gifts.map(({ amountHao }) => amountHao);
  const booked = await client.query(ENTRIES, [
    gifts.map(({ key }) => key),
    gifts.map(({ recordId }) => recordId),
    gifts.map(({ orderId }) => orderId),
    platformIds,
    amounts,
    debit,
    credit,
    kind,
    new Date(nowMs),
    resource,
    recipeVersionOf(kind),
  ]);
  if (booked.rowCount !== gifts.length * 2)
    throw new Error(`${gifts.length} gifts made ${booked.rowCount} postings`);
  if (credit !== 'platform-balance') return;
  await client.query(LOCK_BALANCES, [platformIds]);
  await client.query(MOVE_BALANCES, [platformIds, amounts]);
}

const EVENTS = `
  INSERT INTO order_events (order_id, type, actor_kind, actor_name, detail, created_at)
  SELECT r.order_id, $3, 'staff', $4, jsonb_strip_nulls($5::jsonb || jsonb_build_object('amountHao', r.amount_hao)), $6
  FROM unnest($1::bigint[], $2::bigint[]) AS r(order_id, amount_hao)`;

/** A line in each order's story. */
async function note(
  client: PoolClient,
  run: GiftRun,
  gifts: readonly OrderGift[],
  nowMs: number,
): Promise<void> {
  const isTime = run.remedy === 'service-days';
  const detail = isTime
    ? { incidentNo: run.incidentNo, days: run.days }
    : { cause: 'incident', remedy: run.remedy, incidentNo: run.incidentNo };
  await client.query(EVENTS, [
    gifts.map(({ orderId }) => orderId),
    // What days of service cost us is no business of who reads the order's story.
    gifts.map(({ amountHao }) => (isTime ? null : amountHao)),
    isTime ? 'service-extended' : 'compensated',
    run.askedBy,
    JSON.stringify(detail),
    new Date(nowMs),
  ]);
}
