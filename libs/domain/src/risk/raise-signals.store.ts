import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { firstOrderIdSince } from '../order/first-order.store.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SHANGHAI_OFFSET_MS } from '../shared/business-time.js';
import { HAO_PER_YUAN } from '../shared/money.js';
import { BLOCK_SLOW_CHARGE } from '../supply/slow-charge-sql.js';
import { readRiskRules, type CurrentRules } from './risk-rule.store.js';
import type { RiskSignalKind } from './risk-rule.js';
import { RAISED_BY_RULES } from './risk-case.js';
import { startWatch } from './watch.store.js';

/** One question to the database: who has gone past a rule, with the orders behind it. */
interface Probe {
  readonly kind: RiskSignalKind;
  readonly sinceMs: number;
  readonly text: string;
  /** From $3 on; $1 is the first order that may count, $2 the beginning of the window. */
  readonly values: readonly unknown[];
  readonly figures: Readonly<Record<string, number>>;
  readonly watches: boolean;
  /** Reads no orders. */
  readonly isOfMoney?: true;
}

interface Finding {
  readonly platform_id: string;
  readonly is_sandbox: boolean;
  readonly subject: string;
  readonly order_count: number;
  readonly amount: string;
  readonly order_ids: string[];
  readonly figures: Record<string, string> | null;
}

/** The newest of them are kept as evidence. */
const EVIDENCE_MAX = 50;
const COUNTED = `count(*)::int AS order_count, sum(o.amount_hao) AS amount,
  (array_agg(o.id ORDER BY o.id DESC))[1:${EVIDENCE_MAX}] AS order_ids, NULL::jsonb AS figures`;
const OF_CUSTOMERS = `SELECT o.platform_id, o.customer_no AS subject, ${COUNTED} FROM orders o`;
const OF_PLATFORMS = `SELECT o.platform_id, '' AS subject, ${COUNTED} FROM orders o`;
const RECENT = 'o.id >= $1::bigint AND o.created_at >= $2';

const VELOCITY = `
  ${OF_CUSTOMERS} WHERE ${RECENT} AND o.customer_no IS NOT NULL GROUP BY 1, 2 HAVING count(*) >= $3
  UNION ALL ${OF_PLATFORMS} WHERE ${RECENT} GROUP BY 1 HAVING count(*) >= $4`;

/** The limit of the platform, where it has one of its own. */
const STRUCTURING = `
  SELECT o.platform_id, coalesce(o.customer_no, '') AS subject, ${COUNTED} FROM orders o
  LEFT JOIN credit_lines l ON l.platform_id = o.platform_id
  WHERE ${RECENT} AND o.amount_hao <= coalesce(l.order_limit_hao, $3)
    AND o.amount_hao * 100 >= coalesce(l.order_limit_hao, $3) * (100 - $4::int)
  GROUP BY 1, 2 HAVING count(*) >= $5`;

const NIGHT_BURST = `
  SELECT o.platform_id, coalesce(o.customer_no, '') AS subject, ${COUNTED} FROM orders o
  WHERE ${RECENT} AND extract(hour FROM o.created_at AT TIME ZONE 'Asia/Shanghai') >= $3::int
    AND extract(hour FROM o.created_at AT TIME ZONE 'Asia/Shanghai') < $4::int
  GROUP BY 1, 2 HAVING count(*) >= $5`;

const HIGH_FACE = `
  ${OF_CUSTOMERS} WHERE ${RECENT} AND o.customer_no IS NOT NULL GROUP BY 1, 2
  HAVING count(*) >= $3 AND min(o.unit_price_hao) >= $4`;

const DAILY_SUM = `
  ${OF_CUSTOMERS} WHERE ${RECENT} AND o.customer_no IS NOT NULL GROUP BY 1, 2 HAVING sum(o.amount_hao) >= $3
  UNION ALL ${OF_PLATFORMS} WHERE ${RECENT} GROUP BY 1 HAVING sum(o.amount_hao) >= $4`;

/** Who paid first is known; a payer that a person has let pass is known, too. */
const THIRD_PARTY = `
  SELECT b.platform_id, '' AS subject, count(*)::int AS order_count, sum(b.brought_hao) AS amount, '{}'::bigint[] AS order_ids,
    jsonb_build_object('payer', b.payer, 'knownPayer', first.payer) AS figures
  FROM balance_lots b JOIN LATERAL (
    SELECT f.payer FROM balance_lots f WHERE f.platform_id = b.platform_id AND f.payer IS NOT NULL ORDER BY f.id LIMIT 1) AS first ON true
  WHERE $1::bigint >= 0 AND b.brought_at >= $2 AND b.payer IS NOT NULL AND b.payer <> first.payer
    AND NOT EXISTS (SELECT 1 FROM risk_signals s WHERE s.kind = 'third-party-payment' AND s.platform_id = b.platform_id
      AND s.status <> 'open' AND s.figures ->> 'payer' = b.payer)
  GROUP BY b.platform_id, b.payer, first.payer`;

