import type {
  BulkView,
  FoundGroup,
  HistoryView,
  SavedView,
} from '../../apps/admin/src/components/find-views.js';
import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder, testVault } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let first: SoldOrder;
let second: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  const trade = await aTrade(admin.db, { cards: 5 });
  first = await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  second = await anOrderWithRows(admin.db, trade, { quantity: 40, status: 'processing' });
});
afterAll(() => admin.close());

const find = async (text: string, client = owner): Promise<readonly FoundGroup[]> =>
  (await client.post('/admin/command/find', { text })).json()['groups'] as unknown as FoundGroup[];
const entities = (groups: readonly FoundGroup[]): string[] => groups.map(({ entity }) => entity);
const listed = async (query: string, client = owner): Promise<number> => {
  const answer = await client.get(`/admin/api/resources/Order/actions/list?${query}`);
  return (answer.json()['records'] as unknown[]).length;
};

/** The code of a card that was sold. */
async function soldCard(): Promise<{ cardId: string; cardNo: string }> {
  const { rows } = await admin.db.query<{
    id: string;
    product_id: string;
    batch_id: string;
    sealed: Buffer;
    key: Buffer;
  }>(
    `SELECT c.id, c.product_id, c.batch_id, c.sealed, b.data_key_sealed AS key FROM deliveries d
     JOIN cards c ON c.id = d.card_id JOIN card_batches b ON b.id = c.batch_id WHERE d.order_id = $1 LIMIT 1`,
    [first.orderId],
  );
  const row = rows[0];
  if (!row) throw new Error('no card was sold');
  const { cardNo } = testVault().open({
    cardId: row.id,
    productId: row.product_id,
    batchId: row.batch_id,
    sealed: row.sealed,
    dataKeySealed: row.key,
  });
  return { cardId: row.id, cardNo };
}

