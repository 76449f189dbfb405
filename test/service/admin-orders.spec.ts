import {
  asStaff,
  type PanelClient,
  startTestAdmin,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade, testVault, type SoldOrder } from '../support/sold-order.js';
import type pg from 'pg';

let admin: TestAdmin;
let owner: PanelClient;
let sold: SoldOrder;
let waiting: SoldOrder;
beforeAll(async () => {
  admin = await startTestAdmin({ temporalUiUrl: 'http://temporal.example.test' });
  owner = await asStaff(admin, 'owner');
  const trade = await aTrade(admin.db, { cards: 5 });
  sold = await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  waiting = await anOrderWithRows(admin.db, trade, { quantity: 40, status: 'processing' });
});
afterAll(() => admin.close());

/** The client gives Temporal five seconds before it calls it away. */
const AWAY_MS = 30_000;
const one = async <Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row> => {
  const { rows } = await admin.db.query<Row>(sql, values);
  if (!rows[0]) throw new Error(`nothing found: ${sql}`);
  return rows[0];
};

describe('the order page', () => {
  it('tells units with masked cards, money, callback, timeline and the run', async () => {
    const page = (await owner.get(`/admin/data/orders/${sold.orderId}`)).json();
    const units = page['units'] as readonly PanelJson[];
    expect(units).toHaveLength(2);
    expect(units[0]?.['card']).toMatch(/^.{2,3}\*{4}.{2,3}$/);
    expect((page['timeline'] as readonly PanelJson[]).map((line) => line['title'])).toContain(
      '受理订单',
    );
    expect(page['runUrl']).toBe(
      `http://temporal.example.test/namespaces/kagong/workflows/${encodeURIComponent(`order:${sold.orderNo}`)}`,
    );
    expect((page['callbacks'] as readonly PanelJson[])[0]?.['status']).toBe('acknowledged');
    expect(page['why']).toBeNull();
  });

  it('says in words why an order is not delivered', async () => {
    const page = (await owner.get(`/admin/data/orders/${waiting.orderId}`)).json();
    const why = page['why'] as PanelJson;
    expect(why['missing']).toBe(37);
    expect(String((why['lines'] as readonly string[])[0])).toContain('还缺 37 张');
  });

  it('holds no code in clear', async () => {
    const { text } = await owner.get(`/admin/data/orders/${sold.orderId}`);
    const cards = await admin.db.query<{
      id: string;
      product_id: string;
      batch_id: string;
      sealed: Buffer;
      key: Buffer;
    }>(
      `SELECT c.id, c.product_id, c.batch_id, c.sealed, b.data_key_sealed AS key FROM deliveries d
       JOIN cards c ON c.id = d.card_id JOIN card_batches b ON b.id = c.batch_id WHERE d.order_id = $1`,
      [sold.orderId],
    );
    expect(cards.rows).toHaveLength(2);
    for (const row of cards.rows) {
      const card = testVault().open({
        cardId: row.id,
        productId: row.product_id,
        batchId: row.batch_id,
        sealed: row.sealed,
        dataKeySealed: row.key,
      });
      expect(text).not.toContain(card.cardNo);
      expect(text).not.toContain(card.cardPassword);
    }
  });
});

