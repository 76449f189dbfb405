import ExcelJS from 'exceljs';
import type { ExportProgress } from '../../apps/admin/src/components/find-views.js';
import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade } from '../support/sold-order.js';

const PRODUCTS = 2_500;
let admin: TestAdmin;
let owner: PanelClient;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  const trade = await aTrade(admin.db, { cards: 3 });
  await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  await admin.db.query(
    `INSERT INTO customers (platform_id, customer_no, name)
     SELECT $1, 'C-' || lpad(n::text, 5, '0'), CASE n WHEN 1 THEN '=HYPERLINK("http://evil.example")' ELSE '客户 ' || n END
     FROM generate_series(1, ${PRODUCTS}) AS n`,
    [trade.platformId],
  );
});
afterAll(() => admin.close());

let forms = 0;
const ask = (client: PanelClient, asked: Readonly<Record<string, string>>) =>
  client.post('/admin/command/exports', {
    query: '',
    format: 'csv',
    formKey: (++forms).toString(16).padStart(16, 'e'),
    ...asked,
  });

async function finished(client: PanelClient, id: string): Promise<ExportProgress> {
  for (let tries = 0; tries < 100; tries += 1) {
    const state = (await client.get(`/admin/data/exports/${id}`)).json() as unknown;
    const progress = state as ExportProgress;
    if (progress.status !== 'queued' && progress.status !== 'running') return progress;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`export ${id} does not end`);
}
const exported = async (client: PanelClient, asked: Readonly<Record<string, string>>) => {
  const id = textIn((await ask(client, asked)).json()['id']);
  const progress = await finished(client, id);
  return { id, progress, path: `/admin/data/exports/${id}/file` };
};

describe('the export of a list', () => {
  it('holds every row in words, whatever the page of the list', async () => {
    const { progress, path } = await exported(owner, { resource: 'Customer' });
    expect(progress).toMatchObject({ status: 'done', rowCount: PRODUCTS, isCut: false });
    const file = await owner.get(path);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const lines = file.text.trim().split('\n');
    expect(lines).toHaveLength(PRODUCTS + 1);
    expect(lines[0]).toContain('客户编号');
    const { rows } = await admin.db.query<{ name: string }>('SELECT name FROM platforms LIMIT 1');
    expect(lines[5]).toContain(rows[0]?.name);
  });

  it('is filtered as the list is', async () => {
    const query = 'filters.customerNo=C-00042&page=7';
    const { progress } = await exported(owner, { resource: 'Customer', query });
    expect(progress.rowCount).toBe(1);
    const none = await exported(owner, { resource: 'Order', query: 'filters.status=held' });
    expect(none.progress.rowCount).toBe(0);
  });

  it('is shown by a spreadsheet and never run by it', async () => {
    const query = 'filters.customerNo=C-00001';
    const csv = await exported(owner, { resource: 'Customer', query });
    expect((await owner.get(csv.path)).text).toContain(`'=HYPERLINK`);
    const excel = await exported(owner, { resource: 'Customer', query, format: 'xlsx' });
    const answer = await fetch(admin.url + excel.path, { headers: { cookie: owner.cookie } });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const cells = book.worksheets[0]?.getRow(2).values as unknown[];
    expect(cells).toContain('=HYPERLINK("http://evil.example")');
    expect(JSON.stringify(cells)).not.toContain('"formula"');
  });

  it('is one for one form', async () => {
    const formKey = 'f'.repeat(16);
    const first = (await ask(owner, { resource: 'Customer', formKey })).json()['id'];
    expect((await ask(owner, { resource: 'Customer', formKey })).json()['id']).toBe(first);
  });

  it('is for who may read the list, and for nobody else', async () => {
    const service = await asStaff(admin, 'service');
    expect((await ask(service, { resource: 'Staff' })).status).toBe(403);
    expect((await ask(service, { resource: 'Nothing' })).status).toBe(404);
    const { id, path } = await exported(owner, { resource: 'Customer' });
    expect((await service.get(`/admin/data/exports/${id}`)).status).toBe(404);
    expect((await service.get(path)).status).toBe(404);
  });

  it('holds no column that the person may not read', async () => {
    const filter = await exported(owner, { resource: 'Staff', query: 'filters.passwordHash=x' });
    expect(filter.progress.status).toBe('failed');
    const { path } = await exported(owner, { resource: 'Staff' });
    expect((await owner.get(path)).text).not.toContain('argon2');
  });

  it('is begun anew where its program died', async () => {
    const { id, path } = await exported(owner, { resource: 'Customer' });
    await admin.db.query(
      `UPDATE export_files SET status = 'running', leased_until = now() - interval '1 second', row_count = 7 WHERE id = $1`,
      [id],
    );
    await exported(owner, { resource: 'Order' });
    expect(await finished(owner, id)).toMatchObject({ status: 'done', rowCount: PRODUCTS });
    expect((await owner.get(path)).text.trim().split('\n')).toHaveLength(PRODUCTS + 1);
  });

  it('loses its bytes after a day and is written down', async () => {
    const { id, path } = await exported(owner, { resource: 'Customer' });
    await admin.db.query(`UPDATE export_files SET expires_at = now() WHERE id = $1`, [id]);
    await exported(owner, { resource: 'Order' });
    expect((await owner.get(path)).status).toBe(404);
    const parts = await admin.db.query('SELECT 1 FROM export_parts WHERE file_id = $1', [id]);
    expect(parts.rowCount).toBe(0);
    const audit = await admin.db.query(
      `SELECT 1 FROM audit_entries WHERE action = 'export' AND record_id = $1`,
      [id],
    );
    expect(audit.rowCount).toBe(1);
  });
});
