import {
  asStaff,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { aTrade, type Trade } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let finance: PanelClient;
let auditor: PanelClient;
let trade: Trade;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  finance = await asStaff(admin, 'finance');
  auditor = await asStaff(admin, 'auditor');
  trade = await aTrade(admin.db, { cards: 1 });
});
afterAll(() => admin.close());

let keys = 0;
const formKey = (): string => (++keys).toString(16).padStart(32, 'a');
const money = (client: PanelClient, path: string, body: object) =>
  client.post(`/admin/command/platforms/${trade.platformId}/${path}`, {
    ...body,
    formKey: formKey(),
  });
const reason = '合同约定的调整';
const approved = async (asked: { json: () => PanelJson }): Promise<number> => {
  const id = textIn(asked.json()['approvalId']);
  return (await owner.post(`/admin/command/approvals/${id}/approve`, {})).status;
};
const balances = async (): Promise<readonly number[]> => {
  const { rows } = await admin.db.query<{ kind: string; hao: string }>(
    `SELECT kind, balance_hao AS hao FROM ledger_accounts WHERE platform_id = $1`,
    [trade.platformId],
  );
  const of = (kind: string): number =>
    Number(rows.find((row) => row.kind === kind)?.hao ?? 0) / 10_000;
  return [of('platform-balance'), of('platform-deposit')];
};
const lastEntry = async (kind: string): Promise<string> =>
  (
    await admin.db.query<{ id: string }>(
      'SELECT id FROM ledger_entries WHERE kind = $1 ORDER BY id DESC LIMIT 1',
      [kind],
    )
  ).rows[0]?.id ?? '';

describe('money of a platform', () => {
  it('comes in with a receipt, goes back to its payer by two people, and is granted', async () => {
    const paid = { amount: '1,000.00', receiptNo: 'B-1', payer: '晨星网络' };
    expect((await money(finance, 'top-up', paid)).json()).toMatchObject({
      notice: 'topUpRecorded',
      balance: '11,000.00',
    });
    expect((await money(finance, 'top-up', paid)).json()).toMatchObject({
      code: 'ledger.receipt-booked',
    });
    const granted = { amount: '50', expiresOn: '2099-12-31', reason };
    expect((await money(finance, 'grant', granted)).status).toBe(200);
    const payout = await money(finance, 'payout', { amount: '400', payer: '晨星网络', reason });
    expect(payout.json()['notice']).toBe('approvalAsked');
    expect(await approved(payout)).toBe(200);
    expect(await balances()).toEqual([10_650, 0]);
    const tooMuch = await money(finance, 'payout', { amount: '601', payer: '晨星网络', reason });
    expect(await approved(tooMuch)).toBe(422);
    expect(await balances()).toEqual([10_650, 0]);
  });

  it('is held apart as a deposit, used for what is owed, and given back', async () => {
    const [before = 0] = await balances();
    await money(finance, 'deposit-received', { amount: '300', reason });
    await money(finance, 'deposit-used', { amount: '80', reason });
    expect(await balances()).toEqual([before + 80, 220]);
    expect(
      await approved(await money(finance, 'deposit-returned', { amount: '220', reason })),
    ).toBe(200);
    expect(await balances()).toEqual([before + 80, 0]);
    expect(await approved(await money(finance, 'deposit-returned', { amount: '1', reason }))).toBe(
      422,
    );
  });

  it('is held, taken in part by two people above the limit, and given back', async () => {
    const [before = 0] = await balances();
    const holds = async () =>
      (
        await admin.db.query<{ id: string; status: string; taken: string | null }>(
          'SELECT id, status, posted_hao AS taken FROM balance_holds WHERE platform_id = $1 ORDER BY id',
          [trade.platformId],
        )
      ).rows;
    const act = (id: string, what: string, body: object) =>
      finance.post(`/admin/command/holds/${id}/${what}`, body);
    for (const amount of ['300', '40'])
      expect((await money(finance, 'holds', { amount, days: '7', reason })).json()).toMatchObject({
        notice: 'holdPlaced',
      });
    expect(await balances()).toEqual([before - 340, 0]);
    const [large, small] = await holds();
    const asked = await act(large?.id ?? '', 'post', { amount: '200', reason, formKey: formKey() });
    expect(asked.json()['notice']).toBe('approvalAsked');
    expect(await balances()).toEqual([before - 340, 0]);
    expect(await approved(asked)).toBe(200);
    expect(await balances()).toEqual([before - 240, 0]);
    const given = await act(small?.id ?? '', 'void', { reason });
    expect(given.json()).toMatchObject({ notice: 'holdVoided' });
    expect((await act(small?.id ?? '', 'void', { reason })).status).toBe(409);
    expect(await balances()).toEqual([before - 200, 0]);
    expect(await holds()).toMatchObject([
      { status: 'posted', taken: '2000000' },
      { status: 'voided', taken: null },
    ]);
    for (const days of ['0', '400', 'many'])
      expect((await money(finance, 'holds', { amount: '1', days, reason })).status).toBe(422);
    expect((await money(finance, 'holds', { amount: '99999999', days: '1', reason })).status).toBe(
      422,
    );
  });

  it.each([
    'holds',
    'top-up',
    'grant',
    'payout',
    'deposit-received',
    'deposit-returned',
    'deposit-used',
  ])('is not moved by %s of an auditor', async (path) => {
    expect((await money(auditor, path, { amount: '1', reason })).status).toBe(403);
  });
});

