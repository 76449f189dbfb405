import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { HAO_PER_YUAN } from '#domain';
import { acceptOrders, recordLargePayment } from '#domain/stores';

const PLATFORM = 'demo';
const NUMBER = 'SAMPLE-LARGE-1';
const CUSTOMER = 'C-1004';
const PRODUCT = 'STEAM-100';
const QUANTITY = 200;
/** Less than the prepayment: the order waits, and takes nothing from the shelves. */
const PAID_HAO = 3_000 * HAO_PER_YUAN;

/** Clocks of minutes, for rehearsals: an agreement with a platform takes the standard plan or one of its own. */
const ADD_PLAN = `
  INSERT INTO delivery_plans (code, name, pay_seconds, grace_seconds, deliver_seconds, accept_seconds, remind_seconds, reserve)
  VALUES ('rehearsal', '演练方案：预付 30%，分 40/30/30 三期，时限以分钟计', 120, 60, 600, 60, '{-60,0,30}', 'all-stages')
  ON CONFLICT (code) DO NOTHING`;

/** Its orders are large from 5,000 yuan on, long before the platform's. */
const ADD_CUSTOMER = `
  INSERT INTO customers (platform_id, customer_no, name, remark, large_order_from_hao)
  SELECT id, $2, '云海商贸', '大额订单起点低于平台', 50000000 FROM platforms WHERE code = $1
  ON CONFLICT (platform_id, customer_no) DO NOTHING`;

const CREDENTIAL = `
  SELECT c.id, p.id AS platform_id, p.large_order_from_hao FROM api_credentials c JOIN platforms p ON p.id = c.platform_id
  WHERE p.code = $1 AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.platform_id = p.id AND o.merchant_order_no = $2)
  ORDER BY c.created_at LIMIT 1`;

/** One large order that has paid a part of its prepayment: it shows its stages, its clock and what is still to be paid. */
export async function addSampleLargeOrder(pool: pg.Pool, nowMs: number): Promise<void> {
  await pool.query(ADD_PLAN);
  await pool.query(ADD_CUSTOMER, [PLATFORM, CUSTOMER]);
  const found = await pool.query<{
    id: string;
    platform_id: string;
    large_order_from_hao: string | null;
  }>(CREDENTIAL, [PLATFORM, NUMBER]);
  const credential = found.rows[0];
  if (!credential) return;
  const submission = {
    platformId: credential.platform_id,
    platformCode: PLATFORM,
    credentialId: credential.id,
    nonce: randomBytes(16).toString('hex'),
    fingerprint: createHash('sha256').update(NUMBER).digest('hex'),
    waitMs: 0,
    platformLargeFromHao: Number(credential.large_order_from_hao),
    request: {
      merchantOrderNo: NUMBER,
      productCode: PRODUCT,
      quantity: QUANTITY,
      account: {},
      maxAmountHao: null,
      callbackUrl: null,
      customerNo: CUSTOMER,
      saleChannel: null,
      remark: null,
    },
  };
  const [accepted] = await acceptOrders(pool, [submission], { nowMs, startWorkflows: 'all' });
  if (accepted?.kind !== 'accepted') return;
  await recordLargePayment(pool, {
    orderId: accepted.order.id,
    source: 'bank',
    reference: 'SAMPLE-BANK-0001',
    amountHao: PAID_HAO,
    payer: '云海商贸有限公司',
    actor: { kind: 'system', name: 'sample' },
    nowMs,
  });
}
