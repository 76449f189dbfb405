import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import { MasterKeys, releaseCallbacks, replayCallback } from '#domain/stores';
import type { CallbackStep } from '#workflows';
import { WorkerMetrics } from '../../apps/worker/src/health/metrics.js';
import { CallbackSender } from '../../apps/worker/src/platform/callback-sender.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import {
  aCalledPlatform,
  anOwedCallback,
  CALLBACK_SECRET,
  callbackStanding,
  type Owed,
} from '../support/owed-callback.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TEST_MASTER_KEYS, testVault } from '../support/sold-order.js';

const receiver = new CallbackReceiver();
let database: TestDatabase;
let pool: pg.Pool;
let sender: CallbackSender;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'callback-spec');
  const masterKeys = MasterKeys.parse(TEST_MASTER_KEYS);
  const metrics = new WorkerMetrics();
  sender = new CallbackSender({ pool, vault: testVault(), masterKeys, metrics });
  await aCalledPlatform(pool);
  await receiver.listen();
}, 60_000);
afterAll(async () => {
  await receiver.close();
  await pool.end();
  await database.drop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = answers.text(200, 'ok');
});

const step = (callbackId: string): Promise<CallbackStep> => sender.step({ callbackId });

const anOwed = (options: { dueInMs?: number; tryCount?: number } = {}): Promise<Owed> =>
  anOwedCallback(pool, receiver.url(), options);

async function tries(callbackId: string): Promise<unknown[]> {
  const found = await pool.query(
    'SELECT try_no, http_status, failure, asked_by FROM callback_tries WHERE callback_id = $1 ORDER BY try_no',
    [callbackId],
  );
  return found.rows;
}

const makeDue = (callbackId: string) =>
  pool.query(`UPDATE callback_deliveries SET next_at = now() WHERE id = $1`, [callbackId]);

async function events(orderId: string): Promise<string[]> {
  const found = await pool.query<{ type: string }>(
    'SELECT type FROM order_events WHERE order_id = $1 ORDER BY id',
    [orderId],
  );
  return found.rows.map((row) => row.type);
}

