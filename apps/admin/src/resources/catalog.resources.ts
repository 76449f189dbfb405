import { Price, Product } from '#domain/entities';
import { succeedAfterCreate, succeedAfterEdit } from '../catalog/price-succession.js';
import { countGates } from '../licence/licence-form.js';
import { textOf } from '../resource/text-of.js';
import type {
  FieldFaults,
  FieldValues,
  ResourceDefinition,
} from '../resource/resource-definition.js';

const PRODUCT_FIELDS = [
  'name',
  'minQuantity',
  'maxQuantity',
  'quantityStep',
  'mayWait',
  'waitSeconds',
  'lowStockThreshold',
  'runwayHoursMin',
  'supplyStrategy',
  'maySellAtLoss',
  'accountFields',
  'bannedChannels',
  'category',
  'licenceTermDays',
];
const PRICE_FIELDS = ['unitPriceHao', 'minQuantity', 'maxQuantity', 'validFrom', 'validTo'];

/** The status is not among them: a product moves through its own actions. */
export const catalogResources: readonly ResourceDefinition[] = [
  {
    entity: Product,
    group: 'catalog',
    icon: 'Tag',
    read: 'catalog.read',
    title: 'name',
    list: [
      'code',
      'name',
      'kind',
      'category',
      'status',
      'minQuantity',
      'maxQuantity',
      'mayWait',
      'updatedAt',
    ],
    filters: ['code', 'name', 'kind', 'category', 'status'],
    sorts: ['updatedAt', 'code', 'name', 'status'],
    direction: 'desc',
    enums: {
      kind: 'productKind',
      status: 'productStatus',
      category: 'productCategory',
      supplyStrategy: 'supplyStrategy',
    },
    write: {
      permission: 'catalog.write',
      create: ['code', 'kind', ...PRODUCT_FIELDS],
      edit: PRODUCT_FIELDS,
      check: checkProduct,
      afterEdit: countGates,
    },
  },
  {
    entity: Price,
    group: 'catalog',
    icon: 'DollarSign',
    read: 'catalog.read',
    title: 'id',
    list: [
      'productId',
      'platformId',
      'unitPriceHao',
      'minQuantity',
      'maxQuantity',
      'validFrom',
      'validTo',
    ],
    filters: ['productId', 'platformId'],
    sorts: ['createdAt', 'unitPriceHao', 'validFrom'],
    direction: 'desc',
    write: {
      permission: 'catalog.write',
      create: ['productId', 'platformId', ...PRICE_FIELDS],
      edit: PRICE_FIELDS,
      check: checkPrice,
      afterCreate: succeedAfterCreate,
      afterEdit: succeedAfterEdit,
    },
  },
];

function checkProduct(values: FieldValues): FieldFaults {
  const code = values['code'];
  const isCode = code === undefined || /^[A-Za-z0-9_-]+$/.test(textOf(code));
  return isCode ? {} : { code: { notice: 'badCode' } };
}

function checkPrice(values: FieldValues): FieldFaults {
  const { unitPriceHao, validFrom, validTo } = values as {
    unitPriceHao?: number;
    validFrom?: Date;
    validTo?: Date | null;
  };
  const faults: FieldFaults = {};
  if (typeof unitPriceHao === 'number' && unitPriceHao <= 0)
    faults['unitPriceHao'] = { notice: 'notPositive' };
  if (validFrom && validTo && validTo <= validFrom)
    faults['validTo'] = { notice: 'validToBeforeFrom' };
  return faults;
}
