// `npm run screenshots`: makes the pictures of the readme from the running system, with real orders on them.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumBinary } from './lib/chromium.mjs';
import { ROOT } from './lib/paths.mjs';
import { UserError, outliveTheConsole, print, printError } from './lib/progress.mjs';
import { readRun } from './lib/run-file.mjs';
import { PlatformClient } from './platform-client.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./lib/run-file.mjs').Run} Run */

const IMAGES = path.join(ROOT, 'docs', 'images');
const VIEWPORT = { width: 1440, height: 900 };
const PAGE_WITHIN_MS = 30_000;
/** The Temporal UI shows a run a moment after it has ended. */
const SETTLE_MS = 1_500;
const ORDERS = [
  { productCode: 'STEAM-100', quantity: 2 },
  { productCode: 'XBOX-50', quantity: 3 },
  { productCode: 'STEAM-100', quantity: 1 },
  { productCode: 'EMPTY-10', quantity: 1 },
  { productCode: 'XBOX-50', quantity: 1 },
];

/** Something to look at. @param {Run} run @returns {Promise<any>} the order that has a page of its own */
async function buy(run) {
  const platform = run.platforms.find((one) => one.code === 'demo');
  if (!platform) throw new UserError('The pictures need the sample data of npm start.');
  const client = new PlatformClient({ api: run.api, ...platform });
  const stamp = Date.now().toString(36).toUpperCase();
  const orders = [];
  for (const [index, order] of ORDERS.entries())
    orders.push(
      await client.submitOrder({ merchantOrderNo: `SHOP-${stamp}-${index + 1}`, ...order }),
    );
  return orders[0];
}

/** @param {Page} page @param {string} name */
async function shoot(page, name) {
  await page.waitForLoadState('networkidle', { timeout: PAGE_WITHIN_MS }).catch(() => undefined);
  await page.waitForTimeout(SETTLE_MS);
  const file = path.join(IMAGES, `${name}.png`);
  await page.screenshot({ path: file });
  print(path.relative(ROOT, file));
}

/** @param {Page} page @param {Run} run */
async function logIn(page, run) {
  const owner = run.staff.find((person) => person.role === 'owner');
  if (!owner) throw new UserError('run.json names no owner to log in with.');
  await page.goto(`${run.admin}/login?lang=zh-CN`);
  await page.fill('input[name=email]', owner.email);
  await page.fill('input[name=password]', owner.password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.endsWith('/login'), { timeout: PAGE_WITHIN_MS }),
    page.click('button[type=submit]'),
  ]);
}

/** The panel's pages. @param {Page} page @param {Run} run @param {any} order */
async function shootPanel(page, run, order) {
  await logIn(page, run);
  await shoot(page, 'dashboard');
  await page.goto(`${run.admin}/resources/Order`);
  await page.getByText(order.orderNo).first().waitFor({ timeout: PAGE_WITHIN_MS });
  await shoot(page, 'orders');
  await page.getByText(order.orderNo).first().click();
  await page.waitForURL(/\/records\/\d+\/show/, { timeout: PAGE_WITHIN_MS });
  await shoot(page, 'panel');
  await page.goto(`${run.admin}/resources/CardImport/actions/import`);
  await shoot(page, 'import');
}

/** @param {Page} page @param {Run} run @param {any} order */
async function shootTemporal(page, run, order) {
  const id = encodeURIComponent(`order:${order.orderNo}`);
  await page.goto(`${run.temporalUi}/namespaces/${run.temporalNamespace}/workflows/${id}`);
  await page.getByText('fulfilOrder').first().waitFor({ timeout: PAGE_WITHIN_MS });
  await shoot(page, 'temporal-ui');
}

async function takePictures() {
  const run = readRun();
  const { path: executablePath, missing } = await chromiumBinary();
  if (executablePath === undefined)
    throw new UserError(`No pictures without a browser: ${missing}`);
  const order = await buy(run);
  mkdirSync(IMAGES, { recursive: true });
  const args = ['--disable-gpu', '--disable-dev-shm-usage'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const browser = await chromium.launch({ executablePath, args });
  try {
    const context = await browser.newContext({
      viewport: VIEWPORT,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    await shootTemporal(page, run, order);
    await shootPanel(page, run, order);
  } finally {
    await browser.close();
  }
}

outliveTheConsole();
try {
  await takePictures();
} catch (error) {
  printError(error);
  process.exitCode = 1;
}
