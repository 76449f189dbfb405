import type { Pool, PoolClient } from 'pg';
import { inTransaction, type Sql } from '../database/sql.js';
import { DomainError } from '../shared/domain-error.js';
import { secretContext, type MasterKeys } from '../vault/master-key.js';
import { alertChanges, type AlertFact, type OpenAlert } from './alert-change.js';
import { readAlertFacts } from './alert-facts.store.js';
import {
  noticePauseMs,
  type AlertChannelKind,
  type AlertKind,
  type AlertNoticeKind,
} from './alert-kind.js';

const LOCK = 'SELECT pg_advisory_xact_lock(7703, 1)';
const READ_OPEN = 'SELECT id, kind, subject FROM alerts WHERE closed_at IS NULL';
const OPEN = `
  INSERT INTO alerts (kind, subject, value, opened_at)
  SELECT r.kind, left(r.subject, 160), left(r.value, 160), $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS r(kind, subject, value)
  ON CONFLICT DO NOTHING RETURNING id`;
const CLOSE = 'UPDATE alerts SET closed_at = $2 WHERE id = ANY($1::bigint[]) RETURNING id';

/** One notice for each channel that wants it, and a row of the outbox for each. */
const NOTIFY = `
  WITH notices AS (
    INSERT INTO alert_notices (alert_id, channel_id, news)
    SELECT a.id, c.id, $2 FROM alerts a JOIN alert_channels c
      ON c.is_active AND c.address_sealed IS NOT NULL AND (c.kinds = '{}' OR a.kind = ANY(c.kinds))
    WHERE a.id = ANY($1::bigint[]) ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-alert', id::text, now() FROM notices`;

/** Raises what begins and ends what is over, once each, with the notices that go out for it. Returns how many changed. */
export async function updateAlerts(pool: Pool, nowMs: number): Promise<number> {
  const facts = await readAlertFacts(pool, nowMs);
  return inTransaction(pool, async (client) => {
    await client.query(LOCK);
    const open = await client.query<OpenAlert>(READ_OPEN);
    const { opened, closed } = alertChanges(open.rows, facts);
    if (opened.length > 0) await notify(client, await openAlerts(client, opened, nowMs), 'opened');
    if (closed.length > 0) {
      const ids = closed.map(({ id }) => id);
      const ended = await client.query<{ id: string }>(CLOSE, [ids, new Date(nowMs)]);
      await notify(
        client,
        ended.rows.map(({ id }) => id),
        'closed',
      );
    }
    return opened.length + closed.length;
  });
}

/** The same two steps in one statement. */
const RAISE = `
  WITH raised AS (
    INSERT INTO alerts (kind, subject, value, opened_at)
    SELECT r.kind, left(r.subject, 160), left(r.value, 160), $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS r(kind, subject, value)
    ON CONFLICT DO NOTHING RETURNING id, kind
  ), notices AS (
    INSERT INTO alert_notices (alert_id, channel_id, news)
    SELECT a.id, c.id, 'opened' FROM raised a JOIN alert_channels c
      ON c.is_active AND c.address_sealed IS NOT NULL AND (c.kinds = '{}' OR a.kind = ANY(c.kinds))
    ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-alert', id::text, now() FROM notices`;

/** Raises alerts at once, in the transaction of what they are about; the sweep ends each when its fact is gone. */
export async function raiseAlerts(
  sql: Sql,
  facts: readonly Omit<AlertFact, 'state'>[],
  nowMs: number,
): Promise<void> {
  const values = [
    facts.map(({ kind }) => kind),
    facts.map(({ subject }) => subject),
    facts.map(({ value }) => value),
    new Date(nowMs),
  ];
  await sql.query({ name: 'raise-alerts', text: RAISE, values });
}

async function openAlerts(
  client: PoolClient,
  facts: readonly AlertFact[],
  nowMs: number,
): Promise<string[]> {
  const made = await client.query<{ id: string }>(OPEN, [
    facts.map(({ kind }) => kind),
    facts.map(({ subject }) => subject),
    facts.map(({ value }) => value),
    new Date(nowMs),
  ]);
  return made.rows.map(({ id }) => id);
}

async function notify(
  client: PoolClient,
  ids: readonly string[],
  news: AlertNoticeKind,
): Promise<void> {
  await client.query(NOTIFY, [ids, news]);
}

/** A notice as it is sent. */
export interface DueNotice {
  readonly id: string;
  readonly tryCount: number;
  readonly news: AlertNoticeKind;
  readonly alertId: string | null;
  readonly alertKind: AlertKind | null;
  readonly subject: string;
  readonly value: string;
  readonly atMs: number;
  readonly channel: {
    readonly kind: AlertChannelKind;
    readonly name: string;
    readonly address: string;
    /** Signs the message; undefined where none was made. */
    readonly secret: string | undefined;
    readonly language: string;
    readonly isSandbox: boolean;
  };
}

