import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { UNIT_KEY_FACTOR } from '../order/unit-status.js';
import { DomainError } from '../shared/domain-error.js';
import { capAmount, type CompensationDecision } from './compensation.js';
import { lockBudgets } from './compensation-budget.store.js';
import { lockCompensation, readCase, readPolicy } from './compensation-facts.store.js';
import { faultOf, type ChargeBack, type CompensationCause } from './compensation-kind.js';
import { decideOpen, type WantedRemedy } from './decide-compensation.store.js';
import { budgetKeyOf, giveCompensation, noteCompensation } from './give-compensation.store.js';

export interface AskCompensation {
  readonly orderId: string;
  /** Units, or 0 for the order as a whole. */
  readonly unitNos: readonly number[];
  readonly cause: CompensationCause;
  readonly wanted?: WantedRemedy | undefined;
  readonly remark: string;
  readonly staffEmail: string;
  readonly nowMs: number;
}

export interface AskedCompensation extends CompensationDecision {
  readonly compensationId: string;
  readonly unitNo: number;
}

const READ_UNITS = `
  SELECT o.id, o.status, o.quantity, CASE WHEN o.origin_kind = 'replacement' THEN o.origin_order_id ELSE o.id END AS root_id
  FROM orders o WHERE o.id = $1`;

/** What the rules declined may be asked for again. */
const OPEN = `
  INSERT INTO compensations (order_id, root_order_id, unit_no, platform_id, product_id, customer_no, cause, fault, source,
    attempt_id, supplier_id, asked_by, remark, created_at)
  SELECT o.id, $2, $3, o.platform_id, o.product_id, o.customer_no, $4, $5, 'staff', a.id, a.supplier_id, $6, $7, $8
  FROM orders o LEFT JOIN deliveries d ON d.unit_id = o.id * ${UNIT_KEY_FACTOR} + $3::int AND $3 > 0 LEFT JOIN attempts a ON a.id = d.attempt_id
  WHERE o.id = $1
  ON CONFLICT (order_id, unit_no, cause) WHERE incident_compensation_id IS NULL DO UPDATE SET status = 'open', source = 'staff', asked_by = EXCLUDED.asked_by,
    remark = EXCLUDED.remark, decided_by = NULL, decided_at = NULL
  WHERE compensations.status = 'declined'
  RETURNING id`;

/**
 * What a person asks for, unit by unit: given at once where the limits allow it, otherwise left for a second person.
 * Throws `order.not-found`, `compensation.already-asked`, `compensation.bad-unit`.
 */
export async function askCompensation(
  pool: Pool,
  command: AskCompensation,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<AskedCompensation[]> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ root_id: string; quantity: number }>(READ_UNITS, [
      command.orderId,
    ]);
    const order = rows[0];
    if (!order) throw new DomainError('order.not-found');
    await client.query(
      'SELECT id FROM orders WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE',
      [[command.orderId, order.root_id]],
    );
    const asked: AskedCompensation[] = [];
    for (const unitNo of command.unitNos) {
      if (unitNo > order.quantity) throw new DomainError('compensation.bad-unit', { unitNo });
      asked.push(await askForUnit(client, command, { unitNo, rootOrderId: order.root_id }));
    }
    await afterChange(client);
    return asked;
  });
}

async function askForUnit(
  client: PoolClient,
  command: AskCompensation,
  { unitNo, rootOrderId }: { readonly unitNo: number; readonly rootOrderId: string },
): Promise<AskedCompensation> {
  const { orderId, cause, nowMs, staffEmail } = command;
  const isSupplied = await hasSupplier(client, orderId, unitNo);
  const { rows } = await client.query<{ id: string }>(OPEN, [
    orderId,
    rootOrderId,
    unitNo,
    cause,
    faultOf(cause, isSupplied),
    staffEmail,
    command.remark,
    new Date(nowMs),
  ]);
  const compensationId = rows[0]?.id;
  if (compensationId === undefined) throw new DomainError('compensation.already-asked', { unitNo });
  const one = await lockCompensation(client, compensationId);
  const actor = { kind: 'staff', name: staffEmail } as const;
  const decision = await decideOpen(client, one, { actor, nowMs, wanted: command.wanted });
  if (decision.outcome === 'give' && decision.remedy === 'replace')
    await client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('compensate', $1, $2)`,
      [compensationId, new Date(nowMs)],
    );
  return { ...decision, compensationId, unitNo };
}

async function hasSupplier(client: PoolClient, orderId: string, unitNo: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM deliveries WHERE unit_id = $1::bigint * ${UNIT_KEY_FACTOR} + $2::int AND attempt_id IS NOT NULL`,
    [orderId, unitNo],
  );
  return rowCount !== 0;
}

export interface AnswerProposal {
  readonly compensationId: string;
  readonly isApproved: boolean;
  readonly staffEmail: string;
  readonly nowMs: number;
}

const CHARGE_BACK = 'SELECT charge_back FROM compensation_rules WHERE id = $1';

const DECLINE = `
  UPDATE compensations SET status = 'declined', decided_by = $2, decided_at = $3 WHERE id = $1`;

/**
 * A second person's word on what is proposed; never the word of the one who asked. What was approved stands beside the
 * budgets. Throws `compensation.not-proposed`, `compensation.own-request`, `compensation.nothing-left`.
 */
export async function answerProposal(
  pool: Pool,
  command: AnswerProposal,
  afterChange: AfterChange = NOTHING_MORE,
): Promise<void> {
  const { nowMs, staffEmail } = command;
  await inTransaction(pool, async (client) => {
    const one = await lockCompensation(client, command.compensationId);
    if (one.status !== 'proposed' || one.remedy === null)
      throw new DomainError('compensation.not-proposed');
    const actor = { kind: 'staff', name: staffEmail } as const;
    if (!command.isApproved) {
      await client.query(DECLINE, [one.id, staffEmail, new Date(nowMs)]);
      await noteCompensation(client, one, { type: 'compensation-declined', actor, nowMs });
      return afterChange(client);
    }
    if (one.askedBy === staffEmail) throw new DomainError('compensation.own-request');
    const facts = await readCase(client, { ...one, isAsked: true, nowMs });
    const { amountHao } = capAmount(one.amountHao, facts.leftHao);
    if (amountHao <= 0) throw new DomainError('compensation.nothing-left');
    const policy = await readPolicy(client);
    if (policy) await lockBudgets(client, budgetKeyOf(one, nowMs), policy.limits);
    const rules = await client.query<{ charge_back: ChargeBack }>(CHARGE_BACK, [one.ruleId]);
    await giveCompensation(client, one, {
      remedy: one.remedy === 'replace' && !facts.canReplace ? 'refund' : one.remedy,
      amountHao,
      reasons: [...one.reasons, 'approved'],
      isApproved: true,
      chargeBack: rules.rows[0]?.charge_back ?? 'cost',
      policyId: one.policyId,
      ruleId: one.ruleId,
      actor,
      nowMs,
    });
    await client.query(
      `INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('compensate', $1, $2)`,
      [one.id, new Date(nowMs)],
    );
    await afterChange(client);
  });
}
