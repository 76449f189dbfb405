import type { QueryRunner } from 'typeorm';
import { DomainError } from '#domain';
import {
  BadCard,
  Compensation,
  CompensationBudget,
  CompensationPolicy,
  CompensationRule,
} from '#domain/entities';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const LIMITS = ['automaticMaxHao', 'customerDailyCount', 'customerDailyHao', 'dailyHao', 'remark'];
const RULE_FIELDS = [
  'lineNo',
  'isActive',
  'cause',
  'productId',
  'platformId',
  'tier',
  'ageMinSeconds',
  'ageMaxSeconds',
  'amountMaxHao',
  'remedy',
  'basis',
  'percent',
  'fixedHao',
  'isAutomatic',
  'chargeBack',
];
const read = 'compensation.read';
const page = (name: string, icon: string) =>
  ({ name, permission: read, component: 'SectionsPage', icon }) as const;

/** What customers got for what went wrong, by which rules, and within which budgets. */
export const compensationResources: readonly ResourceDefinition[] = [
  {
    entity: Compensation,
    group: 'service',
    icon: 'Gift',
    read,
    title: 'id',
    list: [
      'id',
      'orderId',
      'unitNo',
      'cause',
      'remedy',
      'amountHao',
      'status',
      'fault',
      'createdAt',
    ],
    unseen: ['reasons'],
    filters: [
      'status',
      'cause',
      'remedy',
      'fault',
      'source',
      'platformId',
      'productId',
      'supplierId',
      'orderId',
      'createdAt',
    ],
    sorts: ['id'],
    direction: 'desc',
    restricted: { customerNo: 'customer.read' },
    enums: {
      cause: 'compensationCause',
      fault: 'compensationFault',
      source: 'compensationSource',
      status: 'compensationStatus',
      remedy: 'compensationRemedy',
    },
    pages: [page('budgets', 'BarChart2'), page('costs', 'PieChart'), page('ask', 'Gift')],
  },
  {
    entity: CompensationPolicy,
    group: 'service',
    icon: 'Sliders',
    read,
    title: 'policyNo',
    list: [
      'policyNo',
      'status',
      'automaticMaxHao',
      'customerDailyCount',
      'customerDailyHao',
      'dailyHao',
      'activatedAt',
    ],
    filters: ['status'],
    sorts: ['policyNo'],
    direction: 'desc',
    enums: { status: 'policyStatus' },
    write: {
      permission: 'compensation.write',
      create: null,
      edit: LIMITS,
      onlyDrafts: true,
      check: checkLimits,
      afterEdit: (runner, { recordId }) => requireDraft(runner, recordId),
    },
    pages: [page('simulate', 'Play')],
  },
  {
    entity: CompensationRule,
    group: 'service',
    isDetail: true,
    icon: 'List',
    read,
    title: 'lineNo',
    list: ['policyId', 'lineNo', 'cause', 'remedy', 'basis', 'percent', 'isAutomatic', 'isActive'],
    filters: ['policyId', 'cause', 'remedy', 'isActive', 'productId', 'platformId'],
    sorts: ['createdAt', 'lineNo'],
    direction: 'desc',
    enums: {
      cause: 'compensationCause',
      tier: 'customerTier',
      remedy: 'compensationRemedy',
      basis: 'compensationMeasure',
      chargeBack: 'chargeBack',
    },
    write: {
      permission: 'compensation.write',
      create: ['policyId', ...RULE_FIELDS],
      edit: RULE_FIELDS,
      check: checkRule,
      afterCreate: (runner, record) => requireDraft(runner, String(record['policyId'])),
      afterEdit: requireDraftOfRule,
    },
  },
  {
    entity: CompensationBudget,
    group: 'service',
    isDetail: true,
    icon: 'BarChart',
    read,
    title: 'scope',
    list: [
      'day',
      'platformId',
      'customerNo',
      'spentHao',
      'limitHao',
      'spentCount',
      'limitCount',
      'approvedHao',
    ],
    unseen: ['scope'],
    filters: ['day', 'platformId'],
    sorts: ['id'],
    direction: 'desc',
    restricted: { customerNo: 'customer.read', scope: 'customer.read' },
  },
  {
    entity: BadCard,
    group: 'vault',
    isDetail: true,
    icon: 'AlertTriangle',
    read,
    title: 'cardId',
    list: ['cardId', 'orderId', 'cause', 'compensationId', 'createdAt'],
    filters: ['cardId', 'orderId', 'cause'],
    sorts: ['cardId'],
    direction: 'desc',
    enums: { cause: 'compensationCause' },
  },
];

function checkLimits(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const name of LIMITS)
    if (typeof values[name] === 'number' && values[name] < 0)
      faults[name] = { notice: 'notPositive' };
  return faults;
}

function checkRule(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  const { percent, basis, fixedHao } = values as {
    percent?: number;
    basis?: string;
    fixedHao?: number;
  };
  if (percent !== undefined && (percent < 1 || percent > 100))
    faults['percent'] = { notice: 'notAShare' };
  if (basis === 'fixed' && (fixedHao ?? 0) <= 0) faults['fixedHao'] = { notice: 'notPositive' };
  return faults;
}

/** Whatever was in force once stays as it was: past decisions name it. */
async function requireDraft(runner: QueryRunner, policyId: string): Promise<void> {
  const rows = (await runner.query('SELECT status FROM compensation_policies WHERE id = $1', [
    policyId,
  ])) as { status: string }[];
  if (rows[0]?.status !== 'draft') throw new DomainError('compensation.policy-fixed');
}

async function requireDraftOfRule(
  runner: QueryRunner,
  { recordId }: { readonly recordId: string },
): Promise<void> {
  const rows = (await runner.query('SELECT policy_id FROM compensation_rules WHERE id = $1', [
    recordId,
  ])) as { policy_id: string }[];
  await requireDraft(runner, rows[0]?.policy_id ?? '');
}
