import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { openSqlPool } from '#domain/database';
import {
  noteNotice,
  readNotice,
  setChannelAddress,
  setChannelSecret,
  updateAlerts,
} from '#domain/stores';
import { AlertSender } from '../../apps/worker/src/alert/alert-sender.js';
import { AlertLane } from '../../apps/worker/src/outbox/alert-lane.js';
import { leaseRows } from '../../apps/worker/src/outbox/outbox-rows.js';
import { SupplierHttp } from '../../apps/worker/src/supply/supplier-http.js';
import { Simulator } from '../../tools/simulator/simulator.js';
import { answers, CallbackReceiver } from '../support/callback-receiver.js';
import { MailSink } from '../support/mail-sink.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aSource, testMasterKeys as masterKeys } from '../support/simulated-source.js';

const SECRET = `whsec_${Buffer.from('alert-signing-demo').toString('base64')}`;
const http = new SupplierHttp();
const receiver = new CallbackReceiver();
const sink = new MailSink();
let database: TestDatabase;
let pool: pg.Pool;
let simulator: Simulator;
let receiverUrl: string;
let smtpUrl: string;

beforeAll(async () => {
  simulator = await Simulator.start({ port: 0 });
  await receiver.listen();
  receiverUrl = receiver.url('127.0.0.1', '');
  smtpUrl = await sink.start();
});
afterAll(async () => {
  await simulator.stop();
  await receiver.close();
  await sink.stop();
});
beforeEach(async () => {
  database = await createTestDatabase();
  pool = openSqlPool(database.url, 4, 'test');
  receiver.received.length = 0;
  receiver.answer = answers.text(200, '{"errcode":0}');
});
afterEach(async () => {
  await pool?.end();
  await database?.drop();
});

describe('alert channels', () => {
  async function aChannel(
    kind: string,
    address: string,
    { language = 'zh-CN', secret }: { language?: string; secret?: string } = { secret: SECRET },
  ): Promise<string> {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO alert_channels (name, kind, language, is_sandbox) VALUES ($1, $1, $2, true) RETURNING id`,
      [kind, language],
    );
    const channelId = rows[0]?.id ?? '';
    const client = await pool.connect();
    await setChannelAddress(client, masterKeys, { channelId, address });
    if (kind === 'webhook' && secret !== undefined)
      await setChannelSecret(client, masterKeys, { channelId, secret });
    client.release();
    return channelId;
  }

  const lane = () =>
    new AlertLane({
      pool,
      masterKeys,
      sender: new AlertSender(http, { smtpUrl, from: 'kagong@example.test' }),
    });

  /** Sends all that is due, as the relay does. */
  async function relay(): Promise<(object | void)[]> {
    const rows = await leaseRows(pool, ['send-alert'], 50);
    return Promise.all((await lane().plan(rows)).map((task) => task.run()));
  }

  async function raise(): Promise<void> {
    const { supplierId } = await aSource({ pool, simulator });
    await pool.query(
      'UPDATE suppliers SET balance_hao = 12345, balance_read_at = now() WHERE id = $1',
      [supplierId],
    );
    await updateAlerts(pool, Date.now());
  }

  it('bring an alert to webhook, robot and mail, each in its own form and language', async () => {
    await aChannel('webhook', `${receiverUrl}/hook`, { language: 'en', secret: SECRET });
    await aChannel('wecom', `${receiverUrl}/robot?key=abc`);
    await aChannel('email', 'ops@example.test');
    await raise();
    await relay();
    const hook = JSON.parse(
      receiver.received.find(({ path }) => path === '/hook')?.body ?? '{}',
    ) as object;
    expect(hook).toMatchObject({
      news: 'opened',
      kind: 'balance-low',
      value: '1.2345',
      text: expect.stringMatching(
        /^Balance at supplier is low: kakayun-\w+ \(1\.2345\)$/,
      ) as string,
    });
    const robot = JSON.parse(
      receiver.received.find(({ path }) => path.startsWith('/robot'))?.body ?? '{}',
    ) as { msgtype?: string; markdown?: { content: string } };
    expect(robot.msgtype).toBe('markdown');
    expect(robot.markdown?.content).toContain('货源余额不足');
    expect(sink.mails.at(-1)).toContain('ops@example.test');
    const { rows } = await pool.query('SELECT DISTINCT status FROM alert_notices');
    expect(rows).toEqual([{ status: 'sent' }]);
  });

  it('sign what a webhook gets, and send nothing that they cannot sign', async () => {
    await aChannel('webhook', `${receiverUrl}/signed`);
    await aChannel('webhook', `${receiverUrl}/bare`, {});
    await raise();
    await relay();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/signed']);
    const sent = receiver.received[0];
    const header = (name: string): string => String(sent?.headers[`webhook-${name}`]);
    const signed = `${header('id')}.${header('timestamp')}.${sent?.body ?? ''}`;
    const key = Buffer.from('alert-signing-demo');
    expect(header('signature')).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    const { rows } = await pool.query(`SELECT failure FROM alert_notices WHERE status = 'due'`);
    expect(rows).toEqual([{ failure: 'no signing secret is set' }]);
  });

  it('are tried again where the other side refuses, and given up in the end', async () => {
    await aChannel('wecom', `${receiverUrl}/robot`);
    receiver.answer = answers.text(200, '{"errcode":93000,"errmsg":"invalid webhook url"}');
    await raise();
    expect(await relay()).toEqual([{ afterMs: 10_000 }]);
    const { rows } = await pool.query<{ id: string; status: string; failure: string }>(
      'SELECT id, status, failure FROM alert_notices',
    );
    expect(rows[0]).toMatchObject({
      status: 'due',
      failure: expect.stringContaining('93000') as string,
    });
    await pool.query('UPDATE alert_notices SET try_count = 6');
    const notice = await readNotice(pool, masterKeys, rows[0]?.id ?? '');
    if (!notice) throw new Error('the notice is gone');
    expect(await noteNotice(pool, notice, 'http 500')).toBeUndefined();
    expect((await pool.query('SELECT status FROM alert_notices')).rows).toEqual([
      { status: 'dead' },
    ]);
  });

  it('get only what they ask for, and nothing while they are off', async () => {
    const all = await aChannel('webhook', `${receiverUrl}/all`);
    const none = await aChannel('email', 'ops@example.test');
    await pool.query(`UPDATE alert_channels SET kinds = '{stock-short}' WHERE id = $1`, [none]);
    await raise();
    expect((await pool.query('SELECT channel_id FROM alert_notices')).rows).toEqual([
      { channel_id: all },
    ]);
    await pool.query('UPDATE alert_channels SET is_active = false');
    await pool.query('UPDATE suppliers SET balance_hao = 999999999999');
    await updateAlerts(pool, Date.now());
    expect((await pool.query('SELECT news FROM alert_notices')).rows).toEqual([{ news: 'opened' }]);
  });

  it('keep their address to themselves', async () => {
    const secret = 'key-5d1f-marker';
    await aChannel('wecom', `https://qyapi.weixin.example.com/cgi-bin/webhook/send?key=${secret}`);
    const { rows } = await pool.query('SELECT * FROM alert_channels');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows[0]).toMatchObject({ address_hint: 'qyapi.weixin.example.com/…' });
  });
});