describe('an entry', () => {
  it('is reversed from its page, once, above the limit by two people', async () => {
    await money(finance, 'top-up', { amount: '100', receiptNo: 'B-2', payer: '晨星网络' });
    const small = await lastEntry('platform-top-up');
    const path = (id: string) => `/admin/command/ledger/entries/${id}/reverse`;
    const body = () => ({ reason, formKey: formKey() });
    const tries = await Promise.all([
      finance.post(path(small), body()),
      owner.post(path(small), body()),
    ]);
    expect(tries.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect((await finance.get(`/admin/data/verbs/LedgerEntry/${small}`)).json()).toEqual({
      verbs: [],
    });
    expect((await finance.get(`/admin/data/related/LedgerEntry/${small}`)).text).toContain(
      '已被冲正',
    );
    await money(finance, 'top-up', { amount: '100.01', receiptNo: 'B-3', payer: '晨星网络' });
    const large = await lastEntry('platform-top-up');
    expect(await approved(await finance.post(path(large), body()))).toBe(200);
    const reversal = await lastEntry('reversal');
    expect((await finance.post(path(reversal), body())).status).toBe(422);
  });

  it('is made by hand with equal sides, and always by two people', async () => {
    const { accounts } = (await finance.get('/admin/data/ledger/accounts')).json();
    const idOf = (code: string): string =>
      textIn((accounts as readonly PanelJson[]).find((one) => one['code'] === code)?.['id']);
    const lines = [
      { accountId: idOf('suspense-short'), debit: '12.5', credit: '' },
      { accountId: idOf('bank'), debit: '', credit: '12.5' },
    ];
    const path = '/admin/command/ledger/entries/manual';
    const body = { effectiveOn: '', reason, formKey: formKey() };
    const unequal = [lines[0], { ...lines[1], credit: '12.4' }];
    expect((await finance.post(path, { ...body, lines: unequal })).status).toBe(422);
    const asked = await finance.post(path, { ...body, lines });
    const id = textIn(asked.json()['approvalId']);
    expect((await owner.get(`/admin/data/related/Approval/${id}`)).text).toContain(
      'suspense-short',
    );
    expect(await approved(asked)).toBe(200);
    expect((await auditor.post(path, { ...body, lines })).status).toBe(403);
    expect(await lastEntry('manual')).not.toBe('');
  });
});

describe('the pages of finance', () => {
  it('show all balances, and the books at a date, to those who may read money', async () => {
    const { lines } = (await auditor.get('/admin/data/ledger/balances')).json();
    const line = (lines as readonly PanelJson[]).find(
      (one) => one['platformId'] === trade.platformId,
    );
    expect(line?.['days']).toHaveLength(30);
    expect(line?.['balance']).toBe(
      (await balances())[0]?.toLocaleString('en-US', { minimumFractionDigits: 2 }),
    );
    const trial = (await auditor.get('/admin/data/ledger/trial-balance?basis=posted&date=')).json();
    expect(trial).toMatchObject({ sum: '0.00', mayClose: false, closable: null });
    const before = '/admin/data/ledger/trial-balance?basis=effective&date=2020-01-01';
    expect((await auditor.get(before)).json()).toMatchObject({ lines: [], sum: '0.00' });
    const operator = await asStaff(admin, 'operator');
    for (const path of ['balances', 'accounts', 'trial-balance?basis=posted'])
      expect((await operator.get(`/admin/data/ledger/${path}`)).status).toBe(403);
  });

  it('close no month that is not over', async () => {
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
    const asked = await finance.post('/admin/command/ledger/periods/close', {
      month,
      reason,
      formKey: formKey(),
    });
    expect(await approved(asked)).toBe(422);
  });
});
