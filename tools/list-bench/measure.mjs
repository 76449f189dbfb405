import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../lib/paths.mjs';

const WARM = 3;
const TRIES = 20;
const NEEDLE = 'LISTS-NEEDLE-0001';

/** @typedef {{ what: string, kind: 'list' | 'exact', p50: number, p95: number, rows: number }} Line */

/**
 * @param {any} run @param {import('pg').Client} client @param {(text: string) => void} say
 * @returns {Promise<Line[]>}
 */
export async function measure(run, client, say) {
  const panel = await login(run);
  const { rows } = await client.query(
    `SELECT order_no, merchant_order_no, customer_no, platform_id, created_at + interval '8 hours' AS at FROM orders
     WHERE product_code = 'LISTS-10' ORDER BY id OFFSET (SELECT count(*) / 2 FROM orders) LIMIT 1`,
  );
  const order = rows[0];
  const day = order.at.toISOString().slice(0, 10);
  await importNeedle(run, client);
  const list =
    (/** @type {string} */ entity, query = '') =>
    () =>
      panel
        .get(`/admin/api/resources/${entity}/actions/list?${query}`)
        .then((body) => body.records.length);
  const find = (/** @type {string} */ text) => () =>
    panel.post('/admin/command/find', { text }).then((body) => body.groups.length);
  const days = `filters.createdAt~~from=${day}&filters.createdAt~~to=${day}`;
  /** @type {[string, Line['kind'], () => Promise<number>][]} */
  const work = [
    ...['Order', 'OrderUnit', 'Delivery', 'OrderEvent', 'Card', 'CardStock', 'LedgerPosting'].map(
      (entity) =>
        /** @type {[string, 'list', () => Promise<number>]} */ ([
          `first page: ${entity}`,
          'list',
          list(entity),
        ]),
    ),
    ['orders: page 50', 'list', list('Order', 'page=50')],
    ['orders: failed', 'list', list('Order', 'filters.status=failed')],
    ['orders: held (none)', 'list', list('Order', 'filters.status=held')],
    ['orders: of a platform', 'list', list('Order', `filters.platformId=${order.platform_id}`)],
    ['orders: of a day, half a year ago', 'list', list('Order', days)],
    ['orders: failed on that day', 'list', list('Order', `filters.status=failed&${days}`)],
    ['list: by order number', 'exact', list('Order', `filters.q=${order.order_no}`)],
    [
      'list: by the platform’s number',
      'exact',
      list('Order', `filters.q=${order.merchant_order_no}`),
    ],
    ['list: by customer', 'exact', list('Order', `filters.q=${order.customer_no}`)],
    ['find anything: order number', 'exact', find(order.order_no)],
    ['find anything: platform’s number', 'exact', find(order.merchant_order_no)],
    ['find anything: card by its code', 'exact', find(NEEDLE)],
    ['find anything: nothing has it', 'exact', find('NOTHING-HAS-THIS-NUMBER')],
  ];
  const lines = [];
  for (const [what, kind, ask] of work) {
    for (let tries = 0; tries < WARM; tries += 1) await ask();
    /** @type {number[]} */
    const times = [];
    let rows = 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const beganMs = performance.now();
      rows = await ask();
      times.push(performance.now() - beganMs);
    }
    times.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => times[Math.ceil(times.length * share) - 1] ?? NaN;
    lines.push({ what, kind, p50: at(0.5), p95: at(0.95), rows });
    say(`${what}: ${at(0.95).toFixed(0)} ms, ${rows} found`);
  }
  return lines;
}

/** A card that went through the vault, so that its code is found. @param {any} run @param {import('pg').Client} client */
async function importNeedle(run, client) {
  await client.query(`UPDATE products SET status = 'off-sale' WHERE code = 'LISTS-10'`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kagong-lists-'));
  const file = path.join(folder, 'cards.csv');
  writeFileSync(file, `number,password\n${NEEDLE},x\n`);
  const args = ['tools/command.mjs', 'import-cards', '--product', 'LISTS-10', '--file', file];
  execFileSync(process.execPath, args, {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, KAGONG_DATA_DIR: run.dataDir },
  });
  rmSync(folder, { recursive: true, force: true });
}

/** @param {any} run */
async function login(run) {
  const { origin } = new URL(run.admin);
  const { email, password } = run.staff.find(
    (/** @type {{ role: string }} */ one) => one.role === 'owner',
  );
  const entered = await fetch(`${run.admin}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password }),
  });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const call = async (/** @type {string} */ where, /** @type {RequestInit} */ init = {}) => {
    const answer = await fetch(origin + where, {
      ...init,
      headers: { Cookie: cookie, Origin: origin, 'Content-Type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`${where}: ${answer.status} ${await answer.text()}`);
    return /** @type {any} */ (await answer.json());
  };
  return {
    get: (/** @type {string} */ where) => call(where),
    post: (/** @type {string} */ where, /** @type {unknown} */ body) =>
      call(where, { method: 'POST', body: JSON.stringify(body) }),
  };
}
