import type { PoolClient } from 'pg';
import { bookMove } from '../money/book-entry.store.js';
import { DomainError } from '../shared/domain-error.js';
import { invariant } from '../shared/assert.js';
import { requireHao } from '../shared/money.js';
import type { PaymentSource } from './statement-kinds.js';
import {
  changeStatement,
  lockStatement,
  noteEvent,
  type StatementStand,
} from './statement-row.store.js';
import { isStatementSettled } from './statement-status.js';

export interface StatementPaid {
  readonly statementId: string;
  readonly amountHao: number;
  readonly source: PaymentSource;
  readonly bankReference: string;
  readonly receivedOn: string;
  readonly note: string | null;
  readonly actor: string;
  readonly nowMs: number;
}

const PAY = `
  INSERT INTO statement_payments (statement_id, amount_hao, source, bank_reference, received_on, note, recorded_by, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (bank_reference) DO NOTHING RETURNING id`;
const PAYMENT =
  'SELECT statement_id, amount_hao::text AS amount FROM statement_payments WHERE bank_reference = $1';

/**
 * Money came in for a statement, whole or in part. The bank's number counts once: the same payment again changes nothing,
 * another one under its number throws `statement.reference-used`. More than is open throws `statement.overpaid`.
 */
export async function payStatement(
  client: PoolClient,
  payment: StatementPaid,
): Promise<StatementStand & { readonly isNew: boolean }> {
  const { statementId, amountHao, source, bankReference, actor, nowMs } = payment;
  invariant(requireHao(amountHao) > 0, 'a payment is a positive amount');
  const row = await lockStatement(client, statementId);
  const made = await client.query<{ id: string }>(PAY, [
    statementId,
    amountHao,
    source,
    bankReference,
    payment.receivedOn,
    payment.note,
    actor,
    new Date(nowMs),
  ]);
  if (made.rowCount === 0) {
    const known = await client.query<{ statement_id: string; amount: string }>(PAYMENT, [
      bankReference,
    ]);
    const same = known.rows[0];
    if (same?.statement_id !== statementId || Number(same.amount) !== amountHao)
      throw new DomainError('statement.reference-used', { bankReference });
    return { ...row, nextAtMs: null, isNew: false };
  }
  if (row.issuedAt === null || isStatementSettled(row.status))
    throw new DomainError('statement.not-open');
  if (amountHao > row.outstandingHao) throw new DomainError('statement.overpaid');
  if (source === 'balance') await requireSpare(client, row.platformId, amountHao);
  else
    await bookMove(client, {
      key: `statement-payment:${bankReference}`,
      kind: 'statement-payment',
      platformId: row.platformId,
      amountHao,
      debit: source === 'bank' ? 'bank' : 'settlement-in-transit',
      credit: 'platform-balance',
      memo: `${row.statementNo} · ${bankReference}`,
      subject: { resource: 'Statement', recordId: statementId },
      nowMs,
    });
  await noteEvent(client, statementId, {
    type: 'payment',
    detail: { amountHao, source, bankReference },
    actor,
    nowMs,
  });
  const stand = await changeStatement(client, row, { paidHao: row.paidHao + amountHao }, nowMs);
  return { ...stand, isNew: true };
}

/** What open statements ask for beyond what the balance lies below zero was paid in some other way. */
const SPARE = `
  SELECT (coalesce((SELECT sum(s.outstanding_hao) FROM statements s WHERE s.platform_id = $1 AND s.issued_at IS NOT NULL), 0)
    - greatest(0, -a.balance_hao))::text AS spare
  FROM ledger_accounts a WHERE a.kind = 'platform-balance' AND a.platform_id = $1 FOR UPDATE OF a`;

async function requireSpare(
  client: PoolClient,
  platformId: string,
  amountHao: number,
): Promise<void> {
  const found = await client.query<{ spare: string }>(SPARE, [platformId]);
  if (Number(found.rows[0]?.spare ?? 0) < amountHao)
    throw new DomainError('statement.balance-too-low');
}

const ARRIVE = `
  UPDATE statement_payments SET arrived_at = $2, version = version + 1, updated_at = $2
  WHERE id = $1 AND source = 'in-transit' AND arrived_at IS NULL RETURNING statement_id, amount_hao::text AS amount, bank_reference`;

/** Money that was on its way is at the bank now. Throws `statement.not-open` where it is not on its way. */
export async function noteArrival(
  client: PoolClient,
  {
    paymentId,
    actor,
    nowMs,
  }: { readonly paymentId: string; readonly actor: string; readonly nowMs: number },
): Promise<void> {
  const arrived = await client.query<{
    statement_id: string;
    amount: string;
    bank_reference: string;
  }>(ARRIVE, [paymentId, new Date(nowMs)]);
  const row = arrived.rows[0];
  if (!row) throw new DomainError('statement.not-open');
  const amountHao = Number(row.amount);
  await bookMove(client, {
    key: `statement-arrival:${row.bank_reference}`,
    kind: 'statement-payment',
    platformId: null,
    amountHao,
    debit: 'bank',
    credit: 'settlement-in-transit',
    memo: row.bank_reference,
    subject: { resource: 'Statement', recordId: row.statement_id },
    nowMs,
  });
  await noteEvent(client, row.statement_id, {
    type: 'payment-arrived',
    detail: { amountHao, bankReference: row.bank_reference },
    actor,
    nowMs,
  });
}

/** Gives up what is open: it is a bad debt. Throws `statement.not-open`. */
export async function writeOffStatement(
  client: PoolClient,
  act: {
    readonly statementId: string;
    readonly amountHao: number;
    readonly reason: string;
    readonly actor: string;
    readonly nowMs: number;
  },
): Promise<StatementStand> {
  const { statementId, amountHao, reason, actor, nowMs } = act;
  const row = await lockStatement(client, statementId);
  if (row.issuedAt === null || isStatementSettled(row.status) || row.heldHao > 0)
    throw new DomainError('statement.not-open');
  // What was decided is what is done: a payment in between makes it another decision.
  if (amountHao !== row.outstandingHao) throw new DomainError('statement.changed');
  await bookMove(client, {
    key: `statement-write-off:${statementId}`,
    kind: 'write-off',
    platformId: row.platformId,
    amountHao,
    debit: 'bad-debt',
    credit: 'platform-balance',
    memo: `${row.statementNo} · ${reason}`.slice(0, 200),
    subject: { resource: 'Statement', recordId: statementId },
    nowMs,
  });
  await noteEvent(client, statementId, {
    type: 'write-off',
    detail: { amountHao, reason },
    actor,
    nowMs,
  });
  return changeStatement(client, row, { writtenOffHao: row.writtenOffHao + amountHao }, nowMs);
}
