import { LedgerAccount, LedgerEntry, LedgerPosting } from '#domain/entities';
import type { ResourceDefinition } from '../resource/resource-definition.js';

/** The ledger is read here and written by its own scripts; a mistake is set right by a new entry. */
export const moneyResources: readonly ResourceDefinition[] = [
  {
    entity: LedgerAccount,
    group: 'money',
    icon: 'Briefcase',
    read: 'money.read',
    title: 'code',
    list: ['code', 'kind', 'platformId', 'balanceHao', 'floorHao'],
    // Only the record itself would move it, and a balance moves without it: the last postings tell when.
    unseen: ['updatedAt'],
    filters: ['code', 'kind', 'platformId'],
    sorts: ['createdAt', 'code', 'balanceHao'],
    direction: 'desc',
    enums: { kind: 'accountKind' },
  },
  {
    entity: LedgerEntry,
    group: 'money',
    icon: 'FileText',
    read: 'money.read',
    title: 'idempotencyKey',
    list: ['id', 'idempotencyKey', 'kind', 'orderId', 'memo', 'postedAt'],
    filters: ['id', 'idempotencyKey', 'kind', 'orderId'],
    sorts: ['id'],
    direction: 'desc',
    enums: { kind: 'entryKind' },
  },
  {
    entity: LedgerPosting,
    group: 'money',
    isDetail: true,
    icon: 'List',
    read: 'money.read',
    title: 'id',
    list: ['id', 'entryId', 'lineNo', 'accountId', 'amountHao'],
    filters: ['accountId', 'id'],
    sorts: ['id'],
    direction: 'desc',
  },
];
