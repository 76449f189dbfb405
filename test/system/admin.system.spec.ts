import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { emailOf, STAFF_PASSWORD, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder } from '../support/sold-order.js';

const BROWSER = process.env['CHROMIUM'];
const describeWithBrowser = BROWSER ? describe : describe.skip;
const PICTURES = path.resolve(import.meta.dirname, '../../.data/screenshots');
const STEP_MS = 60_000;
const FILE =
  '卡号,密码,有效期\nWEB-IMPORT-0001,PASS-0001,2030-01-31\nWEB-IMPORT-0002,PASS-0002,2030-01-31\nWEB-IMPORT-0002,PASS-0009,\n';

describeWithBrowser('a person at the panel', () => {
  let admin: TestAdmin;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let sold: SoldOrder;
  let waiting: SoldOrder;
  let productCode: string;
  const faults: string[] = [];
  const picture = (name: string) => page.screenshot({ path: path.join(PICTURES, `${name}.png`) });

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    admin = await startTestAdmin();
    const trade = await aTrade(admin.db, { cards: 4 });
    sold = await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
    waiting = await anOrderWithRows(admin.db, trade, { quantity: 30, status: 'processing' });
    const found = await admin.db.query<{ code: string }>(
      'SELECT code FROM products WHERE id = $1',
      [trade.productId],
    );
    productCode = found.rows[0]?.code ?? '';
    browser = await chromium.launch({
      executablePath: BROWSER ?? '',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    // A page that reaches outside, is stopped by its policy or throws is at fault, whatever it shows.
    page.on('request', (request) => {
      if (!request.url().startsWith(admin.url) && !/^(data|blob):/.test(request.url()))
        faults.push(`outside: ${request.url()}`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        faults.push(message.text());
    });
  }, STEP_MS);
  afterAll(async () => {
    await browser?.close();
    await admin?.close();
  });

  it(
    'logs in and sees how today goes',
    async () => {
      await page.goto(`${admin.url}/admin`);
      await page.fill('#email', emailOf('owner'));
      await page.fill('#password', STAFF_PASSWORD);
      await page.click('button[type=submit]');
      await page.getByRole('heading', { name: '首页' }).waitFor();
      await page.getByTestId('stock').getByText(productCode).waitFor();
      expect(await page.getByTestId('stock').textContent()).toContain(productCode);
      expect(await page.locator('[data-css="topbar"]').textContent()).toContain('测试 owner');
      await picture('panel-dashboard');
    },
    STEP_MS,
  );

  it(
    'finds an order by its merchant number and sees its timeline',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Order`);
      await page.locator(`tr[data-id="${sold.orderId}"]`).waitFor();
      await picture('panel-orders');
      await page.goto(`${admin.url}/admin`);
      await page.getByTestId('find-order').fill(sold.orderNo);
      await page.getByRole('button', { name: '查订单' }).click();
      await page.getByTestId('timeline').getByText('受理订单').waitFor();
      await page.getByTestId('units').getByText('已交付').first().waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(sold.orderNo);
      expect(await page.getByTestId('units').getByText('已交付').count()).toBe(2);
      await picture('panel-order');
    },
    STEP_MS,
  );

  it(
    'reveals a card only with a reason, and sees that in the timeline',
    async () => {
      await page.getByTestId('reveal-1').click();
      await page.fill('#ask-reason', '核');
      await page.getByTestId('ask-confirm').click();
      await page.getByRole('alert').getByText('请填写原因').waitFor();
      await page.fill('#ask-reason', '客户来电要求核对');
      await page.getByTestId('ask-confirm').click();
      await page.getByTestId('revealed-number').getByText(/^NO-/).waitFor();
      await page.getByTestId('timeline').getByText('查看卡密').waitFor();
      await picture('panel-reveal');
      await page.reload();
      await page.getByTestId('timeline').getByText('查看卡密').waitFor();
      expect(await page.getByTestId('revealed-number').count()).toBe(0);
    },
    STEP_MS,
  );

  it(
    'sees why an order waits and goes from there to the import',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Order/records/${waiting.orderId}/show`);
      await page.getByTestId('why').getByText('还缺 28 张').waitFor();
      await picture('panel-waiting');
      await page.getByTestId('why').getByRole('link').click();
      await page.getByTestId('import-page').waitFor();
      expect(await page.locator('#import-product').inputValue()).toBe(productCode);
    },
    STEP_MS,
  );

  it(
    'imports a file after a look at how it is read',
    async () => {
      const cards = { name: '卡密.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) };
      await page.getByTestId('import-file').setInputFiles(cards);
      await page.getByTestId('import-preview').getByText('逗号').waitFor();
      expect(await page.getByTestId('import-preview').textContent()).not.toContain(
        'WEB-IMPORT-0001',
      );
      await picture('panel-import-preview');
      await page.getByTestId('import-start').click();
      await page.getByTestId('import-result').getByText('入库 2 张').waitFor();
      await page.getByTestId('import-result').getByText('与文件内其他行重复').waitFor();
      await picture('panel-import-result');
      const stock = await admin.db.query(
        `SELECT 1 FROM card_imports WHERE file_name = '卡密.csv' AND imported_count = 2`,
      );
      expect(stock.rowCount).toBe(1);
    },
    STEP_MS,
  );

  it(
    'cancels what waits, with a reason',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Order/records/${waiting.orderId}/show`);
      await page.getByRole('button', { name: '取消订单' }).click();
      await page.fill('#ask-reason', '平台要求取消');
      await page.getByTestId('ask-confirm').click();
      await page.getByText('订单已取消，未交付部分已退款').waitFor();
      await page.getByTestId('timeline').getByText('平台要求取消').waitFor();
      const row = await admin.db.query(
        'SELECT status, fail_code, refunded_hao = amount_hao AS is_refunded FROM orders WHERE id = $1',
        [waiting.orderId],
      );
      expect(row.rows).toEqual([
        { status: 'cancelled', fail_code: 'cancelled-by-staff', is_refunded: true },
      ]);
    },
    STEP_MS,
  );

  it(
    'takes a product off sale, makes a key and is told its secret once',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Product/records/${sold.productId}/show`);
      await page.getByTestId('verb-takeOffSale').click();
      await page.getByTestId('ask').getByText('之后可以重新上架').waitFor();
      await page.getByTestId('ask-confirm').click();
      await page.locator('[data-value="off-sale"]').waitFor();
      await page.getByTestId('verb-putOnSale').waitFor();
      // Nothing was loaded anew, so what was answered still stands there.
      await page.getByRole('status').getByText('商品状态已更新').waitFor();
      const product = await admin.db.query('SELECT status FROM products WHERE id = $1', [
        sold.productId,
      ]);
      expect(product.rows).toEqual([{ status: 'off-sale' }]);
      await page.goto(`${admin.url}/admin/resources/Platform/records/${sold.platformId}/show`);
      await page.getByTestId('verb-newCredential').click();
      await page.getByTestId('ask-confirm').click();
      await page.getByTestId('secret').getByText('密钥只显示这一次').waitFor();
      const made = await admin.db.query<{ key: string }>(
        'SELECT key FROM api_credentials WHERE platform_id = $1',
        [sold.platformId],
      );
      const told = (await page.getByTestId('secret').textContent()) ?? '';
      expect(told).toContain(made.rows[0]?.key ?? 'no key was made');
      expect(told).toContain('whsec_');
      await picture('panel-secret');
      await page.reload();
      await page.getByTestId('verb-newCredential').waitFor();
      expect(await page.content()).not.toContain('whsec_');
    },
    STEP_MS,
  );

  it(
    'makes a platform with the form and is told what is wrong in it',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Platform/actions/new`);
      await page.fill('#code', 'web-platform');
      await page.fill('#name', '网页平台');
      await page.fill('#callbackHosts', 'https://x.example.test/');
      await page.getByTestId('button-save').click();
      await page.getByText('不是主机名').waitFor();
      await picture('panel-form-fault');
      expect(await page.locator('#code').isEnabled()).toBe(true);
      await page.fill('#callbackHosts', 'x.example.test');
      await page.getByTestId('button-save').click();
      await page.getByRole('cell', { name: 'web-platform' }).waitFor();
      const made = await admin.db.query<{ callback_hosts: string[] }>(
        `SELECT callback_hosts FROM platforms WHERE code = 'web-platform'`,
      );
      expect(made.rows).toEqual([{ callback_hosts: ['x.example.test'] }]);
    },
    STEP_MS,
  );

  it(
    'begins a price on the page of its product, with what the database would fill in',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Product/records/${sold.productId}/show`);
      await page.getByTestId('related').getByRole('link', { name: '新建价格' }).click();
      await page.locator(`#productId option[value="${sold.productId}"]`).waitFor({
        state: 'attached',
      });
      expect(await page.locator('#productId').inputValue()).toBe(sold.productId);
      expect(await page.locator('#minQuantity').inputValue()).toBe('1');
    },
    STEP_MS,
  );

  it(
    'looks a card up by the number that a customer reads out',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Card`);
      await page.getByTestId('find-card').fill('NO-SUCH-CARD');
      await page.getByTestId('find-card').press('Enter');
      await page.getByRole('alert').getByText('找不到这张卡密').waitFor();
      await page.getByTestId('find-card').fill('WEB-IMPORT-0001');
      await page.getByTestId('find-card').press('Enter');
      await page.getByTestId('related').getByText('在库').waitFor();
      expect(page.url()).not.toContain('WEB-IMPORT');
    },
    STEP_MS,
  );

  it(
    'names the record beside what is done to it',
    async () => {
      await page.goto(`${admin.url}/admin/resources/Product/records/${sold.productId}/show`);
      const heading = page.getByRole('heading', { name: '查看' });
      await heading.waitFor();
      const product = await admin.db.query<{ title: string }>(
        'SELECT name AS title FROM products WHERE id = $1',
        [sold.productId],
      );
      expect(await heading.textContent()).toContain(product.rows[0]?.title ?? 'no product');
    },
    STEP_MS,
  );

  it(
    'reads the panel in English',
    async () => {
      await page.getByTestId('switch-language').click();
      await page.getByRole('navigation').getByRole('link', { name: 'Platforms' }).waitFor();
      await page.goto(`${admin.url}/admin`);
      await page.getByRole('heading', { name: 'Home' }).waitFor();
      expect(await page.locator('body').textContent()).not.toContain('首页');
      await picture('panel-english');
    },
    STEP_MS,
  );

  it('has reached nothing outside and thrown nothing', () => {
    expect(faults).toEqual([]);
  });
});
