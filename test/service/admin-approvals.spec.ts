import {
  asStaff,
  emailOf,
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
let trade: Trade;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  finance = await asStaff(admin, 'finance');
  trade = await aTrade(admin.db, { cards: 1 });
});
afterAll(() => admin.close());

let keys = 0;
const formKey = (): string => (++keys).toString(16).padStart(32, '0');
const balance = async (): Promise<number> => {
  const { rows } = await admin.db.query<{ balance_hao: string }>(
    `SELECT balance_hao FROM ledger_accounts WHERE kind = 'platform-balance' AND platform_id = $1`,
    [trade.platformId],
  );
  return Number(rows[0]?.balance_hao);
};
const topUp = (client: PanelClient, amount: string, key = formKey()) =>
  client.post(`/admin/command/platforms/${trade.platformId}/top-up`, {
    amount,
    receiptNo: `R-${key.slice(-6)}`,
    payer: '晨星网络',
    formKey: key,
  });
const askedFor = async (amount: string, client = finance): Promise<string> =>
  textIn((await topUp(client, amount)).json()['approvalId']);
const approve = (client: PanelClient, id: string) =>
  client.post(`/admin/command/approvals/${id}/approve`, {});
const refuse = (client: PanelClient, id: string) =>
  client.post(`/admin/command/approvals/${id}/refuse`, { reason: '回单与流水不符' });
const verbsOf = async (client: PanelClient, id: string): Promise<string[]> => {
  const { verbs } = (await client.get(`/admin/data/verbs/Approval/${id}`)).json();
  return (verbs as readonly PanelJson[]).map(({ name }) => textIn(name));
};
const statusOf = async (id: string): Promise<string | undefined> =>
  (await admin.db.query<{ status: string }>('SELECT status FROM approvals WHERE id = $1', [id]))
    .rows[0]?.status;

