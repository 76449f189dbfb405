import type { Pool } from 'pg';
import { mayStaff, type AlertNoticeKind, type AlertNoticeStatus } from '#domain';
import { translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedSection, Verb } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';

/** A channel gets its address, and is tried out. */
export async function channelVerbs(
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly Verb[]> {
  if (!mayStaff(staff.role, 'staff.write')) return [];
  const { rows } = await pool.query<{ kind: string; has_address: boolean; has_secret: boolean }>(
    'SELECT kind, address_sealed IS NOT NULL AS has_address, secret_sealed IS NOT NULL AS has_secret FROM alert_channels WHERE id = $1',
    [id],
  );
  const channel = rows[0];
  if (!channel) return [];
  const setAddress: Verb = {
    name: 'setChannelAddress',
    path: `alert-channels/${id}/address`,
    kind: 'post',
    tone: channel.has_address ? 'plain' : 'main',
    hint: 'alert.addressHint',
    fields: [{ name: 'address', label: 'alert.address' }],
    done: 'addressStored',
  };
  const test: Verb = {
    name: 'testChannel',
    path: `alert-channels/${id}/test`,
    kind: 'post',
    tone: 'plain',
    hint: 'alert.testHint',
    done: 'testQueued',
  };
  const newSecret: Verb = {
    name: 'newChannelSecret',
    path: `alert-channels/${id}/secret`,
    kind: 'post',
    tone: channel.has_secret ? 'danger' : 'main',
    hint: 'alert.secretHint',
    reveals: [{ name: 'secret', label: 'alert.secret' }],
    done: 'secretMade',
  };
  return [
    setAddress,
    ...(channel.kind === 'webhook' ? [newSecret] : []),
    ...(channel.has_address ? [test] : []),
  ];
}

interface NoticeLine {
  id: string;
  news: AlertNoticeKind;
  status: AlertNoticeStatus;
  failure: string | null;
  created_at: Date;
  sent_at: Date | null;
  other: string;
}

async function noticeSection(
  pool: Pool,
  { language }: PanelStaff,
  [condition, other]: readonly [string, string],
  id: string,
): Promise<RelatedSection> {
  const field = (name: 'news' | 'status' | 'failure' | 'createdAt' | 'sentAt') =>
    translate(language, `field.AlertNotice.${name}`);
  const { rows } = await pool.query<NoticeLine>(
    `SELECT n.id, n.news, n.status, n.failure, n.created_at, n.sent_at, coalesce(${other}, '') AS other
     FROM alert_notices n JOIN alert_channels c ON c.id = n.channel_id LEFT JOIN alerts a ON a.id = n.alert_id
     WHERE ${condition} = $1 ORDER BY n.id DESC LIMIT 20`,
    [id],
  );
  return {
    title: translate(language, 'page.alert.last'),
    heads: [
      '',
      field('news'),
      field('status'),
      field('failure'),
      field('createdAt'),
      field('sentAt'),
    ],
    rows: rows.map((row) => [
      { text: row.other === '' ? `#${row.id}` : row.other, to: recordPage('AlertNotice', row.id) },
      { text: translate(language, `enum.alertNoticeKind.${row.news}`) },
      { text: translate(language, `enum.alertNoticeStatus.${row.status}`) },
      { text: row.failure ?? '' },
      { text: shanghaiTime(row.created_at) },
      { text: row.sent_at === null ? '–' : shanghaiTime(row.sent_at) },
    ]),
    empty: translate(language, 'page.alert.none'),
  };
}

/** What was sent over a channel. */
export const channelRelated = async (
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> => [
  await noticeSection(pool, staff, ['n.channel_id', 'a.subject'], id),
];

/** Who was told of an alert. */
export const alertRelated = async (
  pool: Pool,
  staff: PanelStaff,
  id: string,
): Promise<readonly RelatedSection[]> => [
  await noticeSection(pool, staff, ['n.alert_id', 'c.name'], id),
];
