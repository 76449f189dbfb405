import type pg from 'pg';
import { DAY_MS, invariant, parseYuan } from '#domain';
import { askApproval, bookDeposit, bookGrant, bookPayment } from '#domain/stores';
import type { SampleSecrets } from './config.js';
import type { SamplePlatform } from './sample-data.js';

const GRANT_LASTS_MS = 30 * DAY_MS;

/** What a sample platform has paid in; the second one also has a grant that expires, and a deposit. */
export async function addSampleMoney(
  client: pg.PoolClient,
  platformId: string,
  { code, name, balance }: SamplePlatform,
  nowMs: number,
): Promise<void> {
  const base = { platformId, key: `sample:${code}`, nowMs };
  const { isNew } = await bookPayment(client, {
    ...base,
    amountHao: haoOf(balance),
    memo: '示例预付款 sample prepayment',
    receiptNo: `SAMPLE-${code}`,
    payer: name,
  });
  if (!isNew || code !== 'demo2') return;
  await bookGrant(client, {
    ...base,
    amountHao: haoOf('200.00'),
    memo: '示例赠送 sample grant',
    expiresAtMs: nowMs + GRANT_LASTS_MS,
  });
  await bookDeposit(client, 'deposit-received', {
    ...base,
    amountHao: haoOf('50000.00'),
    memo: '示例保证金 sample deposit',
  });
}

/** A top-up above what one person may do: it waits for somebody else. */
export async function askSampleApproval(
  client: pg.PoolClient,
  staff: SampleSecrets['staff'],
  nowMs: number,
): Promise<void> {
  const finance = staff.find(({ role }) => role === 'finance');
  const found = await client.query<{ id: string; name: string }>(
    `SELECT id, name FROM platforms WHERE code = 'demo2'`,
  );
  const platform = found.rows[0];
  if (!finance || !platform) return;
  const amountHao = haoOf('80000.00');
  const receiptNo = 'SAMPLE-80000';
  await askApproval(client, {
    kind: 'platform-top-up',
    key: 'sample:top-up',
    resource: 'Platform',
    recordId: platform.id,
    payload: { platformId: platform.id, amountHao, receiptNo, payer: platform.name },
    amountHao,
    reason: receiptNo,
    askedBy: finance.email.toLowerCase(),
    nowMs,
  });
}

function haoOf(yuan: string): number {
  const hao = parseYuan(yuan);
  invariant(hao !== undefined, `${yuan} is an amount`);
  return hao;
}
