import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  addIncidentUpdate,
  changeIncident,
  correctIncidentUpdate,
  countServiceDays,
  declareIncident,
} from '#domain/stores';
import { startTestApi, type TestApi } from '../support/api.js';
import { incidentWords } from '../support/incidents.js';

let api: TestApi;
let url: string;
let pool: pg.Pool;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kagong-status-'));
  api = await startTestApi();
  url = await api.another({ STATUS_DIR: folder, PUBLIC_URL: 'https://status.example.test/' });
  pool = openSqlPool(api.databaseUrl, 3, 'test');
  await pool.query(
    `INSERT INTO status_components (code, kind, name_zh, name_en) VALUES ('LINE', 'product-line', '点卡 <b>', 'Cards')`,
  );
}, 30_000);
afterAll(async () => {
  await pool?.end();
  await api?.close();
});

const page = async (address: string) => {
  const answer = await fetch(`${url}/status${address}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

/** What was read is told again for a few seconds. */
async function until(address: string, holds: (text: string) => boolean): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { text } = await page(address);
    if (holds(text)) return text;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${address} never told it`);
}

async function declare(more: object = {}): Promise<{ id: string; incidentNo: string }> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM status_components WHERE code = 'LINE'`,
  );
  const given = {
    ...incidentWords(rows[0]?.id ?? ''),
    key: `status-${Math.random()}`,
    isSeparate: true,
    ...more,
  };
  return inTransaction(pool, (client) => declareIncident(client, given));
}

it('is served without a log-in, loads nothing, runs nothing, and names its time zone', async () => {
  const chinese = await page('');
  expect(chinese.status).toBe(200);
  expect(chinese.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = chinese.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';.*frame-ancestors 'none'$/);
  expect(chinese.headers.get('cache-control')).toBe('public, max-age=5');
  expect(chinese.text).not.toMatch(/<script|src=|url\(|style="/);
  expect(chinese.text).toContain('所有时间均为北京时间（UTC+8）。');
  expect(chinese.text).toContain('所有服务正常');
  const english = await page('/en');
  expect(english.text).toContain('All services are operational');
  expect(english.text.replace('中文', '').replaceAll(/点卡 &lt;b&gt;/g, '')).not.toMatch(
    /\p{Script=Han}{2,}/u,
  );
});

it('tells public incidents in both languages, escaped, and no other ones', async () => {
  const hidden = await declare({ visibility: 'internal', title: { zh: '内部', en: 'hidden' } });
  const reseller = await declare({ visibility: 'reseller' });
  const shown = await declare({
    title: { zh: '<script>alert(1)</script>', en: 'Cards & "codes"' },
    body: { zh: '第一行\n第二行', en: '</style><img src=x>' },
  });
  const chinese = await until('', (text) => text.includes(shown.incidentNo));
  expect(chinese).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(chinese).toContain('部分服务受影响');
  expect(chinese).not.toContain('<script');
  for (const { incidentNo } of [hidden, reseller]) expect(chinese).not.toContain(incidentNo);
  const english = (await page('/en')).text;
  expect(english).toContain('Cards &amp; &quot;codes&quot;');
  expect(english).toContain('&lt;/style&gt;&lt;img src=x&gt;');
  const feed = (await page('/en/rss.xml')).text;
  expect(feed).toContain(`https://status.example.test/status/en#${shown.incidentNo}`);
  expect(feed).toContain('<title>[Investigating] Cards &amp; &quot;codes&quot;</title>');
  const json = JSON.parse((await page('/status.json')).text) as { incidents: object[] };
  expect(json.incidents).toMatchObject([{ incidentNo: shown.incidentNo, status: 'investigating' }]);
  await inTransaction(pool, (client) =>
    changeIncident(client, {
      incidentId: hidden.id,
      visibility: 'public',
      severity: 'minor',
      nowMs: Date.now(),
    }),
  );
  await until('', (text) => text.includes(hidden.incidentNo));
});