const yuan = (amount: number): number => amount * HAO_PER_YUAN;

/** What each rule asks now. */
function probes(rules: CurrentRules, nowMs: number): readonly Probe[] {
  const velocity = rules.paramsOf('velocity');
  const structuring = rules.paramsOf('structuring');
  const payer = rules.paramsOf('third-party-payment');
  const night = rules.paramsOf('night-burst');
  const face = rules.paramsOf('high-face');
  const day = rules.paramsOf('daily-sum');
  const midnightMs =
    Math.floor((nowMs + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS - SHANGHAI_OFFSET_MS;
  const probe = (
    kind: RiskSignalKind,
    sinceMs: number,
    text: string,
    values: readonly unknown[],
  ): Probe => {
    const { watches, ...figures } = rules.paramsOf(kind);
    return { kind, sinceMs, text, values, figures, watches: watches === 1 };
  };
  return [
    probe('velocity', nowMs - velocity.windowMinutes * MINUTE_MS, VELOCITY, [
      velocity.customerOrders,
      velocity.platformOrders,
    ]),
    probe('structuring', nowMs - structuring.windowHours * HOUR_MS, STRUCTURING, [
      yuan(structuring.limitYuan),
      structuring.percentUnder,
      structuring.orders,
    ]),
    probe('night-burst', midnightMs, NIGHT_BURST, [night.fromHour, night.toHour, night.orders]),
    probe('high-face', nowMs - face.windowHours * HOUR_MS, HIGH_FACE, [
      face.orders,
      yuan(face.unitPriceYuan),
    ]),
    probe('daily-sum', midnightMs, DAILY_SUM, [yuan(day.customerYuan), yuan(day.platformYuan)]),
    {
      ...probe('third-party-payment', nowMs - payer.windowDays * DAY_MS, THIRD_PARTY, []),
      isOfMoney: true,
    },
  ];
}

/**
 * Looks at what is there, raises what goes past a rule, and begins the watches that the rules ask for. What is open, or was
 * decided in the last day, is not raised again. Returns how many signals are new.
 */
export async function raiseSignals(pool: Pool, nowMs: number): Promise<number> {
  const rules = await readRiskRules(pool);
  let raised = 0;
  for (const probe of probes(rules, nowMs)) {
    const firstId =
      probe.isOfMoney === true ? '0' : await firstOrderIdSince(pool, new Date(probe.sinceMs));
    const { rows } = await pool.query<Finding>(
      `SELECT f.*, p.is_sandbox FROM (${probe.text}) AS f JOIN platforms p ON p.id = f.platform_id`,
      [firstId, new Date(probe.sinceMs), ...probe.values],
    );
    for (const finding of rows) {
      const revision = rules.revisions.get(probe.kind) ?? 1;
      const isNew = await inTransaction(pool, (client) =>
        raise(client, { probe, finding, revision, nowMs }),
      );
      if (isNew) raised += 1;
    }
  }
  await pool.query(BLOCK_SLOW_CHARGE, [null]);
  return raised;
}

const RAISE = `
  INSERT INTO risk_signals (kind, revision, platform_id, subject, window_from, window_to, order_count, amount_hao, figures, order_ids, raised_at)
  SELECT $1::varchar, $2::int, $3::uuid, $4::varchar, $5::timestamptz, $6::timestamptz, $7::int, $8::bigint, $9::jsonb, $10::bigint[], $6
  WHERE NOT EXISTS (SELECT 1 FROM risk_signals s WHERE s.kind = $1::varchar AND s.platform_id = $3::uuid AND s.subject = $4::varchar
    AND s.decided_at > $6::timestamptz - interval '1 day')
  ON CONFLICT (kind, platform_id, subject) WHERE status = 'open' DO NOTHING RETURNING id`;

/** A sandbox is where platforms try things out: it gives signals, but nobody there is put on watch. */
async function raise(
  client: PoolClient,
  found: {
    readonly probe: Probe;
    readonly finding: Finding;
    readonly revision: number;
    readonly nowMs: number;
  },
): Promise<boolean> {
  const { probe, finding, revision, nowMs } = found;
  const made = await client.query<{ id: string }>(RAISE, [
    probe.kind,
    revision,
    finding.platform_id,
    finding.subject,
    new Date(probe.sinceMs),
    new Date(nowMs),
    finding.order_count,
    finding.amount,
    JSON.stringify({ ...probe.figures, ...finding.figures }),
    finding.order_ids,
  ]);
  const signalId = made.rows[0]?.id;
  if (signalId === undefined) return false;
  if (probe.watches && !finding.is_sandbox)
    await startWatch(client, {
      platformId: finding.platform_id,
      subject: finding.subject,
      reason: probe.kind,
      raisedBy: RAISED_BY_RULES,
      signalId,
      nowMs,
    });
  return true;
}
