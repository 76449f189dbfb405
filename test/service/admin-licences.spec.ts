import { DAY_MS, shanghaiDate } from '#domain';
import {
  asStaff,
  emailOf,
  type PanelClient,
  type PanelJson,
  startTestAdmin,
  textIn,
  type TestAdmin,
} from '../support/admin.js';
import { aLicence, aRequirement } from '../support/licence-world.js';
import { aProduct, type TestProduct } from '../support/trade.js';

let admin: TestAdmin;
let owner: PanelClient;
let compliance: PanelClient;
let operator: PanelClient;
let service: PanelClient;
let product: TestProduct;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  compliance = await asStaff(admin, 'compliance');
  operator = await asStaff(admin, 'operator');
  service = await asStaff(admin, 'service');
  product = await aProduct(admin.db, { status: 'off-sale' });
  await aRequirement(admin.db, { productId: product.id, type: 'telecom-icp' });
}, 60_000);
afterAll(() => admin.close());

const today = (offset = 0): string => shanghaiDate(Date.now() + offset * DAY_MS);
const reason = '已核对原件';
const formKey = 'c'.repeat(32);
const list = async (client: PanelClient): Promise<PanelJson> =>
  client
    .post(`/admin/command/products/${product.id}/move`, { to: 'on-sale' })
    .then((a) => a.json());
const verbsOf = async (client: PanelClient, entity: string, id: string): Promise<unknown[]> => {
  const { verbs } = (await client.get(`/admin/data/verbs/${entity}/${id}`)).json();
  return (verbs as readonly PanelJson[]).map(({ name }) => name);
};
const statusOf = async (): Promise<string> => {
  const { rows } = await admin.db.query<{ status: string }>(
    'SELECT status FROM products WHERE id = $1',
    [product.id],
  );
  return rows[0]?.status ?? '';
};
const verify = (client: PanelClient, id: string) =>
  client.post(`/admin/command/licences/${id}/verify`, {
    result: 'confirmed',
    registry: 'a registry',
  });

it('puts nothing on sale without its licence, says why, and does once a second person has verified one', async () => {
  expect((await list(operator))['message']).toContain('没有登记这类资质');
  const created = await operator.form('/admin/api/resources/Licence/actions/new', {
    name: '增值电信业务经营许可证',
    typeId:
      (
        await admin.db.query<{ id: string }>(
          `SELECT id FROM licence_types WHERE code = 'telecom-icp'`,
        )
      ).rows[0]?.id ?? '',
    holder: 'We Ltd',
    number: 'ICP-1',
    issuer: 'an authority',
    effectiveOn: today(-100),
    expiresOn: today(400),
    leadDays: '0',
    ownerEmail: emailOf('compliance'),
  });
  expect(created.status).toBe(200);
  const { rows } = await admin.db.query<{ id: string; lead_days: number; recorded_by: string }>(
    `SELECT id, lead_days, recorded_by FROM licences WHERE number = 'ICP-1'`,
  );
  expect(rows).toMatchObject([{ lead_days: 90, recorded_by: emailOf('operator') }]);
  const id = rows[0]?.id ?? '';
  expect((await list(operator))['message']).toContain('尚未由第二人核验');
  expect((await verify(operator, id)).status).toBe(403);
  expect(await verbsOf(compliance, 'Licence', id)).toContain('verifyLicence');
  expect((await verify(compliance, id)).status).toBe(200);
  expect((await list(operator))['status']).toBe('on-sale');
});

it('takes the product off when compliance suspends its licence, and shows why on its page and on the page that asks', async () => {
  const { rows } = await admin.db.query<{ id: string }>(
    `SELECT id FROM licences WHERE number = 'ICP-1'`,
  );
  const id = rows[0]?.id ?? '';
  const suspended = await compliance.post(`/admin/command/licences/${id}/standing`, {
    to: 'suspended',
    reason,
  });
  expect(suspended.status).toBe(200);
  expect(await statusOf()).toBe('off-sale');
  const page = await service.get(`/admin/data/related/Product/${product.id}`);
  expect(page.text).toContain('资质已暂停');
  const why = await compliance.get(`/admin/data/sections/Licence/saleWhy?product=${product.code}`);
  expect(why.text).toContain('禁售');
  expect((await compliance.get('/admin/data/sections/Licence/register')).text).toContain(
    product.code,
  );
  expect((await compliance.get('/admin/data/dashboard')).json()['licences']).toMatchObject({
    lapsed: 1,
    stopped: 1,
  });
});

it('lets it through for a while when somebody asks and somebody else agrees', async () => {
  const asked = await compliance.post(`/admin/command/products/${product.id}/override`, {
    hours: '24',
    reason,
    formKey,
  });
  const approvalId = textIn(asked.json()['approvalId']);
  expect((await compliance.post(`/admin/command/approvals/${approvalId}/approve`, {})).status).toBe(
    403,
  );
  expect(await statusOf()).toBe('off-sale');
  expect((await owner.post(`/admin/command/approvals/${approvalId}/approve`, {})).status).toBe(200);
  expect(await statusOf()).toBe('on-sale');
});

it('renews a licence step by step from its page', async () => {
  const { id } = await aLicence(admin.db, { expiresOn: today(20) });
  const start = await compliance.post(`/admin/command/licences/${id}/renewal`, { reason });
  expect(start.status).toBe(200);
  const { rows } = await admin.db.query<{ id: string }>(
    'SELECT id FROM licence_renewals WHERE licence_id = $1',
    [id],
  );
  const renewal = `/admin/command/renewals/${rows[0]?.id}`;
  const answers = [
    await operator.post(`${renewal}/submitted`, { receiptNo: 'R-1', submittedOn: today() }),
    await operator.post(`${renewal}/review`, { reason }),
    await operator.post(`${renewal}/received`, { newNumber: 'ICP-2', newExpiresOn: today(2_000) }),
    await compliance.post(`${renewal}/activate`, { registry: 'a registry' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const next = await admin.db.query(
    `SELECT effective_on::text AS from FROM licences WHERE number = 'ICP-2'`,
  );
  expect(next.rows).toEqual([{ from: today(21) }]);
  expect(await verbsOf(compliance, 'LicenceRenewal', rows[0]?.id ?? '')).toEqual([]);
});

it('shows a year with both clocks, and nothing to who may not see licences', async () => {
  const year = today().slice(0, 4);
  const { bars } = (await compliance.get(`/admin/data/licence-year/${year}`)).json();
  expect((bars as readonly PanelJson[]).length).toBeGreaterThan(0);
  const finance = await asStaff(admin, 'finance');
  expect((await finance.get(`/admin/data/licence-year/${year}`)).status).toBe(403);
  expect((await finance.get('/admin/data/sections/Licence/register')).status).toBe(403);
  expect((await service.post(`/admin/command/products/${product.id}/override`, {})).status).toBe(
    403,
  );
});