const READ_NOTICE = `
  SELECT n.id, n.try_count, n.news, n.alert_id, a.kind AS alert_kind, coalesce(a.subject, '') AS subject, coalesce(a.value, '') AS value,
    coalesce(CASE WHEN n.news = 'closed' THEN a.closed_at ELSE a.opened_at END, n.created_at) AS at,
    c.id AS channel_id, c.kind, c.name, c.address_sealed, c.secret_sealed, c.language, c.is_sandbox
  FROM alert_notices n JOIN alert_channels c ON c.id = n.channel_id LEFT JOIN alerts a ON a.id = n.alert_id
  WHERE n.id = $1 AND n.status = 'due' AND c.address_sealed IS NOT NULL`;

/** Undefined where it was sent or given up already. */
export async function readNotice(
  sql: Sql,
  masterKeys: MasterKeys,
  id: string,
): Promise<DueNotice | undefined> {
  const found = await sql.query<{
    id: string;
    try_count: number;
    news: AlertNoticeKind;
    alert_id: string | null;
    alert_kind: AlertKind | null;
    subject: string;
    value: string;
    at: Date;
    channel_id: string;
    kind: AlertChannelKind;
    name: string;
    address_sealed: Buffer;
    secret_sealed: Buffer | null;
    language: string;
    is_sandbox: boolean;
  }>({ name: 'read-alert-notice', text: READ_NOTICE, values: [id] });
  const row = found.rows[0];
  if (!row) return undefined;
  const opened = (sealed: Buffer, context: string): string =>
    masterKeys.open(sealed, context).toString('utf8');
  return {
    id: row.id,
    tryCount: row.try_count,
    news: row.news,
    alertId: row.alert_id,
    alertKind: row.alert_kind,
    subject: row.subject,
    value: row.value,
    atMs: row.at.getTime(),
    channel: {
      kind: row.kind,
      name: row.name,
      address: opened(row.address_sealed, secretContext.alertChannel(row.channel_id)),
      secret:
        row.secret_sealed === null
          ? undefined
          : opened(row.secret_sealed, secretContext.alertSecret(row.channel_id)),
      language: row.language,
      isSandbox: row.is_sandbox,
    },
  };
}

/** Writes down what came of a try. Returns after how long to try again; undefined where nothing is left to do. */
export async function noteNotice(
  pool: Pool,
  { id, tryCount }: DueNotice,
  failure: string | undefined,
): Promise<number | undefined> {
  const pauseMs = failure === undefined ? undefined : noticePauseMs(tryCount + 1);
  const status = failure === undefined ? 'sent' : pauseMs === undefined ? 'dead' : 'due';
  await pool.query(
    `UPDATE alert_notices SET status = $2::varchar, try_count = try_count + 1, failure = $3,
       sent_at = CASE WHEN $2::varchar = 'sent' THEN now() END WHERE id = $1`,
    [id, status, failure?.slice(0, 200) ?? null],
  );
  return pauseMs;
}

/** Keeps a channel's address, encrypted, with enough of it to know it by. Throws `alert-channel.not-found`. */
export async function setChannelAddress(
  client: PoolClient,
  masterKeys: MasterKeys,
  { channelId, address }: { readonly channelId: string; readonly address: string },
): Promise<void> {
  const sealed = masterKeys.seal(
    Buffer.from(address, 'utf8'),
    secretContext.alertChannel(channelId),
  );
  const changed = await client.query(
    `UPDATE alert_channels SET address_sealed = $2, address_hint = $3, version = version + 1, updated_at = now() WHERE id = $1`,
    [channelId, sealed, hintOf(address)],
  );
  if (changed.rowCount === 0) throw new DomainError('alert-channel.not-found');
}

/** Keeps the secret that signs what a webhook gets, encrypted. Throws `alert-channel.not-found`. */
export async function setChannelSecret(
  client: PoolClient,
  masterKeys: MasterKeys,
  { channelId, secret }: { readonly channelId: string; readonly secret: string },
): Promise<void> {
  const sealed = masterKeys.seal(Buffer.from(secret, 'utf8'), secretContext.alertSecret(channelId));
  const changed = await client.query(
    `UPDATE alert_channels SET secret_sealed = $2, version = version + 1, updated_at = now() WHERE id = $1 AND kind = 'webhook'`,
    [channelId, sealed],
  );
  if (changed.rowCount === 0) throw new DomainError('alert-channel.not-found');
}

/** The host of a URL, the domain of a mail address. */
function hintOf(address: string): string {
  if (URL.canParse(address)) return `${new URL(address).host}/…`;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, Math.min(2, at))}…${address.slice(at)}`.slice(0, 120);
}

/** Sends a test message on its way. */
export async function queueTest(client: PoolClient, channelId: string): Promise<void> {
  const made = await client.query(
    `WITH notice AS (
       INSERT INTO alert_notices (channel_id, news)
       SELECT id, 'test' FROM alert_channels WHERE id = $1 AND address_sealed IS NOT NULL RETURNING id
     )
     INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'send-alert', id::text, now() FROM notice`,
    [channelId],
  );
  if (made.rowCount === 0) throw new DomainError('alert-channel.not-found');
}
