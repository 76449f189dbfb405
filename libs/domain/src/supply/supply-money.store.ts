import type { PoolClient } from 'pg';
import { postEntry } from '../money/post-entry.store.js';
import { supplyCostPostings, supplyRefundPostings } from '../money/posting.js';
import type { LockedAttempt } from './attempt-facts.store.js';
import { costOfDelivery, owedAfterFailure, refundOfReversal } from './supply-cost.js';
import type { ClaimKind } from './supply-claim-kind.js';
import type { RefundFact, SupplyReport } from './supply-report.js';

/** What is booked of a delivery. */
export interface DeliveryToBook {
  readonly report: SupplyReport | undefined;
  readonly receivedUnits: number;
  /** Cards that we had before and cannot use. */
  readonly duplicateCount: number;
  /** It came after the attempt was given up. */
  readonly isLate: boolean;
  readonly nowMs: number;
}

/** Books what a delivery has cost; what it should not have cost becomes a claim. */
export async function bookDelivery(
  client: PoolClient,
  attempt: LockedAttempt,
  { report, receivedUnits, duplicateCount, isLate, nowMs }: DeliveryToBook,
): Promise<void> {
  const { paidHao, overchargeHao } = costOfDelivery(attempt, report, receivedUnits);
  const isClaim = isLate && attempt.kind === 'top-up';
  await withdrawClaim(client, attempt, nowMs);
  await notePaid(client, attempt, paidHao, report?.refund);
  await post(client, attempt, {
    name: 'cost',
    from: isClaim ? 'supplier-claims' : 'cost-of-goods',
    amountHao: paidHao,
    nowMs,
  });
  if (isClaim) await openClaim(client, attempt, 'late-top-up', paidHao);
  if (overchargeHao > 0) await openClaim(client, attempt, 'overcharge', overchargeHao);
  if (duplicateCount > 0)
    await openClaim(client, attempt, 'duplicate-card', duplicateCount * attempt.costHao);
}

/** A failure that was claimed turns out to be a success: what was claimed for it is taken back first. */
async function withdrawClaim(
  client: PoolClient,
  attempt: LockedAttempt,
  nowMs: number,
): Promise<void> {
  const claimedHao = attempt.paidHao ?? 0;
  if (claimedHao === 0) return;
  await giveBack(client, attempt, {
    name: 'withdrawn',
    to: 'supplier-claims',
    amountHao: claimedHao,
    nowMs,
  });
  await settleClaim(client, attempt, 'unrefunded', 0);
}

/** A failure whose money has not come back is owed to us; when it comes, the claim is settled. */
export async function bookFailure(
  client: PoolClient,
  attempt: LockedAttempt,
  report: SupplyReport,
  nowMs: number,
): Promise<void> {
  const owedHao = owedAfterFailure(attempt, report);
  const bookedHao = attempt.paidHao ?? 0;
  await notePaid(client, attempt, owedHao, report.refund);
  if (owedHao > bookedHao) {
    await post(client, attempt, {
      name: 'unrefunded',
      from: 'supplier-claims',
      amountHao: owedHao - bookedHao,
      nowMs,
    });
    await openClaim(client, attempt, 'unrefunded', owedHao);
  }
  if (owedHao < bookedHao) {
    await giveBack(client, attempt, {
      name: 'refund',
      to: 'supplier-claims',
      amountHao: bookedHao - owedHao,
      nowMs,
    });
    if (owedHao === 0) await settleClaim(client, attempt, 'unrefunded', bookedHao);
  }
}

/** A success that was taken back: the money that came with it, and a claim for what did not. */
export async function bookReversal(
  client: PoolClient,
  attempt: LockedAttempt,
  report: SupplyReport,
  nowMs: number,
): Promise<void> {
  const paidHao = attempt.paidHao ?? 0;
  const refundedHao = refundOfReversal(paidHao, report);
  await notePaid(client, attempt, paidHao - refundedHao, report.refund);
  await giveBack(client, attempt, {
    name: 'reversal',
    to: 'cost-of-goods',
    amountHao: refundedHao,
    nowMs,
  });
  if (paidHao > refundedHao) await openClaim(client, attempt, 'reversal', paidHao - refundedHao);
}

