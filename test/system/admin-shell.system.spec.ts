import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { totpCode } from '../../apps/admin/src/auth/totp.js';
import { entityName } from '../../apps/admin/src/resource/resource-definition.js';
import { RESOURCES } from '../../apps/admin/src/resources/registry.js';
import { emailOf, STAFF_PASSWORD, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder } from '../support/sold-order.js';

const BROWSER = process.env['CHROMIUM'];
const describeWithBrowser = BROWSER ? describe : describe.skip;
const PICTURES = path.resolve(import.meta.dirname, '../../.data/screenshots');
const STEP_MS = 120_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Runs where a page takes it for HTML, inside an attribute or out of it. */
const SCRIPT = `"><img src=x onerror=hacked=1><script>hacked=1</script>`;

describeWithBrowser('the shell of the panel in a browser', () => {
  let admin: TestAdmin;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let order: SoldOrder;
  const faults: string[] = [];
  const picture = (name: string) => page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  const open = async (address: string, onPage = page) => {
    await onPage.goto(`${admin.url}${address}`);
    await onPage.waitForLoadState('networkidle');
  };
  const enterPassword = async (email: string, onPage = page) => {
    await open('/admin/login', onPage);
    await onPage.fill('#email', email);
    await onPage.fill('#password', STAFF_PASSWORD);
    await onPage.click('button[type=submit]');
  };
  const confirmedLongAgo = () =>
    admin.db.query(
      `UPDATE staff_sessions SET sess = jsonb_set(sess::jsonb, '{confirmedAtMs}', '1')::json`,
    );

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    admin = await startTestAdmin({ secondFactor: 'required' });
    order = await anOrderWithRows(admin.db, await aTrade(admin.db, { cards: 4 }), {
      quantity: 2,
      status: 'succeeded',
    });
    browser = await chromium.launch({
      executablePath: BROWSER ?? '',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1280, height: 860 } });
    page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(admin.url) && !/^(data|blob):/.test(request.url()))
        faults.push(`outside: ${request.url()}`);
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
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
    'leads an owner through the second factor into the panel',
    async () => {
      await enterPassword(emailOf('owner'));
      await page.waitForSelector('.qr svg');
      await page.click('summary');
      await picture('shell-setup');
      const shown = (await page.textContent('details code')) ?? '';
      const bits = shown
        .replaceAll(' ', '')
        .split('')
        .map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0'))
        .join('');
      const secret = Buffer.from(
        (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)),
      );
      await page.fill('#code', totpCode(secret, Math.floor(Date.now() / 30_000)));
      await page.click('button[type=submit]');
      await page.waitForSelector('.codes');
      expect(await page.locator('.codes li').count()).toBe(10);
      await page.click('a.button');
      await page.waitForSelector('[data-testid=account]');
      await open('/admin/pages/account');
      await page.waitForSelector('[data-testid=my-sessions]');
      await picture('shell-account');
    },
    STEP_MS,
  );

  it(
    'asks who sits there before a code is shown, over the page, and goes on',
    async () => {
      await confirmedLongAgo();
      await open(`/admin/resources/Order/records/${order.orderId}/show`);
      await page.locator('button', { hasText: '查看卡密' }).first().click();
      await page.fill('[name=reason]', '平台来电要求核对');
      await page.click('[data-testid=ask-confirm]');
      await page.waitForSelector('[data-testid=confirm-dialog]');
      await picture('shell-confirm');
      await page.fill('#confirm-proof', 'not this one');
      await page.click('[data-testid=confirm-dialog] button[type=submit]');
      await page.waitForSelector('[data-testid=confirm-dialog] .kg-error');
      expect(await page.inputValue('[name=reason]')).toBe('平台来电要求核对');
      await page.fill('#confirm-proof', STAFF_PASSWORD);
      await page.click('[data-testid=confirm-dialog] button[type=submit]');
      await page.waitForSelector('text=仅本次显示');
    },
    STEP_MS,
  );

  it(
    'asks it before a form that gives access, and keeps what was typed',
    async () => {
      await confirmedLongAgo();
      await open('/admin/resources/Staff/actions/new');
      await page.fill('#email', 'fresh@panel.example.test');
      await page.fill('#name', '新同事');
      await page.selectOption('#role', 'service');
      await page.fill('#password', 'brand new words');
      await page.click('[data-testid=button-save]');
      await page.waitForSelector('[data-testid=confirm-dialog]');
      await page.fill('#confirm-proof', STAFF_PASSWORD);
      await page.click('[data-testid=confirm-dialog] button[type=submit]');
      await page.waitForURL(/\/resources\/Staff(\?|$|\/records)/);
      const made = await admin.db.query(`SELECT 1 FROM staff WHERE email LIKE 'fresh@%'`);
      expect(made.rowCount).toBe(1);
    },
    STEP_MS,
  );

  it(
    'lays two versions of a record side by side and loses neither',
    async () => {
      await open(`/admin/resources/Product/records/${order.productId}/edit`);
      await page.fill('#name', '我填写的名称');
      await admin.db.query(
        `UPDATE products SET name = '同事改的名称', wait_seconds = 777, version = version + 1 WHERE id = $1`,
        [order.productId],
      );
      await admin.db.query(
        `INSERT INTO audit_entries (staff_email, action, resource, record_id, request_id, created_at)
         VALUES ('operator@panel.example.test', 'edit', 'Product', $1, 'r', now() + interval '1 minute')`,
        [order.productId],
      );
      await page.click('[data-testid=button-save]');
      await page.waitForSelector('[data-testid=conflict]');
      await page.waitForSelector('text=operator@panel.example.test');
      await picture('shell-conflict');
      const text = (await page.textContent('[data-testid=conflict]')) ?? '';
      for (const shown of ['我填写的名称', '同事改的名称', '777']) expect(text).toContain(shown);
      expect(await page.isChecked('[data-testid=mine-name]')).toBe(true);
      expect(await page.isChecked('[data-testid=theirs-waitSeconds]')).toBe(true);
      await page.click('[data-testid=conflict-save]');
      await page.waitForURL(/\/resources\/Product(\?|$|\/records.*show)/);
      const { rows } = await admin.db.query<{ name: string; wait_seconds: number }>(
        'SELECT name, wait_seconds FROM products WHERE id = $1',
        [order.productId],
      );
      expect(rows).toEqual([{ name: '我填写的名称', wait_seconds: 777 }]);
    },
    STEP_MS,
  );

  it(
    'runs no script that somebody has stored in a text, on any list or page',
    async () => {
      await plantScripts(admin);
      let seen = 0;
      for (const resource of RESOURCES.map(entityName)) {
        const list = await page.request.get(
          `${admin.url}/admin/api/resources/${resource}/actions/list`,
        );
        const { records } = (await list.json()) as { records: { id: string }[] };
        const [first] = records;
        if (!first) continue;
        for (const address of ['', `/records/${first.id}/show`]) {
          await open(`/admin/resources/${resource}${address}`);
          const isHacked = await page.evaluate<boolean>(
            `'hacked' in window || document.querySelector('img[src="x"]') !== null`,
          );
          seen += (await page.textContent('body'))?.includes('onerror') ? 1 : 0;
          expect([resource, address, isHacked]).toEqual([resource, address, false]);
        }
      }
      expect(seen).toBeGreaterThan(5);
    },
    STEP_MS * 3,
  );

  it('has reached nothing outside, thrown nothing and been stopped by no policy', () => {
    expect(faults).toEqual([]);
  });
});

/** Writes the script into every text that takes it: what a rule of the database refuses is left as it was. */
async function plantScripts({ db }: TestAdmin): Promise<void> {
  const { rows } = await db.query<{ table: string; column: string; length: number | null }>(
    `SELECT c.table_name AS "table", c.column_name AS "column", c.character_maximum_length AS length
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'character varying')
       AND c.table_name NOT IN ('migrations', 'staff_sessions', 'staff_login_tries')
       AND NOT (c.table_name = 'staff' AND c.column_name IN ('role', 'language', 'password_hash', 'status'))`,
  );
  let planted = 0;
  for (const { table, column, length } of rows) {
    if (length !== null && length < SCRIPT.length) continue;
    planted += await db
      .query(
        `UPDATE "${table}" SET "${column}" = $1 WHERE ctid = (SELECT min(ctid) FROM "${table}")`,
        [SCRIPT],
      )
      .then(
        ({ rowCount }) => rowCount ?? 0,
        () => 0,
      );
  }
  expect(planted).toBeGreaterThan(15);
}
