import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction } from '../database/sql.js';
import { postEntry } from '../money/post-entry.store.js';
import { type EntryKind, supplyCostPostings, supplyRefundPostings } from '../money/posting.js';
import { DomainError } from '../shared/domain-error.js';
import { formatAmount } from '../shared/money.js';
import type { ClaimKind, ClaimStatus } from './supply-claim-kind.js';

interface ClaimRow {
  id: string;
  supplier_id: string;
  attempt_id: string;
  order_id: string | null;
  kind: ClaimKind;
  status: ClaimStatus;
  amount_hao: number;
  recovered_hao: number;
  write_off_asked_by: string | null;
}

/** The attempt first, as all scripts do that settle it. */
const LOCK_ATTEMPT = `
  SELECT 1 FROM attempts WHERE id = (SELECT attempt_id FROM supply_claims WHERE id = $1) FOR UPDATE`;

const LOCK = `
  SELECT c.id, c.supplier_id, c.attempt_id, a.order_id, c.kind, c.status, c.amount_hao::float8 AS amount_hao,
    c.recovered_hao::float8 AS recovered_hao, c.write_off_asked_by
  FROM supply_claims c JOIN attempts a ON a.id = c.attempt_id WHERE c.id = $1 FOR UPDATE OF c`;

async function lockOpenClaim(client: PoolClient, claimId: string): Promise<ClaimRow> {
  await client.query(LOCK_ATTEMPT, [claimId]);
  const { rows } = await client.query<ClaimRow>(LOCK, [claimId]);
  const claim = rows[0];
  if (!claim) throw new DomainError('claim.not-found');
  if (claim.status !== 'open') throw new DomainError('claim.not-open');
  return claim;
}

/** Kinds that stand in the books as owed to us; the others stand there as cost. */
const BOOKED_AS_OWED: readonly ClaimKind[] = ['late-top-up', 'unrefunded'];

const ACCOUNTS = `
  SELECT (SELECT id FROM ledger_accounts WHERE kind = 'supplier-balance' AND supplier_id = $1) AS supplier_balance_id,
    (SELECT id FROM ledger_accounts WHERE code = $2) AS other_id, (SELECT id FROM ledger_accounts WHERE code = 'bad-debt') AS bad_debt_id`;

async function accountsOf(client: PoolClient, supplierId: string, other: string) {
  const { rows } = await client.query<{
    supplier_balance_id: string | null;
    other_id: string;
    bad_debt_id: string;
  }>(ACCOUNTS, [supplierId, other]);
  const row = rows[0];
  if (!row?.supplier_balance_id) throw new Error(`supplier ${supplierId} has no account`);
  return {
    supplierBalanceId: row.supplier_balance_id,
    costId: row.other_id,
    badDebtId: row.bad_debt_id,
  };
}

function otherAccountOf(kind: ClaimKind): string {
  if (kind === 'compensation') return 'compensation-cost';
  return BOOKED_AS_OWED.includes(kind) ? 'supplier-claims' : 'cost-of-goods';
}

const RECOVER = `
  UPDATE supply_claims SET recovered_hao = recovered_hao + $2::bigint,
    status = CASE WHEN recovered_hao + $2::bigint = amount_hao THEN 'settled' ELSE status END,
    closed_at = CASE WHEN recovered_hao + $2::bigint = amount_hao THEN $3::timestamptz END,
    remark = $4, updated_at = $3, version = version + 1
  WHERE id = $1 RETURNING version`;

/** What an attempt has cost is what was not recovered: a later word of its supplier finds nothing owed twice. */
const LESS_PAID = `
  UPDATE attempts SET paid_hao = greatest(0, coalesce(paid_hao, 0) - $2::bigint), updated_at = $3
  WHERE id = $1 AND coalesce(paid_hao, 0) >= $2::bigint`;

/**
 * Money of a claim has come back to our account with the supplier; in parts, if it must be. Throws `claim.not-found`,
 * `claim.not-open`, `claim.too-much`.
 */