const openCount = async (): Promise<number | undefined> =>
  (
    await admin.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM approvals WHERE status = 'asked'`,
    )
  ).rows[0]?.count;

describe('an act over money', () => {
  it('within the limit happens at once, above it waits and says so, with a link', async () => {
    const before = await balance();
    expect((await topUp(finance, '50000.00')).json()).toMatchObject({ notice: 'topUpRecorded' });
    expect(await balance()).toBe(before + 500_000_000);
    const key = formKey();
    const asked = (await topUp(finance, '50000.01', key)).json();
    expect(asked).toMatchObject({ notice: 'approvalAsked' });
    expect(await balance()).toBe(before + 500_000_000);
    // The form handed in twice is one request.
    expect((await topUp(finance, '50000.01', key)).json()['approvalId']).toBe(asked['approvalId']);
    await refuse(owner, textIn(asked['approvalId']));
  });

  it('is done once when a second person approves it, however many press at once', async () => {
    const id = await askedFor('60000.00');
    const before = await balance();
    const answers = await Promise.all(Array.from({ length: 4 }, () => approve(owner, id)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect(await balance()).toBe(before + 600_000_000);
    const { rows } = await admin.db.query(
      `SELECT action, staff_email FROM audit_entries WHERE (resource, record_id) IN (('Approval', $1), ('Platform', $2))
       ORDER BY id DESC LIMIT 2`,
      [id, trade.platformId],
    );
    expect(rows).toEqual([
      { action: 'recordTopUp', staff_email: emailOf('owner') },
      { action: 'approve', staff_email: emailOf('owner') },
    ]);
  });

  it('is never decided by who asked, and large ones by owners only', async () => {
    const own = await askedFor('60000.00', owner);
    expect((await approve(owner, own)).status).toBe(403);
    expect(await verbsOf(owner, own)).toEqual(['withdraw']);
    expect(await verbsOf(finance, own)).toEqual(['approve', 'refuse']);
    expect((await approve(finance, own)).status).toBe(200);
    const large = await askedFor('500000.01', owner);
    expect(await verbsOf(finance, large)).toEqual([]);
    expect((await approve(finance, large)).json()).toMatchObject({ code: 'approval.needs-owner' });
    expect((await owner.post(`/admin/command/approvals/${large}/withdraw`, {})).status).toBe(200);
    expect(await statusOf(large)).toBe('withdrawn');
  });

  it('is not done when it is refused, withdrawn or too old', async () => {
    const before = await balance();
    const [refused, withdrawn, old] = [
      await askedFor('60000.00'),
      await askedFor('60001.00'),
      await askedFor('60002.00'),
    ];
    expect((await owner.post(`/admin/command/approvals/${refused}/refuse`, {})).status).toBe(400);
    expect((await refuse(owner, refused)).json()).toEqual({ notice: 'approvalRefused' });
    expect((await owner.post(`/admin/command/approvals/${withdrawn}/withdraw`, {})).status).toBe(
      403,
    );
    expect((await finance.post(`/admin/command/approvals/${withdrawn}/withdraw`, {})).status).toBe(
      200,
    );
    await admin.db.query(`UPDATE approvals SET expires_at = now() WHERE id = $1`, [old]);
    expect((await approve(owner, old)).json()).toMatchObject({ code: 'approval.expired' });
    for (const id of [refused, withdrawn]) expect((await approve(owner, id)).status).toBe(409);
    expect(await balance()).toBe(before);
  });

  it('fails whole: what cannot be done leaves the request open', async () => {
    const id = await askedFor('60000.00');
    await admin.db.query('ALTER TABLE ledger_postings RENAME TO postings_away');
    const answer = await approve(owner, id);
    await admin.db.query('ALTER TABLE postings_away RENAME TO ledger_postings');
    expect(answer.status).toBe(500);
    expect(await statusOf(id)).toBe('asked');
    expect((await approve(owner, id)).status).toBe(200);
  });

  it('shows before and after to who decides, and why somebody else may not', async () => {
    const id = await askedFor('60000.00');
    const shown = (await owner.get(`/admin/data/related/Approval/${id}`)).text;
    expect(shown).toContain('同意后会发生什么');
    const now = (await balance()) / 10_000;
    expect(shown).toContain((now + 60_000).toLocaleString('en-US', { minimumFractionDigits: 2 }));
    expect((await finance.get(`/admin/data/related/Approval/${id}`)).text).toContain(
      '不能审批自己',
    );
    expect((await owner.get('/admin/data/dashboard')).json()['backlog']).toMatchObject({
      approvals: await openCount(),
    });
    await refuse(owner, id);
    const decided = (await owner.get(`/admin/data/related/Approval/${id}`)).text;
    expect(decided).toContain('申请内容');
    expect(decided).not.toContain('平台余额');
  });

  it('follows the limits that the owner sets, and nobody else may set', async () => {
    const { rows } = await admin.db.query<{ id: string }>(
      `SELECT id FROM approval_thresholds WHERE kind = 'platform-top-up'`,
    );
    const path = `/admin/api/resources/ApprovalThreshold/records/${rows[0]?.id}/edit`;
    const lower = { aloneUpToHao: '10', ownerAboveHao: '20', version: '1' };
    expect((await finance.form(path, lower)).status).toBe(403);
    expect((await owner.form(path, lower)).status).toBe(200);
    const id = await askedFor('10.01', owner);
    expect((await approve(finance, id)).status).toBe(200);
    const large = await askedFor('20.01', owner);
    expect((await approve(finance, large)).status).toBe(403);
  });
});

describe('the database itself', () => {
  it('takes no approval by who asked, and no change of what was asked or decided', async () => {
    const id = await askedFor('60000.00');
    const change = (set: string) =>
      admin.db.query(`UPDATE approvals SET ${set} WHERE id = $1`, [id]);
    await expect(
      change(`status = 'approved', decided_at = now(), decided_by = upper(asked_by)`),
    ).rejects.toThrow('four_eyes');
    await expect(change('amount_hao = 1')).rejects.toThrow('as it was asked');
    await refuse(owner, id);
    await expect(change(`status = 'asked', decided_at = NULL`)).rejects.toThrow('as it was asked');
    await expect(admin.db.query('DELETE FROM approvals')).rejects.toThrow('append-only');
  });
});
