import {
  Attempt,
  Supplier,
  SupplierNotification,
  SupplyClaim,
  SupplyRoute,
  SurplusCard,
  WireRecord,
} from '#domain/entities';
import type { QueryRunner } from 'typeorm';
import { WAKE_ORDERS_OF_PRODUCTS } from '#domain';
import { BLOCK_SLOW_CHARGE } from '#domain/stores';
import { ADAPTERS, hasProtocol } from '#domain/protocol';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const SUPPLIER_FIELDS = [
  'name',
  'protocol',
  'baseUrl',
  'account',
  'isSandbox',
  'guardMeaning',
  'createsPerSecond',
  'queriesPerSecond',
  'concurrencyMax',
  'replyTimeoutSeconds',
  'notFoundGraceSeconds',
  'balanceFloorHao',
  'banWindows',
];
const ROUTE_FIELDS = [
  'supplierProductId',
  'costHao',
  'priority',
  'weight',
  'status',
  'isStandby',
  'isSlowCharge',
  'quantityMin',
  'quantityMax',
  'regions',
  'banWindows',
  'fieldNames',
  'followsPrice',
  'costFloorHao',
];
const newest = { sorts: ['id'], direction: 'desc' } as const;
const master = { sorts: ['createdAt'], direction: 'desc' } as const;

/** Sources, what was asked of them, and what became of it. */
export const supplyResources: readonly ResourceDefinition[] = [
  {
    entity: Supplier,
    group: 'supply',
    icon: 'Truck',
    read: 'supply.read',
    title: 'code',
    list: ['code', 'name', 'protocol', 'status', 'balanceHao', 'balanceReadAt', 'createdAt'],
    filters: ['code', 'protocol', 'status'],
    ...master,
    enums: { status: 'supplierStatus', guardMeaning: 'guardMeaning' },
    write: {
      permission: 'supply.write',
      create: ['code', ...SUPPLIER_FIELDS],
      edit: SUPPLIER_FIELDS,
      check: checkSupplier,
      afterCreate: openAccount,
    },
  },
  {
    entity: SupplyRoute,
    group: 'supply',
    icon: 'GitBranch',
    read: 'supply.read',
    title: 'supplierProductId',
    list: [
      'productId',
      'supplierId',
      'supplierProductId',
      'costHao',
      'priority',
      'weight',
      'status',
      'isStandby',
    ],
    filters: ['productId', 'supplierId', 'status', 'isStandby'],
    ...master,
    enums: { status: 'routeStatus' },
    pages: [
      { name: 'board', permission: 'supply.read', component: 'SupplyBoardPage', icon: 'Activity' },
      { name: 'whatIf', permission: 'supply.read', component: 'WhatIfPage', icon: 'HelpCircle' },
    ],
    write: {
      permission: 'supply.write',
      create: ['productId', 'supplierId', ...ROUTE_FIELDS],
      edit: ROUTE_FIELDS,
      check: checkRoute,
      afterCreate: wakeOrders,
      afterEdit: wakeOrdersOfRoute,
    },
  },
  {
    entity: Attempt,
    group: 'supply',
    icon: 'ShoppingBag',
    read: 'supply.read',
    title: 'attemptNo',
    list: [
      'attemptNo',
      'orderId',
      'supplierId',
      'productId',
      'quantity',
      'status',
      'costHao',
      'sentAt',
      'settledAt',
    ],
    filters: ['attemptNo', 'orderId', 'supplierId', 'status', 'personReason'],
    ...newest,
    numbers: [['attemptNo', 'supplierOrderNo']],
    pages: [
      {
        name: 'undecided',
        permission: 'supply.read',
        component: 'UndecidedPage',
        icon: 'AlertCircle',
      },
    ],
    enums: {
      status: 'attemptStatus',
      purpose: 'attemptPurpose',
      kind: 'supplyKind',
      refusalClass: 'refusalClass',
      unknownCause: 'unknownCause',
      refundState: 'refundState',
      personReason: 'personReason',
    },
  },
  {
    entity: WireRecord,
    group: 'supply',
    isDetail: true,
    icon: 'Radio',
    read: 'supply.read',
    title: 'id',
    list: [
      'id',
      'supplierId',
      'attemptId',
      'call',
      'result',
      'httpStatus',
      'durationMs',
      'verdict',
      'createdAt',
    ],
    filters: ['attemptId', 'supplierId', 'call', 'result'],
    ...newest,
    enums: { call: 'wireCall', result: 'wireResult' },
  },
  {
    entity: SupplierNotification,
    group: 'supply',
    isDetail: true,
    icon: 'Bell',
    read: 'supply.read',
    title: 'id',
    list: [
      'id',
      'supplierId',
      'status',
      'attemptId',
      'timesReceived',
      'receivedAt',
      'handledAt',
      'remark',
    ],
    filters: ['supplierId', 'status', 'attemptId'],
    ...newest,
    enums: { status: 'notificationStatus' },
  },
  {
    entity: SupplyClaim,
    group: 'supply',
    icon: 'AlertOctagon',
    read: 'supply.read',
    title: 'id',
    list: [
      'supplierId',
      'attemptId',
      'kind',
      'status',
      'amountHao',
      'recoveredHao',
      'writeOffAskedBy',
      'createdAt',
    ],
    filters: ['supplierId', 'kind', 'status'],
    pages: ['openClaims', 'surplusCards'].map((name) => ({
      name,
      permission: 'supply.read',
      component: 'SectionsPage',
      icon: 'CheckSquare',
    })),
    ...master,
    enums: { kind: 'claimKind', status: 'claimStatus' },
  },
  {
    entity: SurplusCard,
    group: 'supply',
    isDetail: true,
    icon: 'Archive',
    read: 'supply.read',
    title: 'cardId',
    list: ['cardId', 'attemptId', 'cameAt'],
    filters: ['attemptId', 'cardId'],
    sorts: ['cardId'],
    direction: 'desc',
    pages: [
      {
        name: 'surplusCards',
        permission: 'supply.read',
        component: 'SectionsPage',
        icon: 'Archive',
      },
    ],
  },
];