describe('the box that finds everything', () => {
  it('finds an order by its whole number, and not by a part of it', async () => {
    const [group] = await find(first.orderNo);
    expect(group).toMatchObject({ entity: 'Order', hits: [{ id: first.orderId }] });
    expect(entities(await find(first.orderNo.slice(0, -2)))).not.toContain('Order');
  });

  it('finds platforms, products and people by a part of their name', async () => {
    const { rows } = await admin.db.query<{ name: string }>('SELECT name FROM platforms LIMIT 1');
    expect(entities(await find(rows[0]?.name.slice(0, 4) ?? ''))).toContain('Platform');
    expect(entities(await find('panel.example.test'))).toContain('Staff');
  });

  it('takes signs of patterns for what they are', async () => {
    expect(await find('%%')).toEqual([]);
    expect(await find("'; --")).toEqual([]);
  });

  it('shows nobody what they may not read', async () => {
    const service = await asStaff(admin, 'service');
    expect(entities(await find('panel.example.test', service))).not.toContain('Staff');
  });

  it('finds a card by its code for those who may see codes, and writes down that they looked', async () => {
    const { cardId, cardNo } = await soldCard();
    expect(await find(cardNo)).toContainEqual({
      entity: 'Card',
      hits: [expect.objectContaining({ id: cardId }) as unknown],
    });
    const { rows } = await admin.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit_entries WHERE action = 'findCard' AND record_id = $1`,
      [cardId],
    );
    expect(rows[0]?.count).toBe(1);
    const auditor = await asStaff(admin, 'auditor');
    expect(entities(await find(cardNo, auditor))).not.toContain('Card');
  });

  it('refuses what is too short to be looked for', async () => {
    expect((await owner.post('/admin/command/find', { text: 'a' })).status).toBe(400);
  });
});

describe('filters', () => {
  it('list what has any of several values', async () => {
    expect(await listed('filters.status=succeeded')).toBe(1);
    expect(await listed('filters.status=succeeded,processing')).toBe(2);
  });

  it('list several numbers that somebody pasted', async () => {
    const numbers = encodeURIComponent(`${first.orderNo}\n${second.orderNo}, NOTHING`);
    expect(await listed(`filters.q=${numbers}`)).toBe(2);
  });

  it('list amounts from one to another, in yuan', async () => {
    const accounts = async (query: string): Promise<number> => {
      const answer = await owner.get(`/admin/api/resources/LedgerAccount/actions/list?${query}`);
      return (answer.json()['records'] as unknown[]).length;
    };
    const balance = 'filters.balanceHao~~';
    expect(await accounts(`${balance}from=0.01`)).toBe(1);
    expect(await accounts(`${balance}from=0.01&${balance}to=1,000,000,000`)).toBe(1);
    expect(await accounts(`${balance}to=0.01`)).toBe(0);
    expect(await accounts('filters.balanceHao~~from=1,000,000,000')).toBe(0);
  });
});

describe('saved views', () => {
  const views = async (client: PanelClient): Promise<readonly SavedView[]> =>
    (await client.get('/admin/data/saved-views/Order')).json()['views'] as unknown as SavedView[];
  const save = (client: PanelClient, view: Readonly<Record<string, unknown>>) =>
    client.post('/admin/command/saved-views', {
      resource: 'Order',
      query: 'filters.status=processing&page=3&refresh=true',
      isShared: false,
      ...view,
    });

  it('keep filters and order, and nothing else of an address', async () => {
    expect((await save(owner, { name: '等待中' })).status).toBe(200);
    expect(await views(owner)).toMatchObject([
      { name: '等待中', query: 'filters.status=processing' },
    ]);
  });

  it('are replaced under the same name', async () => {
    await save(owner, { name: '等待中', query: 'filters.status=held' });
    expect(await views(owner)).toMatchObject([{ query: 'filters.status=held' }]);
  });

  it('belong to one person unless they are shared, and only their owner removes them', async () => {
    const service = await asStaff(admin, 'service');
    expect(await views(service)).toEqual([]);
    await save(owner, { name: '共享', isShared: true });
    const [shared] = await views(service);
    expect(shared).toMatchObject({ name: '共享', isOwn: false });
    const remove = `/admin/command/saved-views/${shared?.id ?? ''}/remove`;
    expect((await service.post(remove, {})).status).toBe(404);
    expect((await owner.post(remove, {})).status).toBe(200);
  });

  it('are refused for lists that somebody may not read', async () => {
    const service = await asStaff(admin, 'service');
    expect((await save(service, { name: '员工', resource: 'Staff' })).status).toBe(403);
    expect((await save(service, { name: '没有', resource: 'Nothing' })).status).toBe(404);
  });
});

describe('doing the same to many records', () => {
  const bulk = (resource: string, ids: readonly string[], client = owner) =>
    client.post('/admin/command/bulk', { resource, ids });
  const names = (answer: { json: () => unknown }): string[][] =>
    (answer.json() as BulkView).records.map(({ verbs }) => verbs.map(({ name }) => name));

  it('is told first: what is possible for which of them', async () => {
    const answer = await bulk('Order', [first.orderId, second.orderId]);
    expect(names(answer)).toEqual([[], ['cancelOrder', 'retryOrder']]);
  });

  it('offers nobody what they may not do', async () => {
    const auditor = await asStaff(admin, 'auditor');
    expect(names(await bulk('Order', [second.orderId], auditor))).toEqual([[]]);
    const service = await asStaff(admin, 'service');
    expect((await bulk('Staff', [second.orderId], service)).status).toBe(403);
  });

  it('leaves out what shows a secret or asks for what differs from record to record', async () => {
    const { rows } = await admin.db.query<{ id: string }>('SELECT id FROM platforms LIMIT 1');
    const [verbs = []] = names(await bulk('Platform', [rows[0]?.id ?? '']));
    expect(verbs).not.toContain('newCredential');
    expect(verbs).not.toContain('recordTopUp');
  });

  it('takes no more than a page of a list', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => String(index));
    expect((await bulk('Order', ids)).status).toBe(400);
  });
});

describe('the history of a record', () => {
  it('tells who did what, with what changed for who may read the audit log', async () => {
    const { rows } = await admin.db.query<{ id: string }>('SELECT id FROM products LIMIT 1');
    const id = rows[0]?.id ?? '';
    const moved = await owner.post(`/admin/command/products/${id}/move`, { to: 'off-sale' });
    expect(moved.status).toBe(200);
    const read = async (client: PanelClient) =>
      (await client.get(`/admin/data/history/Product/${id}`)).json() as unknown as HistoryView;
    const [line] = (await read(owner)).lines;
    expect(line).toMatchObject({ who: 'owner@panel.example.test' });
    expect(line?.changes).toContainEqual({ name: '状态', before: '在售', after: '下架' });
    const service = await asStaff(admin, 'service');
    const [plain] = (await read(service)).lines;
    expect(plain).toMatchObject({ who: 'owner@panel.example.test', changes: [], reason: null });
  });

  it('is for who may read the record', async () => {
    const service = await asStaff(admin, 'service');
    expect((await service.get('/admin/data/history/Staff/1')).status).toBe(403);
    expect((await owner.get('/admin/data/history/Nothing/1')).status).toBe(404);
  });
});

describe('lists of tables that grow without end', () => {
  const events = async (query: string): Promise<number> => {
    const answer = await owner.get(`/admin/api/resources/OrderEvent/actions/list?${query}`);
    return (answer.json()['records'] as unknown[]).length;
  };

  it('look through the newest rows by what no index answers, and further back by days and numbers', async () => {
    await admin.db.query(
      `INSERT INTO order_events (order_id, type, actor_kind, actor_name, created_at)
       SELECT 77000000 + n, CASE n WHEN 1 THEN 'card-revealed' ELSE 'accepted' END, 'system', 'test',
         '2026-01-01T00:00:00+08:00'::timestamptz + n * interval '1 second'
       FROM generate_series(1, 200100) AS n`,
    );
    await admin.db.query('ANALYZE order_events');
    expect(await events('filters.type=card-revealed')).toBe(0);
    expect(await events('filters.type=accepted')).toBeGreaterThan(0);
    expect(await events('filters.orderId=77000001')).toBe(1);
    const days = 'filters.createdAt~~from=2026-01-01&filters.createdAt~~to=2026-01-01';
    expect(await events(`filters.type=card-revealed&${days}`)).toBe(1);
    expect(await events(`filters.type=card-revealed&filters.createdAt~~from=2026-01-02`)).toBe(0);
  });
});
