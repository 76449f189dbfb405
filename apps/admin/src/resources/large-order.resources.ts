import {
  CardReservation,
  DeliveryPlan,
  DeliveryStage,
  LargeOrder,
  LargeOrderPayment,
} from '#domain/entities';
import { areStagePercents } from '#domain';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const PLAN_FIELDS = [
  'name',
  'status',
  'prepaymentPercent',
  'stagePercents',
  'paySeconds',
  'graceSeconds',
  'deliverSeconds',
  'acceptSeconds',
  'remindSeconds',
  'reserve',
  'onOverdue',
];

/** Large orders: their rows are written by their own scripts; staff change them by verbs. */
export const largeOrderResources: readonly ResourceDefinition[] = [
  {
    entity: LargeOrder,
    group: 'trade',
    icon: 'Layers',
    read: 'order.read',
    title: 'orderId',
    list: [
      'orderId',
      'platformId',
      'phase',
      'stageNo',
      'stageCount',
      'amountHao',
      'paidHao',
      'releasedHao',
      'dueAt',
      'pausedAt',
    ],
    filters: ['orderId', 'platformId', 'phase', 'planId'],
    sorts: ['orderId'],
    direction: 'desc',
    enums: { phase: 'largeOrderPhase', reserve: 'reserveMode', onOverdue: 'overdueTerm' },
  },
  {
    entity: DeliveryStage,
    group: 'trade',
    isDetail: true,
    icon: 'GitCommit',
    read: 'order.read',
    title: 'id',
    list: [
      'orderId',
      'stageNo',
      'quantity',
      'amountHao',
      'status',
      'dueAt',
      'releasedAt',
      'acceptedAt',
    ],
    filters: ['orderId', 'status'],
    sorts: ['id'],
    direction: 'desc',
    enums: { status: 'stageStatus' },
  },
  {
    entity: LargeOrderPayment,
    group: 'money',
    isDetail: true,
    icon: 'DollarSign',
    read: 'money.read',
    title: 'reference',
    list: [
      'id',
      'orderId',
      'source',
      'reference',
      'amountHao',
      'payer',
      'recordedBy',
      'recordedAt',
    ],
    filters: ['orderId', 'source', 'reference', 'payer'],
    sorts: ['id'],
    direction: 'desc',
    enums: { source: 'largePaymentSource' },
  },
  {
    entity: CardReservation,
    group: 'vault',
    isDetail: true,
    icon: 'Lock',
    read: 'catalog.read',
    title: 'cardId',
    list: ['cardId', 'orderId', 'productId', 'batchId', 'expiresOn', 'reservedUntil'],
    filters: ['orderId', 'productId', 'batchId'],
    sorts: ['cardId'],
    direction: 'desc',
  },
  {
    entity: DeliveryPlan,
    group: 'trade',
    icon: 'Sliders',
    read: 'platform.read',
    title: 'name',
    list: [
      'code',
      'name',
      'status',
      'prepaymentPercent',
      'stagePercents',
      'paySeconds',
      'graceSeconds',
      'onOverdue',
    ],
    filters: ['code', 'name', 'status'],
    sorts: ['createdAt', 'code'],
    direction: 'desc',
    enums: { status: 'deliveryPlanStatus', reserve: 'reserveMode', onOverdue: 'overdueTerm' },
    write: {
      permission: 'platform.write',
      create: ['code', ...PLAN_FIELDS],
      edit: PLAN_FIELDS,
      check: checkPlan,
    },
  },
];

function checkPlan(values: FieldValues): FieldFaults {
  const rules: readonly (readonly [
    name: string,
    notice: string,
    isFine: (value: never) => boolean,
  ])[] = [
    ['code', 'badCode', (code: string) => /^[A-Za-z0-9_-]+$/.test(code)],
    ['prepaymentPercent', 'notAPercentage', (one: number) => one >= 0 && one <= 100],
    ['stagePercents', 'notStageShares', areStagePercents],
    ['paySeconds', 'notPositive', (one: number) => one >= 1],
    ['deliverSeconds', 'notPositive', (one: number) => one >= 1],
    ['graceSeconds', 'notNegative', (one: number) => one >= 0],
    ['acceptSeconds', 'notNegative', (one: number) => one >= 0],
  ];
  const broken = rules.filter(
    ([name, , isFine]) => values[name] !== undefined && !isFine(values[name] as never),
  );
  return Object.fromEntries(broken.map(([name, notice]) => [name, { notice }]));
}