function checkSupplier(values: FieldValues): FieldFaults {
  const faults: FieldFaults = {};
  const { code, protocol, baseUrl, isSandbox } = values as {
    code?: string;
    protocol?: string;
    baseUrl?: string;
    isSandbox?: boolean;
  };
  if (code !== undefined && !/^[A-Za-z0-9_-]+$/.test(code)) faults['code'] = { notice: 'badCode' };
  if (protocol !== undefined && !hasProtocol(protocol))
    faults['protocol'] = {
      notice: 'notAProtocol',
      params: { known: Object.keys(ADAPTERS).join(', ') },
    };
  const scheme = isSandbox === true ? /^https?:$/ : /^https:$/;
  if (baseUrl !== undefined && !(URL.canParse(baseUrl) && scheme.test(new URL(baseUrl).protocol)))
    faults['baseUrl'] = { notice: 'notAUrl' };
  for (const name of [
    'createsPerSecond',
    'queriesPerSecond',
    'concurrencyMax',
    'replyTimeoutSeconds',
  ])
    if (typeof values[name] === 'number' && values[name] <= 0)
      faults[name] = { notice: 'notPositive' };
  return faults;
}

function checkRoute(values: FieldValues): FieldFaults {
  const { isSlowCharge, status } = values;
  if (isSlowCharge === true && status === 'active')
    return { status: { notice: 'slowChargeBlocked' } };
  for (const name of ['costHao', 'costFloorHao'])
    if (typeof values[name] === 'number' && values[name] <= 0)
      return { [name]: { notice: 'notPositive' } };
  return {};
}

/** A new supplier needs its account in the ledger. */
async function openAccount(runner: QueryRunner, record: FieldValues): Promise<void> {
  await runner.query(
    `INSERT INTO ledger_accounts (code, kind, supplier_id) VALUES ('supplier-balance:' || $2::text, 'supplier-balance', $1)
     ON CONFLICT DO NOTHING`,
    [record['id'], record['code']],
  );
}

/** Orders that wait for a product look again at once when it has a new source. */
async function wakeOrders(runner: QueryRunner, record: FieldValues): Promise<void> {
  await runner.query(BLOCK_SLOW_CHARGE, [[record['productId']]]);
  await runner.query(WAKE_ORDERS_OF_PRODUCTS, [[record['productId']]]);
}

/** A source that was paused, too dear or too small may serve them now. */
async function wakeOrdersOfRoute(
  runner: QueryRunner,
  { recordId }: { readonly recordId: string },
): Promise<void> {
  const routes = (await runner.query('SELECT product_id FROM supply_routes WHERE id = $1', [
    recordId,
  ])) as { product_id: string }[];
  const productIds = routes.map((route) => route.product_id);
  await runner.query(BLOCK_SLOW_CHARGE, [productIds]);
  await runner.query(WAKE_ORDERS_OF_PRODUCTS, [productIds]);
}
