import { isIP } from 'node:net';
import { ApiCredential, CallbackDelivery, CallbackTry, Customer, Platform } from '#domain/entities';
import { createPlatformAccount } from '../platform/platform-account.js';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const PLATFORM_FIELDS = [
  'name',
  'status',
  'isSandbox',
  'callbackHosts',
  'callbackLadderSeconds',
  'rateLimitPerSecond',
  'rateLimitBurst',
  'reorderTimes',
  'reorderAfterSeconds',
  'language',
  'largeOrderFromHao',
  'deliveryPlanId',
];

export const partnerResources: readonly ResourceDefinition[] = [
  {
    entity: Platform,
    group: 'partner',
    icon: 'Globe',
    read: 'platform.read',
    title: 'name',
    list: ['code', 'name', 'status', 'isSandbox', 'rateLimitPerSecond', 'createdAt'],
    filters: ['code', 'name', 'status', 'isSandbox'],
    sorts: ['createdAt', 'code', 'name'],
    direction: 'desc',
    enums: { status: 'platformStatus' },
    write: {
      permission: 'platform.write',
      create: ['code', ...PLATFORM_FIELDS],
      edit: PLATFORM_FIELDS,
      check: checkPlatform,
      afterCreate: createPlatformAccount,
    },
  },
  {
    entity: ApiCredential,
    group: 'partner',
    icon: 'Key',
    read: 'platform.read',
    title: 'key',
    list: ['key', 'platformId', 'status', 'allowedAddresses', 'expiresAt', 'createdAt'],
    filters: ['key', 'platformId', 'status'],
    sorts: ['createdAt', 'key'],
    direction: 'desc',
    enums: { status: 'credentialStatus' },
    write: {
      permission: 'platform.write',
      create: null,
      edit: ['allowedAddresses', 'expiresAt'],
      check: checkCredential,
    },
    pages: [
      {
        name: 'newCredential',
        permission: 'platform.write',
        component: 'NewKeyPage',
        icon: 'Plus',
      },
    ],
  },
  {
    entity: Customer,
    group: 'partner',
    icon: 'Users',
    read: 'customer.read',
    title: 'customerNo',
    numbers: [['customerNo']],
    list: ['customerNo', 'platformId', 'name', 'createdAt'],
    filters: ['customerNo', 'platformId', 'name'],
    sorts: ['createdAt', 'customerNo'],
    direction: 'desc',
    write: {
      permission: 'customer.write',
      create: ['platformId', 'customerNo', 'name', 'remark', 'largeOrderFromHao'],
      edit: ['name', 'remark', 'largeOrderFromHao'],
    },
  },
  {
    entity: CallbackDelivery,
    group: 'partner',
    icon: 'PhoneOutgoing',
    read: 'order.read',
    title: 'webhookId',
    list: ['webhookId', 'orderId', 'url', 'status', 'tryCount', 'nextAt', 'createdAt'],
    filters: ['orderId', 'status'],
    sorts: ['id'],
    direction: 'desc',
    enums: { status: 'callbackStatus' },
  },
  {
    entity: CallbackTry,
    group: 'partner',
    isDetail: true,
    icon: 'Repeat',
    read: 'order.read',
    title: 'id',
    list: ['callbackId', 'tryNo', 'httpStatus', 'failure', 'durationMs', 'askedBy', 'sentAt'],
    filters: ['callbackId'],
    sorts: ['id'],
    direction: 'desc',
  },
];

function checkPlatform(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  const {
    code,
    callbackHosts = [],
    rateLimitPerSecond,
    rateLimitBurst,
    language,
  } = values as {
    code?: string;
    callbackHosts?: string[];
    rateLimitPerSecond?: number | null;
    rateLimitBurst?: number | null;
    language?: string;
  };
  if (code !== undefined && !/^[A-Za-z0-9_-]+$/.test(code)) faults['code'] = { notice: 'badCode' };
  const odd = callbackHosts.find((host) => !HOST.test(host) && isIP(host) === 0);
  if (odd !== undefined) faults['callbackHosts'] = { notice: 'notAHost', params: { value: odd } };
  for (const [name, limit] of Object.entries({ rateLimitPerSecond, rateLimitBurst }))
    if (typeof limit === 'number' && limit < 1) faults[name] = { notice: 'notPositive' };
  const hasLoneBurst = typeof rateLimitBurst === 'number' && typeof rateLimitPerSecond !== 'number';
  if (hasLoneBurst) faults['rateLimitBurst'] = { notice: 'rateLimitPair' };
  if (language !== undefined && !['zh-CN', 'en'].includes(language))
    faults['language'] = { notice: 'notAChoice' };
  return faults;
}

function checkCredential(values: FieldValues): FieldFaults {
  const addresses = (values['allowedAddresses'] ?? []) as readonly string[];
  const odd = addresses.find((one) => !isNetwork(one));
  return odd === undefined
    ? {}
    : { allowedAddresses: { notice: 'notAnAddress', params: { value: odd } } };
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}
