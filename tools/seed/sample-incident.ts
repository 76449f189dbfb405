import type pg from 'pg';
import {
  DAY_MS,
  HOUR_MS,
  type IncidentStatus,
  MINUTE_MS,
  shanghaiDate,
  shanghaiDayNumber,
  shanghaiMidnightMs,
} from '#domain';
import { inTransaction } from '#domain/database';
import {
  addIncidentUpdate,
  declareIncident,
  giveIncidentBatch,
  previewAffected,
  setIncidentImpact,
  startIncidentCompensation,
} from '#domain/stores';

const KEY = 'sample:upstream-down';
const ACTOR = 'service@kagong.example';
const HISTORY_DAYS = 75;

const COMPONENTS = [
  ['GAME', 'product-line', '游戏点卡', 'Game cards', '{STEAM-100,XBOX-50,EMPTY-10,GAME-30}', 20],
  ['TOPUP', 'product-line', '话费与流量', 'Phone top-ups', '{PHONE-50}', 30],
  ['VIDEO', 'product-line', '视频会员', 'Video memberships', '{VIDEO-30}', 40],
  ['UPSTREAM', 'upstream', '上游渠道', 'Upstreams', '{}', 50],
] as const;

/** What was told, how long after the beginning. */
const STORY: readonly (readonly [
  afterMs: number,
  status: IncidentStatus,
  zh: string,
  en: string,
])[] = [
  [
    35 * MINUTE_MS,
    'identified',
    '原因已定位：一家上游的发卡接口超时。新订单已自动切换到其他货源，未交付的订单正在补发。',
    'We know the cause: the interface of one upstream times out. New orders go to other sources by themselves; what was not delivered is being delivered now.',
  ],
  [
    80 * MINUTE_MS,
    'watching',
    '上游接口恢复，积压订单已全部处理完，我们继续观察。',
    'The interface of the upstream works again and the backlog is empty. We keep watching.',
  ],
  [
    130 * MINUTE_MS,
    'fixed',
    '已恢复正常。受影响订单将获得 30 天服务延长，无需申请。',
    'Everything works again. Affected orders get 30 more days of service without being asked for.',
  ],
  [
    2 * DAY_MS,
    'postmortem',
    '复盘：上游升级时没有通知，超时阈值过高使切换晚了 20 分钟。改进：阈值由 60 秒降到 15 秒；上游变更须提前 24 小时通知并写入协议；每月演练一次切换。',
    'Postmortem: the upstream was upgraded without notice, and our time limit was so high that we switched 20 minutes late. From now on the limit is 15 seconds instead of 60; changes must be announced 24 hours ahead, by contract; switching is rehearsed every month.',
  ],
];

/** An incident of two weeks ago, with its postmortem and its compensation, and a past for the public page. */
export async function addSampleIncident(pool: pg.Pool): Promise<void> {
  const nowMs = Date.now();
  const known = await pool.query('SELECT 1 FROM incidents WHERE key = $1', [KEY]);
  if (known.rowCount !== 0) return;
  const occurredMs =
    shanghaiMidnightMs(shanghaiDayNumber(nowMs) - 13) + 20 * HOUR_MS + 12 * MINUTE_MS;
  await addComponents(pool);
  await addHistory(pool, nowMs);
  const incidentId = await tellStory(pool, occurredMs);
  await compensate(pool, { incidentId, fromMs: occurredMs, nowMs });
}

async function addComponents(pool: pg.Pool): Promise<void> {
  for (const component of COMPONENTS)
    await pool.query(
      `INSERT INTO status_components (code, kind, name_zh, name_en, product_codes, sort_no) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (code) DO NOTHING`,
      [...component],
    );
}

/** Days before this system was there; those with orders of its own are counted. */
async function addHistory(pool: pg.Pool, nowMs: number): Promise<void> {
  for (let day = HISTORY_DAYS; day >= 1; day -= 1)
    await pool.query(
      `INSERT INTO service_days (day, fulfilled_count, failed_count, excluded_count, counted_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (day) DO NOTHING`,
      [
        shanghaiDate(nowMs - day * DAY_MS),
        940 + ((day * 37) % 160),
        day === 13 ? 9 : day % 3 === 0 ? 1 : 0,
        (day * 7) % 5,
        new Date(nowMs),
      ],
    );
}

async function tellStory(pool: pg.Pool, occurredMs: number): Promise<string> {
  const { rows } = await pool.query<{ id: string; code: string }>(
    `SELECT id, code FROM status_components WHERE code IN ('GAME', 'UPSTREAM')`,
  );
  const idOf = (code: string): string => rows.find((row) => row.code === code)?.id ?? '';
  return inTransaction(pool, async (client) => {
    const { id } = await declareIncident(client, {
      key: KEY,
      title: { zh: '游戏点卡发货中断', en: 'Game cards are not delivered' },
      body: {
        zh: '我们发现部分游戏点卡发货失败，正在联系上游排查。请勿重复下单，未交付的订单会自动补发或退款。',
        en: 'Some game cards are not delivered; we are looking into it with the upstream. Please do not order again: what is not delivered is delivered later or refunded.',
      },
      status: 'investigating',
      severity: 'major',
      visibility: 'public',
      componentId: idOf('GAME'),
      impact: 'partial-outage',
      occurredMs,
      isSeparate: false,
      actor: ACTOR,
      nowMs: occurredMs + 6 * MINUTE_MS,
    });
    await setIncidentImpact(client, {
      incidentId: id,
      componentId: idOf('UPSTREAM'),
      impact: 'degraded',
      nowMs: occurredMs + 35 * MINUTE_MS,
    });
    for (const [afterMs, status, zh, en] of STORY)
      await addIncidentUpdate(client, {
        incidentId: id,
        status,
        body: { zh, en },
        actor: ACTOR,
        nowMs: occurredMs + afterMs,
      });
    return id;
  });
}

async function compensate(
  pool: pg.Pool,
  about: { readonly incidentId: string; readonly fromMs: number; readonly nowMs: number },
): Promise<void> {
  const { incidentId, fromMs, nowMs } = about;
  const filter = {
    productCodes: ['STEAM-100', 'XBOX-50'],
    supplierCodes: [],
    platformCodes: ['xingchen'],
    statuses: ['succeeded'],
    fromMs,
    toMs: nowMs + MINUTE_MS,
  } as const;
  const terms = {
    remedy: 'service-days',
    days: 30,
    dayCostHao: 1_000,
    percent: 0,
    fixedHao: 0,
  } as const;
  const { giftCount, costHao } = await previewAffected(pool, incidentId, { filter, terms });
  if (giftCount === 0) return;
  await inTransaction(pool, (client) =>
    startIncidentCompensation(client, {
      incidentId,
      key: `${KEY}:compensation`,
      filter,
      terms,
      plannedHao: costHao,
      reason: '承诺的 30 天服务延长',
      askedBy: ACTOR,
      approvedBy: 'owner@kagong.example',
      nowMs,
    }),
  );
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM incident_compensations WHERE incident_id = $1',
    [incidentId],
  );
  const compensationId = rows[0]?.id ?? '';
  while ((await giveIncidentBatch(pool, { compensationId, nowMs })).status === 'running');
}
