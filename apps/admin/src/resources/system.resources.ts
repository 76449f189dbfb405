import { AuditEntry, OutboxMessage, Staff } from '#domain/entities';
import { hashPassword, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../auth/password.js';
import type {
  FieldFaults,
  FieldValues,
  PanelStaff,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const STAFF_FIELDS = ['email', 'name', 'role', 'status', 'language'];

export const systemResources: readonly ResourceDefinition[] = [
  {
    entity: Staff,
    group: 'system',
    icon: 'User',
    read: 'staff.read',
    title: 'name',
    list: ['email', 'name', 'role', 'status', 'language', 'lastLoginAt'],
    filters: ['email', 'name', 'role', 'status'],
    sorts: ['createdAt', 'email', 'name', 'lastLoginAt'],
    direction: 'desc',
    enums: { role: 'staffRole', status: 'staffStatus' },
    write: {
      permission: 'staff.write',
      create: STAFF_FIELDS,
      edit: STAFF_FIELDS,
      extra: [{ name: 'password', type: 'password' }],
      check: checkStaff,
      prepare: withPasswordHash,
    },
  },
  {
    entity: AuditEntry,
    group: 'system',
    icon: 'Eye',
    read: 'audit.read',
    title: 'id',
    list: ['createdAt', 'staffEmail', 'action', 'resource', 'recordId', 'reason', 'address'],
    filters: ['staffEmail', 'action', 'resource', 'recordId', 'createdAt'],
    sorts: ['id'],
    direction: 'desc',
  },
  {
    entity: OutboxMessage,
    group: 'system',
    icon: 'Inbox',
    read: 'audit.read',
    title: 'id',
    list: ['id', 'kind', 'subject', 'notBefore', 'leasedUntil', 'tryCount', 'createdAt'],
    filters: ['kind', 'subject'],
    sorts: ['id'],
    direction: 'desc',
    enums: { kind: 'outboxKind' },
  },
];

function checkStaff(
  values: FieldValues,
  { staff, recordId }: { readonly staff: PanelStaff; readonly recordId: string | undefined },
): FieldFaults {
  const faults: FieldFaults = {};
  const { email, role, status, language, password } = values as Record<string, string | undefined>;
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    faults['email'] = { notice: 'badEmail' };
  if (language !== undefined && !['zh-CN', 'en'].includes(language))
    faults['language'] = { notice: 'notAChoice' };
  const isNew = recordId === undefined;
  const given = password ?? '';
  if ((isNew || given !== '') && given.length < PASSWORD_LENGTH_MIN)
    faults['password'] = { notice: 'passwordShort', params: { min: PASSWORD_LENGTH_MIN } };
  if (given.length > PASSWORD_LENGTH_MAX)
    faults['password'] = { notice: 'tooLong', params: { max: PASSWORD_LENGTH_MAX } };
  // The last owner could otherwise lock everybody out with one click.
  const isOwn = recordId === staff.id;
  if (isOwn && status !== undefined && status !== 'active')
    faults['status'] = { notice: 'ownAccount' };
  if (isOwn && role !== undefined && role !== staff.role) faults['role'] = { notice: 'ownAccount' };
  return faults;
}

async function withPasswordHash({ password, ...values }: FieldValues): Promise<FieldValues> {
  if (typeof password !== 'string' || password === '') return values;
  return { ...values, passwordHash: await hashPassword(password) };
}
