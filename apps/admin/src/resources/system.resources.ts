import {
  AuditEntry,
  ExportFile,
  ExportPart,
  OutboxMessage,
  SavedView,
  Staff,
} from '#domain/entities';
import { hashPassword, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../auth/password.js';
import { endOtherSessions } from '../auth/staff-sessions.js';
import { LANGUAGES } from '#domain/i18n';
import type {
  FieldFault,
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
    list: ['email', 'name', 'role', 'status', 'secondFactorAt', 'lastLoginAt', 'language'],
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
      prepare: toStaffColumns,
      afterEdit: endOtherSessions,
    },
  },
  {
    entity: SavedView,
    group: 'system',
    isDetail: true,
    icon: 'Bookmark',
    read: 'staff.read',
    title: 'name',
    list: ['name', 'resource', 'staffId', 'isShared', 'updatedAt'],
    filters: ['name', 'resource', 'staffId', 'isShared'],
    sorts: ['createdAt', 'name'],
    direction: 'desc',
  },
  {
    entity: ExportFile,
    group: 'system',
    isDetail: true,
    icon: 'Download',
    read: 'audit.read',
    title: 'id',
    list: ['id', 'staffId', 'resource', 'query', 'format', 'status', 'rowCount', 'createdAt'],
    unseen: ['formKey'],
    filters: ['staffId', 'resource', 'status', 'createdAt'],
    sorts: ['id'],
    direction: 'desc',
    enums: { status: 'exportStatus', format: 'exportFormat' },
  },
  {
    entity: ExportPart,
    group: 'system',
    isDetail: true,
    icon: 'Download',
    read: 'audit.read',
    title: 'id',
    list: ['id', 'fileId'],
    filters: ['fileId'],
    sorts: ['id'],
    direction: 'desc',
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
    isDetail: true,
    icon: 'Inbox',
    read: 'system.read',
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
  const { email, language } = values as Record<string, string | undefined>;
  const faults: FieldFaults = recordId === staff.id ? ownFaults(values, staff) : {};
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()))
    faults['email'] = { notice: 'badEmail' };
  if (language !== undefined && !LANGUAGES.some((one) => one === language))
    faults['language'] = { notice: 'notAChoice' };
  const password = passwordFault(values['password'], recordId === undefined);
  return password ? { ...faults, password } : faults;
}

/** The last owner could otherwise lock everybody out with one click. */
function ownFaults({ status, role }: FieldValues, staff: PanelStaff): FieldFaults {
  const faults: FieldFaults = {};
  if (status !== undefined && status !== 'active') faults['status'] = { notice: 'ownAccount' };
  if (role !== undefined && role !== staff.role) faults['role'] = { notice: 'ownAccount' };
  return faults;
}

function passwordFault(sent: unknown, isNew: boolean): FieldFault | undefined {
  const password = typeof sent === 'string' ? sent : '';
  if (password.length > PASSWORD_LENGTH_MAX)
    return { notice: 'tooLong', params: { max: PASSWORD_LENGTH_MAX } };
  const isShort = password.length < PASSWORD_LENGTH_MIN && (isNew || password !== '');
  return isShort ? { notice: 'passwordShort', params: { min: PASSWORD_LENGTH_MIN } } : undefined;
}

/** Addresses are compared in lower case at log-in, so they are kept in it: two people cannot differ by case only. */
async function toStaffColumns({ password, ...sent }: FieldValues): Promise<FieldValues> {
  const { email } = sent;
  const values = typeof email === 'string' ? { ...sent, email: email.trim().toLowerCase() } : sent;
  if (typeof password !== 'string' || password === '') return values;
  return { ...values, passwordHash: await hashPassword(password) };
}
