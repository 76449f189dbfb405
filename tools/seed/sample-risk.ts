import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { DAY_MS, invariant, parseYuan, shanghaiDate } from '#domain';
import { inTransaction } from '#domain/database';
import {
  acceptOrders,
  createPlatformAccount,
  decideCredit,
  raiseSignals,
  scorePlatform,
  secretContext,
  type OrderSubmission,
} from '#domain/stores';
import type { SeedConfig } from './config.js';
import { addCreditSettlement } from './sample-settlement.js';

const CODE = 'xingchen';
const KNOWN_DAYS = 200;
const HISTORY_DAYS = 45;
const AGREED = '3000.00';
const ORDER_LIMIT = '100.00';
/** Two of these are just under the limit of one order. */
const PRODUCT = 'XBOX-50';
const ODD_CUSTOMER = 'K-8801';

/** A platform that buys on credit, with a customer whose orders look odd: so that credit and risk are seen at work. */
export async function addSampleRisk(pool: pg.Pool, config: SeedConfig): Promise<void> {
  const platform = await addPlatform(pool, config);
  if (!platform) return;
  const nowMs = Date.now();
  const hao = (yuan: string): number => parseYuan(yuan) ?? 0;
  await inTransaction(pool, (client) =>
    decideCredit(client, {
      platformId: platform.platformId,
      agreedHao: hao(AGREED),
      orderLimitHao: hao(ORDER_LIMIT),
      identityCheckedOn: shanghaiDate(nowMs - 60 * DAY_MS),
      nowMs,
    }),
  );
  await addCreditSettlement(pool, platform.platformId, nowMs);
  const order = (customerNo: string, quantity: number): Promise<void> =>
    submit(pool, platform, { customerNo, quantity });
  for (let round = 0; round < 5; round += 1) await order(ODD_CUSTOMER, 2);
  await order('K-1001', 1);
  await order('K-1002', 3);
  await raiseSignals(pool, Date.now());
  await order(ODD_CUSTOMER, 2);
  await scorePlatform(pool, { platformId: platform.platformId, nowMs: Date.now() });
  await addHistory(pool, platform.platformId, nowMs);
}

/** Undefined where it is there already: staff may have changed it. */
async function addPlatform(
  pool: pg.Pool,
  { masterKeys }: SeedConfig,
): Promise<{ readonly platformId: string; readonly credentialId: string } | undefined> {
  const made = await pool.query<{ id: string }>(
    `INSERT INTO platforms (code, name, created_at, callback_secret_sealed) VALUES ($1, '示例信用平台 星辰', now() - $2 * interval '1 day', $3)
     ON CONFLICT (code) DO NOTHING RETURNING id`,
    [
      CODE,
      KNOWN_DAYS,
      masterKeys.seal(
        Buffer.from(`whsec_${randomBytes(24).toString('base64')}`),
        secretContext.platformCallback(CODE),
      ),
    ],
  );
  const platformId = made.rows[0]?.id;
  if (platformId === undefined) return undefined;
  await createPlatformAccount(pool, { id: platformId, code: CODE });
  const key = `ak_${randomBytes(6).toString('hex')}`;
  const credential = await pool.query<{ id: string }>(
    'INSERT INTO api_credentials (platform_id, key, secret_sealed) VALUES ($1, $2, $3) RETURNING id',
    [
      platformId,
      key,
      masterKeys.seal(
        Buffer.from(randomBytes(16).toString('hex')),
        secretContext.apiCredential(key),
      ),
    ],
  );
  const credentialId = credential.rows[0]?.id;
  invariant(credentialId, 'a credential was made');
  return { platformId, credentialId };
}

async function submit(
  pool: pg.Pool,
  platform: { readonly platformId: string; readonly credentialId: string },
  { customerNo, quantity }: { readonly customerNo: string; readonly quantity: number },
): Promise<void> {
  const unique = randomBytes(8).toString('hex');
  const submission: OrderSubmission = {
    ...platform,
    platformCode: CODE,
    nonce: unique + unique,
    fingerprint: createHash('sha256').update(unique).digest('hex'),
    waitMs: 0,
    request: {
      merchantOrderNo: `XC-${unique}`,
      productCode: PRODUCT,
      quantity,
      account: {},
      maxAmountHao: null,
      callbackUrl: null,
      customerNo,
      saleChannel: null,
      remark: null,
    },
  };
  await acceptOrders(pool, [submission], { nowMs: Date.now(), startWorkflows: 'all' });
}

/** Scores of the days before, as they would have been: a picture needs more than one day. */
async function addHistory(pool: pg.Pool, platformId: string, nowMs: number): Promise<void> {
  await pool.query(
    `INSERT INTO credit_scores (platform_id, day, revision, score, band, stage, overdue_days, limit_hao, exposure_hao, parts, inputs, created_at)
     SELECT s.platform_id, s.day - d, s.revision, greatest(s.score - d * 3 + (d * 7) % 5, 400), s.band, 'open', 0, s.limit_hao, 0,
       s.parts, s.inputs, s.created_at - d * interval '1 day'
     FROM credit_scores s, generate_series(1, $2::int) AS d WHERE s.platform_id = $1 AND s.day = $3::date ON CONFLICT DO NOTHING`,
    [platformId, HISTORY_DAYS, shanghaiDate(nowMs)],
  );
}
