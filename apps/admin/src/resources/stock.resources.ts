import {
  CapacityRequest,
  PeakLine,
  PeakPlan,
  Replenishment,
  ReplenishmentRule,
} from '#domain/entities';
import type { QueryRunner } from 'typeorm';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const PLAN_FIELDS = ['name', 'startsOn', 'endsOn', 'leadDays', 'isActive', 'remark'];
const RULE_FIELDS = [
  'isActive',
  'mode',
  'targetHours',
  'quantityMin',
  'quantityMax',
  'lotSize',
  'dayBudgetHao',
  'monthBudgetHao',
  'approvalLimitHao',
  'maxCostHao',
];

/** Keeping enough in stock: what is bought for it, and by which rules. */
export const stockResources: readonly ResourceDefinition[] = [
  {
    entity: Replenishment,
    group: 'supply',
    icon: 'ShoppingCart',
    read: 'supply.read',
    title: 'replenishmentNo',
    list: [
      'replenishmentNo',
      'productId',
      'cause',
      'status',
      'quantity',
      'receivedQuantity',
      'paidHao',
      'budgetHao',
      'askedBy',
      'createdAt',
    ],
    unseen: ['runNo', 'round', 'version', 'updatedAt'],
    filters: ['replenishmentNo', 'productId', 'status', 'cause'],
    sorts: ['id'],
    direction: 'desc',
    enums: { status: 'replenishmentStatus', cause: 'replenishmentCause' },
  },
  {
    entity: ReplenishmentRule,
    group: 'supply',
    icon: 'RefreshCw',
    read: 'supply.read',
    title: 'productId',
    list: [
      'productId',
      'isActive',
      'mode',
      'targetHours',
      'quantityMax',
      'dayBudgetHao',
      'monthBudgetHao',
      'approvalLimitHao',
      'updatedAt',
    ],
    filters: ['productId', 'isActive', 'mode'],
    sorts: ['createdAt'],
    direction: 'desc',
    enums: { mode: 'replenishmentMode' },
    write: {
      permission: 'supply.write',
      create: ['productId', ...RULE_FIELDS],
      edit: RULE_FIELDS,
      check: checkRule,
    },
  },
  {
    entity: PeakPlan,
    group: 'supply',
    icon: 'TrendingUp',
    read: 'supply.read',
    title: 'name',
    list: ['name', 'startsOn', 'endsOn', 'leadDays', 'isActive', 'remark'],
    filters: ['name', 'isActive'],
    sorts: ['startsOn'],
    direction: 'desc',
    write: {
      permission: 'supply.write',
      create: PLAN_FIELDS,
      edit: PLAN_FIELDS,
      check: checkPlan,
    },
  },
  {
    entity: PeakLine,
    group: 'supply',
    isDetail: true,
    icon: 'List',
    read: 'supply.read',
    title: 'label',
    list: ['label', 'planId', 'productId', 'factor', 'quantity', 'basePerDay', 'updatedAt'],
    filters: ['planId', 'productId'],
    sorts: ['createdAt'],
    direction: 'desc',
    write: {
      permission: 'supply.write',
      create: ['planId', 'productId', 'factor', 'quantity', 'basePerDay'],
      edit: ['factor', 'quantity', 'basePerDay'],
      check: checkLine,
      afterCreate: fillIn,
    },
  },
  {
    entity: CapacityRequest,
    group: 'supply',
    isDetail: true,
    icon: 'PhoneCall',
    read: 'supply.read',
    title: 'id',
    list: [
      'lineId',
      'supplierId',
      'quantity',
      'status',
      'confirmedQuantity',
      'confirmedPriceHao',
      'contact',
      'answeredAt',
      'createdAt',
    ],
    filters: ['supplierId', 'status'],
    sorts: ['createdAt'],
    direction: 'desc',
    enums: { status: 'capacityStatus' },
    write: {
      permission: 'supply.write',
      create: ['lineId', 'supplierId', 'quantity', 'contact', 'note'],
      edit: null,
      check: checkRequest,
    },
  },
];

function checkPlan(values: FieldValues): FieldFaults {
  const { startsOn, endsOn } = values as { startsOn?: string; endsOn?: string };
  return startsOn !== undefined && endsOn !== undefined && endsOn < startsOn
    ? { endsOn: { notice: 'daysInOrder' } }
    : {};
}

function checkLine(values: FieldValues): FieldFaults {
  const { factor, quantity } = values as { factor?: number | null; quantity?: number | null };
  if (((factor ?? null) === null) === ((quantity ?? null) === null))
    return { factor: { notice: 'oneUplift' } };
  const faults: FieldFaults = {};
  if (typeof factor === 'number' && factor <= 0) faults['factor'] = { notice: 'notPositive' };
  if (typeof quantity === 'number' && quantity <= 0) faults['quantity'] = { notice: 'notPositive' };
  return faults;
}

function checkRequest(values: FieldValues): FieldFaults {
  const { quantity } = values;
  return typeof quantity === 'number' && quantity <= 0
    ? { quantity: { notice: 'notPositive' } }
    : {};
}

/** A line is named after its plan and product; without a usual day it takes that from the forecast. */
async function fillIn(runner: QueryRunner, record: FieldValues): Promise<void> {
  await runner.query(
    `UPDATE peak_lines l SET label = k.name || ' · ' || p.code FROM peak_plans k, products p
     WHERE l.id = $1 AND k.id = l.plan_id AND p.id = l.product_id`,
    [record['id']],
  );
  await runner.query(
    `UPDATE peak_lines l SET base_per_day = round((w.per_hour * 24)::numeric, 1)::float8
     FROM stock_runways w WHERE l.id = $1 AND l.base_per_day = 0 AND w.product_id = l.product_id`,
    [record['id']],
  );
}

function checkRule(values: FieldValues): FieldFaults {
  const { maxCostHao, quantityMin, quantityMax } = values as {
    maxCostHao?: number | null;
    quantityMin?: number;
    quantityMax?: number;
  };
  const faults: FieldFaults = {};
  if (typeof maxCostHao === 'number' && maxCostHao <= 0)
    faults['maxCostHao'] = { notice: 'notPositive' };
  if (quantityMin !== undefined && quantityMax !== undefined && quantityMin > quantityMax)
    faults['quantityMax'] = { notice: 'mostBelowLeast' };
  return faults;
}