it('sends the order as it is now, signed as Standard Webhooks say, and notes the acknowledgement', async () => {
  const { orderId, callbackId } = await anOwed();
  expect(await step(callbackId)).toEqual({ kind: 'ended', end: 'acknowledged', tryCount: 1 });

  const [call] = receiver.received;
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    type: 'order.updated',
    data: { status: 'failed', failCode: 'out-of-stock', refundedAmount: '9.90', version: 2 },
  });
  const headers: IncomingHttpHeaders = call?.headers ?? {};
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${call?.body}`;
  const key = Buffer.from(CALLBACK_SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(await callbackStanding(pool, callbackId)).toEqual({
    status: 'acknowledged',
    try_count: 1,
  });
  expect(await tries(callbackId)).toEqual([
    { try_no: 1, http_status: 200, failure: null, asked_by: 'order' },
  ]);
  expect(await events(orderId)).toEqual(['callback-sent']);
});

it('records a failed try, waits as the ladder says, and keeps the same id on the next one', async () => {
  const { callbackId } = await anOwed();
  receiver.answer = answers.text(500, 'busy');
  expect(await step(callbackId)).toEqual({ kind: 'again', delayMs: 15_000, tryCount: 1 });
  expect(await step(callbackId)).toMatchObject({ kind: 'again', tryCount: 1 });
  expect(receiver.received).toHaveLength(1);

  await makeDue(callbackId);
  receiver.answer = answers.text(200, 'success');
  expect(await step(callbackId)).toEqual({ kind: 'ended', end: 'acknowledged', tryCount: 2 });
  const ids = receiver.received.map((call) => call.headers['webhook-id']);
  expect(new Set(ids).size).toBe(1);
  expect(await tries(callbackId)).toMatchObject([{ failure: 'http-500' }, { failure: null }]);
});

it('gives up at the end of the ladder, and begins anew when staff ask for it', async () => {
  const { orderId, callbackId } = await anOwed({ tryCount: 30 });
  receiver.answer = answers.text(500);
  expect(await step(callbackId)).toEqual({ kind: 'ended', end: 'dead', tryCount: 31 });
  expect(await events(orderId)).toEqual(['callback-failed']);

  const actor = { kind: 'staff', name: 'staff@example.test' } as const;
  await replayCallback(pool, { callbackId, actor });
  const asked = await pool.query(
    `SELECT 1 FROM outbox_messages WHERE kind = 'send-callback' AND subject = $1`,
    [callbackId],
  );
  expect(asked.rowCount).toBe(1);
  expect(await step(callbackId)).toEqual({
    kind: 'again',
    delayMs: 15_000,
    tryCount: 32,
  });
  expect(await events(orderId)).toEqual(['callback-failed', 'callback-replayed']);
});

it('begins its ladder anew where staff ask while an older round still walks', async () => {
  const { callbackId } = await anOwed({ tryCount: 29 });
  receiver.answer = answers.text(500);
  await replayCallback(pool, { callbackId, actor: { kind: 'staff', name: 'staff@example.test' } });
  // Whoever takes the steps, the run of before or that of the replay: none of them gives up at the old ladder's end.
  for (const [delayMs, tryCount] of [
    [15_000, 30],
    [15_000, 31],
    [30_000, 32],
  ]) {
    await makeDue(callbackId);
    expect(await step(callbackId)).toEqual({ kind: 'again', delayMs, tryCount });
  }
});

it('ends an older round once staff have begun a newer one', async () => {
  const { callbackId } = await anOwed({ tryCount: 3 });
  receiver.answer = answers.text(500);
  await replayCallback(pool, { callbackId, actor: { kind: 'staff', name: 'staff@example.test' } });
  await makeDue(callbackId);
  expect(await sender.step({ callbackId, triesBefore: 0 })).toMatchObject({ kind: 'ended' });
  expect(await tries(callbackId)).toEqual([]);
  expect(await sender.step({ callbackId, triesBefore: 3 })).toMatchObject({ kind: 'again' });
});

it('does not send before the create call has let go, and sends once it has', async () => {
  const { orderId, callbackId } = await anOwed({ dueInMs: 20_000 });
  const early = await step(callbackId);
  expect(early).toMatchObject({ kind: 'again', tryCount: 0 });
  expect(early.kind === 'again' ? early.delayMs : 0).toBeGreaterThan(15_000);
  expect(receiver.received).toHaveLength(0);
  expect(await tries(callbackId)).toEqual([]);

  await releaseCallbacks(pool, [orderId], Date.now());
  expect(await step(callbackId)).toMatchObject({ kind: 'ended', end: 'acknowledged' });
});

it('ends without a call where the platform has acknowledged already', async () => {
  const { callbackId } = await anOwed();
  await step(callbackId);
  expect(await step(callbackId)).toEqual({ kind: 'ended', end: 'acknowledged', tryCount: 1 });
  expect(receiver.received).toHaveLength(1);
});

it('waits as the platform has it in a ladder of its own, whose first number is for the try that leaves at once', async () => {
  const { callbackId } = await anOwed();
  receiver.answer = answers.text(500);
  await pool.query(`UPDATE platforms SET callback_ladder_seconds = '{60,7}'`);
  try {
    expect(await step(callbackId)).toEqual({ kind: 'again', delayMs: 7_000, tryCount: 1 });
    await makeDue(callbackId);
    expect(await step(callbackId)).toEqual({ kind: 'ended', end: 'dead', tryCount: 2 });
  } finally {
    await pool.query('UPDATE platforms SET callback_ladder_seconds = NULL');
  }
});

it('lets one of two senders send', async () => {
  const { callbackId } = await anOwed();
  receiver.answer = (response) => void setTimeout(() => response.end('ok'), 300);
  await Promise.all([step(callbackId), step(callbackId)]);
  expect(receiver.received).toHaveLength(1);
});

it('ends at once where nothing is owed', async () => {
  expect(await step('999999')).toEqual({ kind: 'ended', end: 'none', tryCount: 0 });
});

it('records what it cannot send: a host that has left the list', async () => {
  const { callbackId } = await anOwed();
  await pool.query(`UPDATE platforms SET callback_hosts = '{callbacks.example.test}'`);
  expect(await step(callbackId)).toMatchObject({ kind: 'again', tryCount: 1 });
  await pool.query(`UPDATE platforms SET callback_hosts = '{127.0.0.1}'`);
  expect(receiver.received).toHaveLength(0);
  expect(await tries(callbackId)).toMatchObject([{ failure: 'host-not-allowed' }]);
});
