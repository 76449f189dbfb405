import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import {
  asStaff,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { SettlementWorld } from '../support/settlement-world.js';

let admin: TestAdmin;
let pool: pg.Pool;
let world: SettlementWorld;
let finance: PanelClient;
let owner: PanelClient;
let auditor: PanelClient;
beforeAll(async () => {
  admin = await startTestAdmin();
  pool = openSqlPool(admin.databaseUrl, 4, 'test');
  world = new SettlementWorld(pool);
  finance = await asStaff(admin, 'finance');
  owner = await asStaff(admin, 'owner');
  auditor = await asStaff(admin, 'auditor');
});
afterAll(async () => {
  await pool?.end();
  await admin?.close();
});

let keys = 0;
const formKey = (): string => (++keys).toString(16).padStart(32, '0');
const reason = '银行回单已核对';
const post = async (client: PanelClient, path: string, body: object): Promise<PanelJson> =>
  (await client.post(`/admin/command/${path}`, body)).json();
const payment = (amount: string, bankReference: string, source = 'bank') => ({
  amount,
  bankReference,
  receivedOn: '2026-11-02',
  source,
  note: '',
  formKey: formKey(),
});
const verbsOf = async (client: PanelClient, entity: string, id: string): Promise<string[]> => {
  const { verbs } = (await client.get(`/admin/data/verbs/${entity}/${id}`)).json();
  return (verbs as readonly PanelJson[]).map(({ name }) => textIn(name));
};
const approve = async (asked: PanelJson): Promise<PanelJson> =>
  post(owner, `approvals/${textIn(asked['approvalId'])}/approve`, {});

describe('a statement on its page', () => {
  it('offers finance what can be done now, and everybody who sees it the files', async () => {
    const { statementId } = await world.aDebtor();
    const files = ['downloadStatementPdf', 'downloadStatementXlsx', 'downloadStatementCsv'];
    expect(await verbsOf(finance, 'Statement', statementId)).toEqual([
      'recordStatementPayment',
      'confirmStatement',
      'openDispute',
      'writeOffStatement',
      ...files,
    ]);
    expect(await verbsOf(auditor, 'Statement', statementId)).toEqual(files);
    expect(
      (await auditor.post(`/admin/command/statements/${statementId}/confirm`, { reason })).status,
    ).toBe(403);
  });

  it('tells of what it is made, what was paid, and its story', async () => {
    const { statementId, statementNo } = await world.aDebtor();
    await post(finance, `statements/${statementId}/payments`, payment('200.00', 'BANK-STORY'));
    const page = (await finance.get(`/admin/data/related/Statement/${statementId}`)).text;
    for (const text of ['700.00', '500.00', '-900.00', '200.00', 'BANK-STORY', '收款', '出账'])
      expect(page).toContain(text);
    const csv = await finance.get(`/admin/data/statements/${statementId}/statement.csv`);
    expect(csv.headers.get('content-disposition')).toContain(`${statementNo}.csv`);
    expect(csv.text.split('\r\n').filter(Boolean)).toHaveLength(5);
  });

  it('is taken along as Excel and PDF, with its Chinese in it', async () => {
    const { statementId } = await world.aDebtor();
    const xlsx = await finance.get(`/admin/data/statements/${statementId}/statement.xlsx`);
    expect(xlsx.text.slice(0, 2)).toBe('PK');
    const pdf = await finance.get(`/admin/data/statements/${statementId}/statement.pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
    expect(pdf.text).toContain('NotoSansHans');
    expect((await owner.get('/admin/data/statements/nothing/statement.pdf')).status).toBe(404);
  });
});

describe('money for a statement', () => {
  it('counts once under the bank’s number, in parts, and never above what is open', async () => {
    const { platform, statementId } = await world.aDebtor();
    const before = await world.balanceOf(platform.id);
    const path = `statements/${statementId}/payments`;
    expect(await post(finance, path, payment('300.00', 'BANK-A'))).toEqual({
      notice: 'statementPaid',
    });
    expect(await post(finance, path, payment('300.00', 'BANK-A'))).toEqual({
      notice: 'statementPaidBefore',
    });
    expect((await post(finance, path, payment('1.00', 'BANK-A')))['code']).toBe(
      'statement.reference-used',
    );
    expect((await post(finance, path, payment('400.01', 'BANK-B')))['code']).toBe(
      'statement.overpaid',
    );
    await post(finance, path, payment('400.00', 'BANK-C'));
    expect((await world.row(statementId))['status']).toBe('paid');
    expect(await world.balanceOf(platform.id)).toBe(before + 7_000_000);
    expect(await verbsOf(finance, 'Statement', statementId)).toHaveLength(3);
    expect(await world.findings()).toEqual([]);
  });

  it.each([
    ['0', '必须大于 0'],
    ['-5', '必须大于 0'],
    ['1.005', '最多两位小数'],
    ['viel', '请填写金额'],
  ])('is refused as an amount of %s', async (amount, words) => {
    const { statementId } = await world.aDebtor();
    const answer = await finance.post(
      `/admin/command/statements/${statementId}/payments`,
      payment(amount, 'BANK-BAD'),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toContain(words);
    expect((await world.row(statementId))['paid_hao']).toBe(0);
  });

  it('that is on its way arrives at the bank later', async () => {
    const { statementId } = await world.aDebtor();
    const path = `statements/${statementId}/payments`;
    await post(finance, path, payment('700.00', 'BANK-WAY', 'in-transit'));
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM statement_payments WHERE bank_reference = 'BANK-WAY'`,
    );
    const id = rows[0]?.id ?? '';
    expect(await verbsOf(finance, 'StatementPayment', id)).toEqual(['notePaymentArrival']);
    expect(await post(finance, `statement-payments/${id}/arrival`, { reason })).toEqual({
      notice: 'paymentArrived',
    });
    expect(await verbsOf(finance, 'StatementPayment', id)).toEqual([]);
    expect(await world.findings()).toEqual([]);
  });
});

describe('what a platform does not agree with', () => {
  it('is held back, and what we give in above the limit needs a second person', async () => {
    const { statementId } = await world.aDebtor();
    expect(
      await post(finance, `statements/${statementId}/disputes`, {
        amount: '150.00',
        orderNo: '',
        reason,
      }),
    ).toEqual({ notice: 'disputeOpened' });
    expect((await world.row(statementId))['held_hao']).toBe(1_500_000);
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM statement_disputes WHERE statement_id = $1',
      [statementId],
    );
    const path = `statement-disputes/${rows[0]?.id}/resolve`;
    const asked = await post(finance, path, { conceded: '120.00', reason, formKey: formKey() });
    expect(asked['notice']).toBe('approvalAsked');
    await approve(asked);
    const row = await world.row(statementId);
    expect([row['outstanding_hao'], row['held_hao']]).toEqual([5_800_000, 0]);
    expect(await world.findings()).toEqual([]);
  });

  it('is written off as it was when somebody asked, or not at all', async () => {
    const { statementId } = await world.aDebtor();
    const path = `statements/${statementId}/write-off`;
    const asked = await post(finance, path, { reason, formKey: formKey() });
    expect(asked['notice']).toBe('approvalAsked');
    await post(finance, `statements/${statementId}/payments`, payment('100.00', 'BANK-LATE'));
    expect((await approve(asked))['code']).toBe('statement.changed');
    const again = await post(finance, path, { reason, formKey: formKey() });
    await approve(again);
    expect((await world.row(statementId))['status']).toBe('written-off');
    expect(await world.findings()).toEqual([]);
  });
});

