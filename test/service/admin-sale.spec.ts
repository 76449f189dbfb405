import pg from 'pg';
import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import { aTrade } from '../support/sold-order.js';

let admin: TestAdmin;
let owner: PanelClient;
let productId: string;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  ({ productId } = await aTrade(admin.db, { cards: 1 }));
});
afterAll(() => admin.close());

const one = async <Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row> => {
  const { rows } = await admin.db.query<Row>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
};
const price = (of: string) =>
  admin.db.query(
    `INSERT INTO prices (product_id, unit_price_hao, valid_from) VALUES ($1, 10000, now() - interval '1 minute')`,
    [of],
  );
const recordOf = (answer: { json: () => PanelJson }) => answer.json()['record'] as PanelJson;
const noticeOf = (answer: { json: () => PanelJson }) => answer.json()['notice'] as PanelJson;
const errorsOf = (answer: { json: () => PanelJson }) => recordOf(answer)['errors'] as PanelJson;
const create = (resource: string, fields: Record<string, string>) =>
  owner.form(`/admin/api/resources/${resource}/actions/new`, fields);
const edit = (resource: string, id: string, fields: Record<string, string>) =>
  owner.form(`/admin/api/resources/${resource}/records/${id}/edit`, fields);
const shown = async (resource: string, id: string) =>
  recordOf(await owner.get(`/admin/api/resources/${resource}/records/${id}/show`))[
    'params'
  ] as Record<string, string>;

describe('what is sold, and for how much', () => {
  it('puts nothing on sale without a price, and nothing but cards without a supplier', async () => {
    const make = (kind: string) =>
      one<{ id: string }>(
        `INSERT INTO products (code, name, kind) VALUES ($1, $1, $1) RETURNING id`,
        [kind],
      );
    const putOnSale = (id: string) =>
      owner.post(`/admin/command/products/${id}/move`, { to: 'on-sale' });
    const [card, topUp] = [await make('card'), await make('top-up')];
    const unpriced = await putOnSale(card.id);
    expect([unpriced.status, unpriced.json()['message']]).toEqual([
      422,
      expect.stringContaining('没有当前有效的价格'),
    ]);
    await price(card.id);
    expect((await putOnSale(card.id)).status).toBe(200);
    await price(topUp.id);
    const unsupplied = await putOnSale(topUp.id);
    expect([unsupplied.status, unsupplied.json()['message']]).toEqual([
      422,
      expect.stringContaining('货源'),
    ]);
    await admin.db.query(`UPDATE products SET status = 'retired' WHERE id = $1`, [card.id]);
  });

  it('ends a price without an end where the next one begins, and tells that in the audit log', async () => {
    const add = (fields: Record<string, string>) => create('Price', { productId, ...fields });
    await add({ unitPriceHao: '10', validFrom: '2026-01-01 00:00:00' });
    await add({ unitPriceHao: '8', validFrom: '2026-01-01 00:00:00', minQuantity: '100' });
    await add({
      unitPriceHao: '9',
      validFrom: '2026-02-01 00:00:00',
      validTo: '2026-02-08 00:00:00',
    });
    await add({ unitPriceHao: '11', validFrom: '2026-03-01 00:00:00' });
    const prices = await admin.db.query<{ yuan: number; until: string | null }>(
      `SELECT unit_price_hao::int / 10000 AS yuan, to_char(valid_to AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS until
       FROM prices WHERE product_id = $1 ORDER BY yuan`,
      [productId],
    );
    expect(prices.rows).toEqual([
      { yuan: 8, until: null },
      { yuan: 9, until: '2026-02-08' },
      { yuan: 10, until: '2026-03-01' },
      { yuan: 11, until: null },
    ]);
    const audit = await admin.db.query(
      `SELECT 1 FROM audit_entries WHERE resource = 'Price' AND action = 'edit' AND after->>'validTo' = '2026-03-01 00:00:00'`,
    );
    expect(audit.rowCount).toBe(1);
    const earlier = await add({ unitPriceHao: '12', validFrom: '2026-02-15 00:00:00' });
    expect(Object.keys(errorsOf(earlier))).toContain('validFrom');
  });

  it('shows large amounts with their thousands apart, and takes them back so', async () => {
    const made = await create('Price', {
      productId,
      unitPriceHao: '1,234.5',
      minQuantity: '77',
    });
    const { rows } = await admin.db.query<{ id: string; hao: string; version: number }>(
      'SELECT id, unit_price_hao AS hao, version FROM prices WHERE min_quantity = 77',
    );
    const { id = '', hao, version = 0 } = rows[0] ?? {};
    expect([noticeOf(made)['type'], hao]).toEqual(['success', '12345000']);
    const { unitPriceHao = '' } = await shown('Price', id);
    expect(unitPriceHao).toBe('1,234.5000');
    const saved = await edit('Price', id, { version: String(version), unitPriceHao });
    expect(noticeOf(saved)['type']).toBe('success');
  });
});
