import pg from 'pg';
import { openSqlPool } from '#domain/database';
import { endOrder } from '#domain/stores';
import { BACKOFFICE, orderWorkflowId } from '#workflows';
import { asStaff, type PanelClient, startTestAdmin, type TestAdmin } from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder, type Trade } from '../support/sold-order.js';
import { TestTemporal } from '../support/temporal-server.js';

/** The client gives a run five seconds to answer. */
const SLOW_MS = 60_000;

let temporal: TestTemporal;
let admin: TestAdmin;
let owner: PanelClient;
let pool: pg.Pool;
let trade: Trade;
beforeAll(async () => {
  temporal = await TestTemporal.start();
  admin = await startTestAdmin({ temporalAddress: temporal.address });
  owner = await asStaff(admin, 'owner');
  pool = openSqlPool(admin.databaseUrl, 2, 'admin-runs-spec');
  trade = await aTrade(admin.db, { cards: 3 });
}, SLOW_MS);
afterAll(async () => {
  await pool?.end();
  await admin?.close();
  await temporal?.stop();
});

/** A waiting order and its run; no worker is there to answer for it. */
async function anOrderWithRun(quantity: number): Promise<SoldOrder> {
  const order = await anOrderWithRows(admin.db, trade, { quantity, status: 'processing' });
  await temporal.client.start('fulfilOrder', {
    taskQueue: BACKOFFICE,
    workflowId: orderWorkflowId(order.orderNo),
    args: [],
  });
  return order;
}

const terminated = async (quantity: number): Promise<SoldOrder> => {
  const order = await anOrderWithRun(quantity);
  await temporal.client.getHandle(orderWorkflowId(order.orderNo)).terminate('by a test');
  return order;
};
const ask = async ({ orderId }: SoldOrder, verb: string, body: unknown) =>
  owner.post(`/admin/command/orders/${orderId}/${verb}`, body);
const audits = async (action: string, { orderId }: SoldOrder): Promise<number> =>
  (
    await admin.db.query('SELECT 1 FROM audit_entries WHERE action = $1 AND record_id = $2', [
      action,
      orderId,
    ])
  ).rowCount ?? 0;

describe('orders whose runs do not answer as they should', () => {
  it(
    'cancels an order that still waits after its run was terminated',
    async () => {
      const order = await terminated(20);
      const answer = await ask(order, 'cancel', { reason: '平台要求取消' });
      expect([answer.status, answer.json()]).toEqual([200, { status: 'cancelled' }]);
      expect(await audits('cancelOrder', order)).toBe(1);
    },
    SLOW_MS,
  );

  it(
    'fills an order that still waits after its run was terminated',
    async () => {
      const order = await terminated(2);
      const answer = await ask(order, 'retry', {});
      expect([answer.status, answer.json()]).toEqual([
        200,
        { status: 'succeeded', isWaiting: true },
      ]);
      expect(await audits('retryOrder', order)).toBe(1);
    },
    SLOW_MS,
  );

  it(
    'counts a cancellation as done whose run took effect but answered too late',
    async () => {
      const order = await anOrderWithRun(20);
      const asked = ask(order, 'cancel', { reason: '平台要求取消' });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await endOrder(pool, {
        orderId: order.orderId,
        to: 'cancelled',
        failCode: 'cancelled-by-staff',
        actor: { kind: 'staff', name: 'owner@panel.example.test' },
        nowMs: Date.now(),
      });
      const answer = await asked;
      expect([answer.status, answer.json()]).toEqual([200, { status: 'cancelled' }]);
      expect(await audits('cancelOrder', order)).toBe(1);
    },
    SLOW_MS,
  );

  it(
    'does not call an order cancelled that something else ended meanwhile',
    async () => {
      const order = await anOrderWithRun(20);
      const asked = ask(order, 'cancel', { reason: '平台要求取消' });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await endOrder(pool, {
        orderId: order.orderId,
        to: 'failed',
        failCode: 'out-of-stock',
        actor: { kind: 'system', name: 'workflow' },
        nowMs: Date.now(),
      });
      expect((await asked).json()['code']).toBe('order.not-cancellable');
      expect(await audits('cancelOrder', order)).toBe(0);
    },
    SLOW_MS,
  );
});
