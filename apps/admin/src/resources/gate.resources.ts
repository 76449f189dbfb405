import { GateOverride, SaleGate, SaleGateChange, SaleStop } from '#domain/entities';
import type { ResourceDefinition } from '../resource/resource-definition.js';

/** The sales gate: what it says, what it has stopped, and who let what through. */
export const gateResources: readonly ResourceDefinition[] = [
  {
    entity: SaleStop,
    group: 'compliance',
    icon: 'Slash',
    read: 'licence.read',
    title: 'id',
    list: ['productId', 'stoppedAt', 'endedAt', 'endedHow'],
    filters: ['productId', 'endedHow', 'stoppedAt'],
    sorts: ['stoppedAt', 'endedAt'],
    direction: 'desc',
    enums: { endedHow: 'stopEnd' },
  },
  {
    entity: GateOverride,
    group: 'compliance',
    icon: 'Unlock',
    read: 'licence.read',
    title: 'id',
    list: ['productId', 'platformId', 'startsAt', 'endsAt', 'reason', 'askedBy', 'approvedBy'],
    filters: ['productId', 'platformId', 'startsAt'],
    sorts: ['startsAt', 'endsAt'],
    direction: 'desc',
  },
  {
    entity: SaleGate,
    group: 'compliance',
    isDetail: true,
    icon: 'Lock',
    read: 'licence.read',
    title: 'id',
    list: ['productId', 'platformId', 'sellUntil', 'listUntil', 'fulfilUntil', 'isRenewing'],
    filters: ['productId', 'platformId', 'isRevoked', 'sellUntil'],
    sorts: ['sellUntil', 'updatedAt'],
    direction: 'asc',
  },
  {
    entity: SaleGateChange,
    group: 'compliance',
    isDetail: true,
    icon: 'Activity',
    read: 'licence.read',
    title: 'id',
    list: ['createdAt', 'productId', 'platformId', 'isRequired', 'sellUntil', 'overrideUntil'],
    filters: ['productId', 'createdAt'],
    sorts: ['id', 'createdAt'],
    direction: 'desc',
  },
];
