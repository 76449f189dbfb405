import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Browser, chromium, type Page } from 'playwright-core';
import { openComplaint } from '#domain/stores';
import { emailOf, STAFF_PASSWORD, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder, type Trade } from '../support/sold-order.js';

const BROWSER = process.env['CHROMIUM'];
const describeWithBrowser = BROWSER ? describe : describe.skip;
const PICTURES = path.resolve(import.meta.dirname, '../../.data/screenshots');
const STEP_MS = 60_000;
const MINUTE_MS = 60_000;

describeWithBrowser('customer service at the panel', () => {
  let admin: TestAdmin;
  let pool: pg.Pool;
  let browser: Browser;
  let page: Page;
  let trade: Trade;
  let order: SoldOrder;
  let complaintId: string;
  const faults: string[] = [];
  const picture = (name: string) =>
    page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
  const complain = async (unitNo: number, agoMs: number) => {
    const nowMs = Date.now();
    const opened = await openComplaint(pool, {
      source: 'platform-api',
      platformId: trade.platformId,
      category: 'bad-card',
      subject: { orderId: order.orderId, unitNo },
      text: '<img src=x onerror=alert(1)> 卡密提示已失效，请处理',
      customerNo: 'buyer-7',
      receivedMs: nowMs - agoMs,
      nowMs,
    });
    return opened.complaintId;
  };

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    admin = await startTestAdmin();
    pool = new pg.Pool({ connectionString: admin.databaseUrl, max: 2 });
    trade = await aTrade(admin.db, { cards: 6 });
    order = await anOrderWithRows(admin.db, trade, { quantity: 3, status: 'succeeded' });
    await complain(1, 40 * MINUTE_MS);
    complaintId = await complain(2, 20 * MINUTE_MS);
    await complain(3, 0);
    browser = await chromium.launch({
      executablePath: BROWSER ?? '',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    const context = await browser.newContext({
      locale: 'zh-CN',
      viewport: { width: 1440, height: 900 },
    });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => faults.push(`a script ran: ${dialog.message()}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        faults.push(message.text());
    });
  }, STEP_MS);
  afterAll(async () => {
    await browser?.close();
    await pool?.end();
    await admin?.close();
  });

  it(
    'sees what presses most on top, with a clock that runs without reading the page again',
    async () => {
      await page.goto(`${admin.url}/admin`);
      await page.fill('#email', emailOf('service'));
      await page.fill('#password', STAFF_PASSWORD);
      await page.click('button[type=submit]');
      await page.getByText('未结投诉').first().waitFor();
      await picture('complaint-dashboard');
      await page.goto(`${admin.url}/admin/resources/Complaint/actions/work`);
      await page.locator('tr.kg-late').waitFor();
      const left = page.locator(`tr[data-id="${complaintId}"] .kg-left`);
      const before = await left.textContent();
      expect(before).toMatch(/^剩 0:0\d:\d\d$/);
      await page.waitForTimeout(2_500);
      expect(await left.textContent()).not.toBe(before);
      await picture('complaint-work');
    },
    STEP_MS,
  );

  it(
    'answers, refunds by the rules, and the public trail tells it',
    async () => {
      await page.locator(`tr[data-id="${complaintId}"] a`).click();
      await page.getByTestId('take').click();
      await page.getByText('已指派').waitFor();
      await page.getByTestId('reply').locator('textarea').fill('已收到，正在为您核实');
      await page.getByTestId('send-reply').click();
      await page.getByText('已发送，客户可以看到').waitFor();
      await page.getByTestId('note').locator('textarea').fill('与上周同一批次');
      await page.getByTestId('note').locator('button').click();
      await page.getByTestId('notes').getByText('与上周同一批次').waitFor();
      await page.getByTestId('remedy-refund').click();
      await page.fill('#ask-reason', '核实卡密无效，退款');
      await page.getByTestId('ask-confirm').click();
      await page.getByText('已赔付').first().waitFor();
      await page.getByTestId('trail').getByText('给予赔付').waitFor();
      await page.getByTestId('mode-offer').click();
      await page.getByTestId('reply').locator('select').selectOption('refunded');
      await page.getByTestId('reply').locator('textarea').fill('已全额退款，请查收');
      await page.getByTestId('send-reply').click();
      await page.getByText('已提出方案').waitFor();
      expect(await page.getByTestId('trail').textContent()).not.toContain('与上周同一批次');
      await picture('complaint-page');
    },
    STEP_MS,
  );

  it(
    'writes down that the customer agreed by phone, and enters another complaint from the order',
    async () => {
      await page.getByTestId('noteCustomer').click();
      await page.selectOption('#ask-act', 'confirm');
      await page.getByTestId('ask-confirm').click();
      await page.getByText('已记入公开经过').waitFor();
      await page.getByText('已解决').first().waitFor();
      await page.goto(`${admin.url}/admin/resources/Order/records/${order.orderId}/show`);
      await page.getByTestId('open-complaint').click();
      await page.getByTestId('found-order').waitFor();
      await page.selectOption('#intake-complaintCategory', 'service');
      await page.fill('#intake-text', '客户来电投诉客服态度');
      await picture('complaint-intake');
      await page.getByTestId('open-complaint').click();
      await page.getByTestId('complaint-page').waitFor();
      await page.goto(`${admin.url}/admin/resources/Complaint/actions/complaintReport`);
      await page.getByText('暂停核查').waitFor();
      await picture('complaint-report');
    },
    STEP_MS,
  );

  it(
    'reads all of it in English, too, and nothing went wrong on any page',
    async () => {
      await admin.db.query(`UPDATE staff SET language = 'en' WHERE role = 'service'`);
      await page.goto(`${admin.url}/admin/resources/Complaint/actions/work`);
      await page.getByRole('heading', { name: 'Complaint work list' }).waitFor();
      await picture('complaint-work-en');
      await page.goto(`${admin.url}/admin/resources/Complaint/records/${complaintId}/show`);
      await page.getByText('What the customer sees').waitFor();
      await picture('complaint-page-en');
      expect(faults).toEqual([]);
    },
    STEP_MS,
  );
});
