import { ALERT_KINDS } from '#domain';
import { Alert, AlertChannel, AlertNotice } from '#domain/entities';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const CHANNEL_FIELDS = ['name', 'language', 'kinds', 'isActive', 'isSandbox'];

/** What staff are told of by itself, where to, and what became of it. */
export const alertResources: readonly ResourceDefinition[] = [
  {
    entity: Alert,
    group: 'system',
    icon: 'AlertTriangle',
    read: 'system.read',
    title: 'subject',
    list: ['kind', 'subject', 'value', 'openedAt', 'closedAt'],
    filters: ['kind', 'subject', 'closedAt'],
    // Without an end comes first: what is still going on.
    sorts: ['closedAt', 'openedAt'],
    direction: 'desc',
    enums: { kind: 'alertKind' },
  },
  {
    entity: AlertChannel,
    group: 'system',
    icon: 'Send',
    read: 'system.read',
    title: 'name',
    list: ['name', 'kind', 'addressHint', 'language', 'isActive', 'createdAt'],
    filters: ['kind', 'isActive'],
    sorts: ['createdAt'],
    direction: 'desc',
    enums: { kind: 'alertChannelKind' },
    write: {
      permission: 'staff.write',
      create: ['kind', ...CHANNEL_FIELDS],
      edit: CHANNEL_FIELDS,
      check: checkChannel,
    },
  },
  {
    entity: AlertNotice,
    group: 'system',
    isDetail: true,
    icon: 'Mail',
    read: 'system.read',
    title: 'id',
    list: ['alertId', 'channelId', 'news', 'status', 'tryCount', 'failure', 'createdAt', 'sentAt'],
    filters: ['alertId', 'channelId', 'news', 'status'],
    sorts: ['id'],
    direction: 'desc',
    enums: { news: 'alertNoticeKind', status: 'alertNoticeStatus' },
  },
];

function checkChannel({ kinds, language }: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  const known: readonly string[] = ALERT_KINDS;
  if (Array.isArray(kinds) && kinds.some((kind) => !known.includes(String(kind))))
    faults['kinds'] = { notice: 'notAnAlertKind', params: { known: ALERT_KINDS.join(', ') } };
  if (language !== undefined && language !== 'zh-CN' && language !== 'en')
    faults['language'] = { notice: 'notALanguage' };
  return faults;
}