export async function recoverClaim(
  pool: Pool,
  command: {
    readonly claimId: string;
    readonly amountHao: number;
    readonly remark: string;
    readonly nowMs: number;
  },
  afterChange: AfterChange,
): Promise<void> {
  const { claimId, amountHao, nowMs } = command;
  await inTransaction(pool, async (client) => {
    const claim = await lockOpenClaim(client, claimId);
    const leftHao = claim.amount_hao - claim.recovered_hao;
    if (amountHao > leftHao)
      throw new DomainError('claim.too-much', { left: formatAmount(leftHao) });
    const { rows } = await client.query<{ version: number }>(RECOVER, [
      claimId,
      amountHao,
      new Date(nowMs),
      command.remark,
    ]);
    const isCompensation = claim.kind === 'compensation';
    const lowered = isCompensation
      ? 0
      : ((await client.query(LESS_PAID, [claim.attempt_id, amountHao, new Date(nowMs)])).rowCount ??
        0);
    const kind: EntryKind = isCompensation ? 'compensation-recovery' : 'claim-recovered';
    await postEntry(client, {
      key: `claim:${claimId}:recovered:${rows[0]?.version ?? 0}`,
      kind,
      orderId: claim.order_id,
      // Only what lowers the attempt's own cost is booked as its own.
      attemptId: lowered > 0 ? claim.attempt_id : null,
      lines: supplyRefundPostings(
        await accountsOf(client, claim.supplier_id, otherAccountOf(claim.kind)),
        amountHao,
      ),
      memo: command.remark.slice(0, 200),
      nowMs,
    });
    await afterChange(client);
  });
}

/** Asks to give a claim up; another person confirms. Throws `claim.not-found`, `claim.not-open`. */
export async function askWriteOff(
  pool: Pool,
  command: { readonly claimId: string; readonly remark: string; readonly staffEmail: string },
  afterChange: AfterChange,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockOpenClaim(client, command.claimId);
    await client.query(
      `UPDATE supply_claims SET write_off_asked_by = $2, remark = $3, updated_at = now(), version = version + 1 WHERE id = $1`,
      [command.claimId, command.staffEmail, command.remark],
    );
    await afterChange(client);
  });
}

const WRITE_OFF = `
  UPDATE supply_claims SET status = 'written-off', closed_at = $2, updated_at = $2, version = version + 1 WHERE id = $1`;

/**
 * Gives a claim up: what stood in the books as owed becomes bad debt. Never by the one who asked for it. Throws
 * `claim.not-found`, `claim.not-open`, `claim.write-off-not-asked`, `claim.own-request`.
 */
export async function confirmWriteOff(
  pool: Pool,
  command: { readonly claimId: string; readonly staffEmail: string; readonly nowMs: number },
  afterChange: AfterChange,
): Promise<void> {
  const { claimId, nowMs } = command;
  await inTransaction(pool, async (client) => {
    const claim = await lockOpenClaim(client, claimId);
    if (claim.write_off_asked_by === null) throw new DomainError('claim.write-off-not-asked');
    if (claim.write_off_asked_by === command.staffEmail) throw new DomainError('claim.own-request');
    await client.query(WRITE_OFF, [claimId, new Date(nowMs)]);
    const leftHao = claim.amount_hao - claim.recovered_hao;
    if (BOOKED_AS_OWED.includes(claim.kind) && leftHao > 0) {
      const accounts = await accountsOf(client, claim.supplier_id, 'supplier-claims');
      await postEntry(client, {
        key: `claim:${claimId}:written-off`,
        kind: 'claim-written-off',
        orderId: claim.order_id,
        attemptId: null,
        lines: supplyCostPostings(
          { costId: accounts.badDebtId, supplierBalanceId: accounts.costId },
          leftHao,
        ),
        nowMs,
      });
    }
    await afterChange(client);
  });
}

/** Notes what was said with the supplier. Throws `claim.not-found`, `claim.not-open`. */
export async function remarkClaim(
  pool: Pool,
  command: { readonly claimId: string; readonly remark: string },
  afterChange: AfterChange,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockOpenClaim(client, command.claimId);
    await client.query(
      'UPDATE supply_claims SET remark = $2, updated_at = now(), version = version + 1 WHERE id = $1',
      [command.claimId, command.remark],
    );
    await afterChange(client);
  });
}