describe('revealing a card', () => {
  const reveal = (body: unknown, client = owner, id = sold.orderId) =>
    client.post(`/admin/command/orders/${id}/reveal`, body);

  it('wants a reason', async () => {
    for (const reason of [undefined, '', 'abc', '    '])
      expect((await reveal({ unitNo: 1, reason })).json()['code']).toBe('staff.reason-required');
  });

  it('shows the code once it is written down who looked and why', async () => {
    const answer = await reveal({ unitNo: 1, reason: '客户反馈无法使用' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json()['cardNo']).toMatch(/^NO-/);
    const audit = await one<{ reason: string; after: { unitNo: number } }>(
      `SELECT reason, after FROM audit_entries WHERE action = 'revealCard'`,
    );
    expect(audit).toEqual({
      reason: '客户反馈无法使用',
      after: { unitNo: 1, cardId: expect.any(String) as string },
    });
    const event = await one<{ actor_name: string }>(
      `SELECT actor_name FROM order_events WHERE type = 'card-revealed'`,
    );
    expect(event.actor_name).toBe('owner@panel.example.test');
  });

  it('shows nothing where it cannot be written down', async () => {
    await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    const answer = await reveal({ unitNo: 1, reason: '再次核对一下' });
    await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('NO-');
    const events = await one<{ count: number }>(
      `SELECT count(*)::int AS count FROM order_events WHERE type = 'card-revealed'`,
    );
    expect(events.count).toBe(1);
  });

  it('knows no card of a unit that has none, and none through another order', async () => {
    expect((await reveal({ unitNo: 9, reason: 'no such unit' })).status).toBe(404);
    expect(
      (await reveal({ unitNo: 1, reason: 'still waiting' }, owner, waiting.orderId)).status,
    ).toBe(404);
  });
});

describe('cancelling and retrying while Temporal is away', () => {
  it(
    'fills what stock can fill, writes down who asked, and tells how the order stands',
    async () => {
      const fillable = await anOrderWithRows(admin.db, sold, { quantity: 2, status: 'processing' });
      const retry = async (order: SoldOrder) =>
        (await owner.post(`/admin/command/orders/${order.orderId}/retry`, {})).json();
      expect(await retry(fillable)).toEqual({ status: 'succeeded', isWaiting: true });
      expect(await retry(waiting)).toEqual({ status: 'processing', isWaiting: true });
      const noted = await one<{ events: number; audits: number }>(
        `SELECT (SELECT count(*)::int FROM order_events WHERE type = 'retry-asked' AND order_id = $1) AS events,
           (SELECT count(*)::int FROM audit_entries WHERE action = 'retryOrder' AND record_id = $1::text) AS audits`,
        [waiting.orderId],
      );
      expect(noted).toEqual({ events: 1, audits: 1 });
    },
    AWAY_MS,
  );

  it(
    'cancels the row itself, refunds, and leaves word for the run',
    async () => {
      const path = `/admin/command/orders/${waiting.orderId}/cancel`;
      expect((await owner.post(path, {})).json()['code']).toBe('staff.reason-required');
      const answer = await owner.post(path, { reason: '平台要求取消' });
      expect(answer.json()).toEqual({ status: 'cancelled' });
      const order = await one<{ status: string; fail_code: string; is_refunded: boolean }>(
        'SELECT status, fail_code, refunded_hao = amount_hao AS is_refunded FROM orders WHERE id = $1',
        [waiting.orderId],
      );
      expect(order).toEqual({
        status: 'cancelled',
        fail_code: 'cancelled-by-staff',
        is_refunded: true,
      });
      const event = await one<{ actor_name: string; detail: { reason: string } }>(
        `SELECT actor_name, detail FROM order_events WHERE order_id = $1 AND type = 'cancelled'`,
        [waiting.orderId],
      );
      expect([event.actor_name, event.detail.reason]).toEqual([
        'owner@panel.example.test',
        '平台要求取消',
      ]);
      await one(`SELECT 1 FROM outbox_messages WHERE kind = 'order-changed' AND subject = $1`, [
        waiting.orderId,
      ]);
      expect((await owner.post(path, { reason: '再取消一次' })).json()['code']).toBe(
        'order.not-cancellable',
      );
    },
    AWAY_MS,
  );

  it(
    'cancels nothing that cannot be written down',
    async () => {
      const order = await anOrderWithRows(admin.db, sold, { quantity: 30, status: 'processing' });
      await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
      const answer = await owner.post(`/admin/command/orders/${order.orderId}/cancel`, {
        reason: '平台要求取消',
      });
      await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
      expect(answer.status).toBe(500);
      const row = await one<{ status: string }>('SELECT status FROM orders WHERE id = $1', [
        order.orderId,
      ]);
      expect(row.status).toBe('processing');
    },
    AWAY_MS,
  );

  it('does not cancel what is delivered', async () => {
    const answer = await owner.post(`/admin/command/orders/${sold.orderId}/cancel`, {
      reason: '平台要求取消',
    });
    expect(answer.json()['code']).toBe('order.not-cancellable');
  });
});

describe('replaying a callback', () => {
  it('schedules it anew with an outbox row and an event', async () => {
    const callback = await one<{ id: string }>(
      'SELECT id FROM callback_deliveries WHERE order_id = $1',
      [sold.orderId],
    );
    await admin.db.query(`UPDATE callback_deliveries SET status = 'dead' WHERE id = $1`, [
      callback.id,
    ]);
    const replay = () => owner.post(`/admin/command/callbacks/${callback.id}/replay`, {});
    await admin.db.query('ALTER TABLE audit_entries RENAME TO audit_entries_away');
    expect((await replay()).status).toBe(500);
    await admin.db.query('ALTER TABLE audit_entries_away RENAME TO audit_entries');
    const unchanged = await one<{ status: string }>(
      'SELECT status FROM callback_deliveries WHERE id = $1',
      [callback.id],
    );
    expect(unchanged.status).toBe('dead');
    expect((await replay()).status).toBe(200);
    await one(`SELECT 1 FROM audit_entries WHERE action = 'replayCallback' AND record_id = $1`, [
      sold.orderId,
    ]);
    await one(`SELECT 1 FROM outbox_messages WHERE kind = 'send-callback' AND subject = $1`, [
      callback.id,
    ]);
    await one(`SELECT 1 FROM order_events WHERE type = 'callback-replayed' AND order_id = $1`, [
      sold.orderId,
    ]);
    expect((await owner.post('/admin/command/callbacks/999999/replay', {})).json()['code']).toBe(
      'callback.not-found',
    );
  });
});
