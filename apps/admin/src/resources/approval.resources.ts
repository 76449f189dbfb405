import { Approval, ApprovalThreshold } from '#domain/entities';
import type { ResourceDefinition } from '../resource/resource-definition.js';

/** What waits for a second person, and how large an act may be before it does. */
export const approvalResources: readonly ResourceDefinition[] = [
  {
    entity: Approval,
    group: 'money',
    icon: 'CheckCircle',
    read: 'approval.read',
    title: 'id',
    list: ['kind', 'amountHao', 'reason', 'status', 'askedBy', 'askedAt', 'decidedBy', 'decidedAt'],
    // Its page says in words what the payload means.
    unseen: ['payload', 'key', 'resource', 'recordId'],
    filters: ['status', 'kind', 'askedBy', 'decidedBy'],
    // Without a decision comes first: what waits.
    sorts: ['decidedAt', 'id'],
    direction: 'desc',
    enums: { kind: 'approvalKind', status: 'approvalStatus' },
  },
  {
    entity: ApprovalThreshold,
    group: 'money',
    isDetail: true,
    icon: 'Sliders',
    read: 'approval.read',
    title: 'kind',
    list: ['kind', 'aloneUpToHao', 'ownerAboveHao', 'updatedAt'],
    filters: ['kind'],
    sorts: ['kind'],
    direction: 'asc',
    enums: { kind: 'approvalKind' },
    // Limits are the owner's: who may raise them needs nobody else any more.
    write: { permission: 'staff.write', create: null, edit: ['aloneUpToHao', 'ownerAboveHao'] },
  },
];