describe('what is agreed', () => {
  it('changes by a draft that a second person approves, from the next period on', async () => {
    const platform = await world.aPlatform();
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM settlement_agreements WHERE platform_id = $1',
      [platform.id],
    );
    const running = rows[0]?.id ?? '';
    expect(await verbsOf(finance, 'SettlementAgreement', running)).toEqual(['draftAgreement']);
    await post(finance, `agreements/${running}/draft`, { reason });
    const drafts = await pool.query<{ id: string }>(
      `SELECT id FROM settlement_agreements WHERE platform_id = $1 AND status = 'draft'`,
      [platform.id],
    );
    const draft = drafts.rows[0]?.id ?? '';
    const asked = await post(finance, `agreements/${draft}/activate`, {
      reason,
      formKey: formKey(),
    });
    expect(asked['notice']).toBe('approvalAsked');
    await approve(asked);
    const versions = await pool.query(
      'SELECT status FROM settlement_agreements WHERE platform_id = $1 ORDER BY version_no',
      [platform.id],
    );
    expect(versions.rows).toEqual([{ status: 'ended' }, { status: 'active' }]);
  });

  it('is no more offered for editing once it is agreed', async () => {
    const platform = await world.aPlatform();
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM settlement_agreements WHERE platform_id = $1 AND status = 'active'`,
      [platform.id],
    );
    const id = rows[0]?.id ?? '';
    const offered = async (record: string): Promise<readonly string[]> => {
      const path = `/admin/api/resources/SettlementAgreement/records/${record}/show`;
      const shown = (await finance.get(path)).json()['record'] as PanelJson;
      return (shown['recordActions'] as readonly PanelJson[]).map(({ name }) => textIn(name));
    };
    expect(await offered(id)).not.toContain('edit');
    await post(finance, `agreements/${id}/draft`, { reason });
    const draft = await pool.query<{ id: string }>(
      `SELECT id FROM settlement_agreements WHERE platform_id = $1 AND status = 'draft'`,
      [platform.id],
    );
    expect(await offered(draft.rows[0]?.id ?? '')).toContain('edit');
  });
});

it('shows what is owed by how late it is', async () => {
  await world.aDebtor();
  const page = (await finance.get('/admin/data/sections/Statement/ageing')).json();
  const sections = page['sections'] as readonly PanelJson[];
  expect(sections.map(({ title }) => title)).toEqual(['应收账龄', '未结账单']);
  expect(sections[0]?.['rows']).toHaveLength(6);
});

it('shows what is to come in, on the first page as a sum and behind it one by one', async () => {
  await world.aDebtor();
  const { moneyDue } = (await finance.get('/admin/data/dashboard')).json();
  const page = (await finance.get('/admin/data/sections/Statement/moneyDue')).json();
  const sections = page['sections'] as readonly PanelJson[];
  expect(sections.map(({ title }) => title)).toEqual([
    '应收合计',
    '未结账单',
    '大额订单待付款',
    '超期未处理的差异',
  ]);
  const rowsOf = (at: number) =>
    (sections[at]?.['rows'] ?? []) as readonly (readonly PanelJson[])[];
  const [, count, amount] = rowsOf(0)[0] ?? [];
  expect(Number(count?.['text'])).toBe(rowsOf(1).length);
  expect((moneyDue as PanelJson)['open']).toBe(amount?.['text']);
  const service = await asStaff(admin, 'service');
  expect((await service.get('/admin/data/dashboard')).json()['moneyDue']).toBeNull();
  expect((await service.get('/admin/data/sections/Statement/moneyDue')).status).toBe(403);
});

it('marks in the calendar what is due on which day', async () => {
  const { statementId } = await world.aDebtor();
  const { due_on: day } = await world.row(statementId);
  const shown = async (calendarId: string): Promise<PanelJson | undefined> => {
    const view = (await finance.get(`/admin/data/calendar/${calendarId}/2026`)).json();
    return (view['due'] as readonly PanelJson[]).find(({ date }) => date === day);
  };
  const yuan = (due: PanelJson | undefined) => Number(textIn(due?.['amount']).replaceAll(',', ''));
  const before = await shown('statutory');
  expect(before?.['count']).toBeGreaterThan(0);
  expect(await shown('bank')).toBeUndefined();
  await world.pay(statementId, 1, 'BANK-CALENDAR');
  expect(yuan(await shown('statutory'))).toBe(yuan(before) - 1);
});