async function notePaid(
  client: PoolClient,
  attempt: LockedAttempt,
  paidHao: number,
  refund: RefundFact | undefined,
): Promise<void> {
  await client.query(
    `UPDATE attempts SET paid_hao = $2, refund_state = coalesce($3, refund_state), refunded_hao = coalesce($4, refunded_hao) WHERE id = $1`,
    [attempt.id, paidHao, refund?.state ?? null, refund?.amountHao ?? null],
  );
}

const ACCOUNTS = `
  SELECT (SELECT id FROM ledger_accounts WHERE kind = 'supplier-balance' AND supplier_id = $1) AS supplier_balance_id,
    (SELECT id FROM ledger_accounts WHERE code = $2) AS other_id`;

type OtherAccount = 'cost-of-goods' | 'supplier-claims';

async function accountsOf(
  client: PoolClient,
  attempt: LockedAttempt,
  other: OtherAccount,
): Promise<{ readonly supplierBalanceId: string; readonly costId: string }> {
  const found = await client.query<{ supplier_balance_id: string | null; other_id: string }>(
    ACCOUNTS,
    [attempt.supplierId, other],
  );
  const row = found.rows[0];
  if (!row?.supplier_balance_id) throw new Error(`supplier ${attempt.supplierCode} has no account`);
  return { supplierBalanceId: row.supplier_balance_id, costId: row.other_id };
}

async function post(
  client: PoolClient,
  attempt: LockedAttempt,
  entry: {
    readonly name: string;
    readonly from: OtherAccount;
    readonly amountHao: number;
    readonly nowMs: number;
  },
): Promise<void> {
  if (entry.amountHao <= 0) return;
  await postEntry(client, {
    key: `attempt:${attempt.id}:${entry.name}`,
    kind: 'supply-cost',
    orderId: attempt.orderId,
    attemptId: attempt.id,
    lines: supplyCostPostings(await accountsOf(client, attempt, entry.from), entry.amountHao),
    nowMs: entry.nowMs,
  });
}

async function giveBack(
  client: PoolClient,
  attempt: LockedAttempt,
  entry: {
    readonly name: string;
    readonly to: OtherAccount;
    readonly amountHao: number;
    readonly nowMs: number;
  },
): Promise<void> {
  if (entry.amountHao <= 0) return;
  await postEntry(client, {
    key: `attempt:${attempt.id}:${entry.name}`,
    kind: 'supply-refund',
    orderId: attempt.orderId,
    attemptId: attempt.id,
    lines: supplyRefundPostings(await accountsOf(client, attempt, entry.to), entry.amountHao),
    nowMs: entry.nowMs,
  });
}

async function openClaim(
  client: PoolClient,
  attempt: LockedAttempt,
  kind: ClaimKind,
  amountHao: number,
): Promise<void> {
  await client.query(
    `INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao) VALUES ($1, $2, $3, $4)
     ON CONFLICT (attempt_id, kind) WHERE compensation_id IS NULL DO NOTHING`,
    [attempt.supplierId, attempt.id, kind, amountHao],
  );
}

async function settleClaim(
  client: PoolClient,
  attempt: LockedAttempt,
  kind: ClaimKind,
  recoveredHao: number,
): Promise<void> {
  await client.query(
    `UPDATE supply_claims SET status = 'settled', recovered_hao = least($3::bigint, amount_hao), closed_at = now(), updated_at = now(), version = version + 1
     WHERE attempt_id = $1 AND kind = $2 AND status = 'open'`,
    [attempt.id, kind, recoveredHao],
  );
}
