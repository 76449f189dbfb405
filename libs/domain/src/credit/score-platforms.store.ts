import type { Pool, PoolClient } from 'pg';
import { type AfterChange, inTransaction, NOTHING_MORE } from '../database/sql.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { DAY_MS, shanghaiDate } from '../shared/business-time.js';
import {
  countPaidOrders,
  lockCredit,
  readAllReceivables,
  readRecentTrade,
  type LockedCredit,
  type RecentTrade,
} from './credit-facts.store.js';
import { readDebts } from './debts.store.js';
import {
  bandOf,
  CONCENTRATION_FROM_HAO,
  CREDIT_RULE_REVISION,
  creditParts,
  creditScore,
  earnedLimitHao,
  nextLimit,
  orderFloorHao,
  stageOf,
  type CreditInputs,
} from './credit-score.js';
import type { CreditBand, CreditStage } from './credit-band.js';
import { readExposure } from './exposure.store.js';

const RECENT_DAYS = 30;

/** Platforms that were not scored today, and those whose stage or debt may have changed since. */
const DUE = `
  SELECT p.id FROM platforms p LEFT JOIN credit_lines l ON l.platform_id = p.id
  WHERE NOT EXISTS (SELECT 1 FROM credit_scores s WHERE s.platform_id = p.id AND s.day = $1::date)
    OR l.stage <> 'open' OR l.agreed_hao > 0 ORDER BY p.id`;

/** Scores every platform that is due; the same day again changes nothing but what has changed. Returns how many. */
export async function scorePlatforms(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(DUE, [shanghaiDate(nowMs)]);
  if (rows.length === 0) return 0;
  const trade = await recentTrade(pool, nowMs, null);
  for (const { id } of rows)
    await inTransaction(pool, (client) => scoreIn(client, { platformId: id, nowMs, trade }));
  return rows.length;
}

/** Scores one platform inside a transaction of its own. */
export async function scorePlatform(
  pool: Pool,
  { platformId, nowMs }: { readonly platformId: string; readonly nowMs: number },
  afterChange: AfterChange = NOTHING_MORE,
): Promise<void> {
  const trade = await recentTrade(pool, nowMs, platformId);
  await inTransaction(pool, async (client) => {
    await scoreIn(client, { platformId, nowMs, trade });
    await afterChange(client);
  });
}

async function recentTrade(
  pool: Pool,
  nowMs: number,
  platformId: string | null,
): Promise<ReadonlyMap<string, RecentTrade>> {
  const since = new Date(nowMs - RECENT_DAYS * DAY_MS);
  const firstOrderId = await firstOrderIdSince(pool, since);
  return readRecentTrade(pool, { firstOrderId, since, platformId });
}

const NO_TRADE: RecentTrade = { deliveredHao: 0, orders: 0, madeGood: 0 };

/** The same inside the caller's transaction, which holds no lock that comes after the account's. */
export async function scoreIn(
  client: PoolClient,
  ask: {
    readonly platformId: string;
    readonly nowMs: number;
    readonly trade: ReadonlyMap<string, RecentTrade>;
  },
): Promise<void> {
  const { platformId, nowMs } = ask;
  const credit = await lockCredit(client, platformId, nowMs);
  if (!credit) return;
  const inputs = await inputsOf(client, credit, ask);
  const parts = creditParts(inputs);
  const score = credit.overrideScore ?? creditScore(parts);
  const band = bandOf(score, inputs);
  const stage = stageOf(inputs.overdueDays);
  const { limitHao, isRaised } = nextLimit({
    ...credit,
    earnedHao: earnedLimitHao(band, inputs),
    nowMs,
  });
  const standing: Standing = { score, band, stage, limitHao, isRaised, inputs };
  await applyCredit(client, credit, standing, nowMs);
  const { totalHao } = await readExposure(client, platformId);
  await client.query(KEEP_SCORE, [
    platformId,
    shanghaiDate(nowMs),
    CREDIT_RULE_REVISION,
    score,
    band,
    credit.overrideScore !== null,
    stage,
    inputs.overdueDays,
    limitHao,
    totalHao,
    JSON.stringify(parts),
    JSON.stringify(inputs),
    new Date(nowMs),
  ]);
}

interface Standing {
  readonly score: number;
  readonly band: CreditBand;
  readonly stage: CreditStage;
  readonly limitHao: number;
  readonly isRaised: boolean;
  readonly inputs: CreditInputs;
}

async function inputsOf(
  client: PoolClient,
  credit: LockedCredit,
  { nowMs, trade }: { readonly nowMs: number; readonly trade: ReadonlyMap<string, RecentTrade> },
): Promise<CreditInputs> {
  const debts = await readDebts(client, credit, nowMs);
  const allHao = await readAllReceivables(client);
  const { deliveredHao, orders, madeGood } = trade.get(credit.platformId) ?? NO_TRADE;
  return {
    daysKnown: credit.daysKnown,
    paidOrders: await countPaidOrders(client, credit.accountId),
    delivered30Hao: deliveredHao,
    onTimeShare: debts.onTimeShare,
    worstDelayDays: debts.worstDelayDays,
    disputedShare: orders === 0 ? 0 : madeGood / orders,
    receivableShare: allHao < CONCENTRATION_FROM_HAO ? 0 : Math.max(0, -credit.balanceHao) / allHao,
    isIdentityChecked: credit.isIdentityChecked,
    overdueDays: debts.overdueDays,
  };
}

const KEEP_SCORE = `
  INSERT INTO credit_scores (platform_id, day, revision, score, band, is_overridden, stage, overdue_days, limit_hao, exposure_hao,
    parts, inputs, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb, $13)
  ON CONFLICT (platform_id, day) DO UPDATE SET revision = EXCLUDED.revision, score = EXCLUDED.score, band = EXCLUDED.band,
    is_overridden = EXCLUDED.is_overridden, stage = EXCLUDED.stage, overdue_days = EXCLUDED.overdue_days,
    limit_hao = EXCLUDED.limit_hao, exposure_hao = EXCLUDED.exposure_hao, parts = EXCLUDED.parts, inputs = EXCLUDED.inputs`;

/** The floor itself follows the limit, but for what is in use above it: that is paid back first. */
const APPLY = `
  UPDATE ledger_accounts SET floor_hao = least(-$2::bigint, balance_hao), credit_stage = $4,
    order_floor_hao = CASE WHEN $3::bigint > least(-$2::bigint, balance_hao) THEN $3::bigint END
  WHERE id = $1`;

const KEEP_LINE = `
  UPDATE credit_lines SET limit_hao = $2, raised_at = CASE WHEN $3 THEN $4 ELSE raised_at END, score = $5, band = $6, stage = $7,
    overdue_days = $8, override_score = CASE WHEN override_until > $4 THEN override_score END,
    override_reason = CASE WHEN override_until > $4 THEN override_reason END,
    override_until = CASE WHEN override_until > $4 THEN override_until END, version = version + 1, updated_at = $4
  WHERE id = $1`;

/** The only place where limit and stage change: under the lock of the account that orders are charged to. */
async function applyCredit(
  client: PoolClient,
  credit: LockedCredit,
  { limitHao, isRaised, score, band, stage, inputs }: Standing,
  nowMs: number,
): Promise<void> {
  await client.query(APPLY, [credit.accountId, limitHao, orderFloorHao(stage, limitHao), stage]);
  await client.query(KEEP_LINE, [
    credit.lineId,
    limitHao,
    isRaised,
    new Date(nowMs),
    score,
    band,
    stage,
    inputs.overdueDays,
  ]);
}
