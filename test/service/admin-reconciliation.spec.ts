import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { doctorFinds, judge } from '../../tools/sample-month/judge.js';
import { reconcileMonth } from '../../tools/sample-month/month.js';
import { asStaff, startTestAdmin, type PanelClient, type TestAdmin } from '../support/admin.js';

let admin: TestAdmin;
let pool: pg.Pool;
let finance: PanelClient;
let owner: PanelClient;
beforeAll(async () => {
  admin = await startTestAdmin();
  pool = openSqlPool(admin.databaseUrl, 3, 'test');
  finance = await asStaff(admin, 'finance');
  owner = await asStaff(admin, 'owner');
}, 60_000);
afterAll(async () => {
  await pool.end();
  await admin.close();
});

let keys = 0;
const formKey = (): string => {
  keys += 1;
  return keys.toString(16).padStart(32, '0');
};

/** How a person ends a difference of each kind. */
const WAYS: Readonly<Record<string, readonly [string, string]>> = {
  'missing-ours': ['suspense', 'unknown'],
  duplicate: ['suspense', 'unknown'],
  'unknown-sku': ['suspense', '原因不明'],
  status: ['nothing', '时间差'],
};

it('resolves every kind of a planted month by its command, with a second person above the limit', async () => {
  const { plants } = await reconcileMonth(pool, 'panel', () => undefined);
  const { found, invented, rows } = await judge(pool, plants);
  expect({ found, invented }).toEqual({ found: 12, invented: 0 });
  for (const { id, kind, status } of rows.filter((row) => row.status === 'open')) {
    expect(status).toBe('open');
    const page = await finance.get(`/admin/data/related/ReconciliationDifference/${id}`);
    expect(page.text).toContain('三方对照');
    const verbs = await finance.get(`/admin/data/verbs/ReconciliationDifference/${id}`);
    const [resolution, cause] = WAYS[kind] ?? ['adjustment', '约定扣款'];
    expect(verbs.text).toContain(`"resolution":"${resolution}"`);
    const form = { resolution, cause, reason: '已与对方核对', formKey: formKey() };
    const answer = await finance.post(`/admin/command/differences/${id}/resolve`, form);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    const { approvalId } = answer.json();
    if (typeof approvalId !== 'string') continue;
    const agreed = await owner.post(`/admin/command/approvals/${approvalId}/approve`, {});
    expect(agreed.status).toBe(200);
  }
  const { rows: left } = await pool.query(
    `SELECT kind, status FROM reconciliation_differences WHERE status = 'open'`,
  );
  expect(left).toEqual([]);
  expect(await doctorFinds(pool)).toEqual([]);
}, 180_000);

it('shows what became of a statement as a picture, and gives its differences as CSV', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT s.id FROM external_statements s JOIN statement_parties p ON p.id = s.party_id WHERE p.kind = 'platform'`,
  );
  const id = rows[0]?.id ?? '';
  const page = await finance.get(`/admin/data/related/ExternalStatement/${id}`);
  expect(page.text).toContain('"chart"');
  expect(page.text).toContain('已对上');
  const csv = await finance.get(`/admin/data/statements-in/${id}/differences.csv`);
  expect(csv.text).toContain('deduction-unexplained');
  const tieOut = await finance.get('/admin/data/tie-out');
  expect(tieOut.text).toContain('2026Q4');
});

it('previews and takes a file, and refuses those who may only look', async () => {
  const file = '平台订单号,金额,状态,时间\nNOBODY-1,10.00,成功,2026-11-02 10:00:00\n';
  const send = (client: PanelClient, path: string) =>
    client.send(`/admin/command/statements-in${path}`, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/octet-stream',
        Origin: admin.url,
      },
      body: file,
    });
  const preview = await send(finance, '/preview?party=platform:month-platform');
  expect(preview.json()).toMatchObject({
    isUsable: true,
    columns: { amount: '金额', 'their-no': '平台订单号' },
  });
  const service = await asStaff(admin, 'service');
  expect((await send(service, '?party=platform:month-platform')).status).toBe(403);
  const taken = await send(finance, '?party=platform:month-platform&fileName=a.csv');
  expect(taken.json()).toMatchObject({ lineCount: 1, versionNo: 1, periodFrom: '2026-11-02' });
  expect((await send(finance, '?party=platform:month-platform&fileName=a.csv')).status).toBe(409);
});