it('shows what was corrected and what stood there before', async () => {
  const { id } = await declare({ body: { zh: '原文', en: 'the first words' } });
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM incident_updates WHERE incident_id = $1',
    [id],
  );
  await inTransaction(pool, (client) =>
    correctIncidentUpdate(client, {
      updateId: rows[0]?.id ?? '',
      body: { zh: '更正后', en: 'better words' },
      actor: 'x',
      nowMs: Date.now(),
    }),
  );
  const english = await until('/en', (text) => text.includes('better words'));
  expect(english).toContain('the first words');
  expect(english).toMatch(/Corrected \d{4}-/);
});

it('counts the orders of a day as they ended, and says of a month that missed the promise that it did', async () => {
  const nowMs = Date.now();
  await pool.query(
    `INSERT INTO orders (order_no, platform_id, merchant_order_no, fingerprint, product_id, product_code, quantity, unit_price_hao,
       amount_hao, refunded_hao, status, fail_code, created_at, updated_at)
     SELECT 'S' || n, gen_random_uuid(), 'S' || n, '\\x00', gen_random_uuid(), 'TEST', 1, 100, 100, CASE WHEN n > 97 THEN 100 ELSE 0 END,
       CASE WHEN n > 97 THEN 'failed' ELSE 'succeeded' END,
       CASE n WHEN 98 THEN 'out-of-stock' WHEN 99 THEN 'account-refused' WHEN 100 THEN 'cancelled-by-platform' END, now(), now()
     FROM generate_series(1, 100) AS n`,
  );
  await countServiceDays(pool, { days: 2, nowMs });
  const { rows } = await pool.query(
    'SELECT fulfilled_count, failed_count, excluded_count FROM service_days',
  );
  expect(rows).toEqual([{ fulfilled_count: 97, failed_count: 1, excluded_count: 2 }]);
  expect(await countServiceDays(pool, { days: 2, nowMs })).toBe(0);
  const chinese = await until('', (text) => text.includes('98.97%'));
  expect(chinese).toContain('未达成');
});

it('lists complaints without saying whose they are, and counts late answers as they were', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO complaints (complaint_no, source, category, severity, status, summary, customer_no, contact, policy_id, received_at,
       acked_at, ended_at, resolution_code, is_breached)
     VALUES ('T-SECRET-1', 'staff', 'bad-card', 'P2', 'solved', 'secret words', 'secret customer', 'secret contact',
       (SELECT id FROM sla_policy_versions LIMIT 1), now() - interval '3 hours', now() - interval '90 minutes', now() - interval '30 minutes',
       'refunded', true) RETURNING id`,
  );
  await pool.query(
    `INSERT INTO sla_clocks (complaint_id, cycle_no, kind, seq, started_at, target_seconds, due_at, stopped_at, outcome)
     SELECT $1, 1, k.kind, k.seq, now() - interval '3 hours', 3600, now() - interval '2 hours', now() - interval '90 minutes', k.outcome
     FROM (VALUES ('ack', 1, 'breached'), ('resolve', 1, 'met')) AS k(kind, seq, outcome)`,
    [rows[0]?.id],
  );
  const chinese = await until('', (text) => text.includes('卡密无效'));
  for (const text of ['1.5 小时', '2.5 小时', '已退款', '超时 1 次', '100.00%'])
    expect(chinese).toContain(text);
  const json = (await page('/status.json')).text;
  for (const told of [chinese, json]) expect(told).not.toMatch(/secret/i);
});

it('is written as files when it has changed, whole, with links that work where they are', async () => {
  const { id, incidentNo } = await declare();
  await inTransaction(pool, (client) =>
    addIncidentUpdate(client, {
      incidentId: id,
      status: 'fixed',
      body: { zh: '已恢复', en: 'it works' },
      actor: 'x',
      nowMs: Date.now(),
    }),
  );
  const file = path.join(folder, 'en', 'index.html');
  for (let tries = 0; tries < 150; tries += 1) {
    if ((await readFile(file, 'utf8').catch(() => '')).includes(incidentNo)) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const english = await readFile(file, 'utf8');
  expect(english).toContain(incidentNo);
  expect(english).toContain('href="../index.html"');
  expect(english).toContain('http-equiv="Content-Security-Policy"');
  const names = (await readdir(folder, { recursive: true })).sort();
  expect(names).toEqual([
    'en',
    'en/index.html',
    'en/rss.xml',
    'index.html',
    'rss.xml',
    'status.json',
  ]);
}, 60_000);
