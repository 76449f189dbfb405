import {
  NOTHING_TO_HOLD,
  type AcceptanceFacts,
  type OrderRequest,
  type ProductFacts,
  type Submission,
} from '#domain';

const NOW_MS = 1_795_000_000_000;
export const PLATFORM = 'platform-1';

export const aProduct = (given: Partial<ProductFacts> = {}): ProductFacts => ({
  id: 'product-1',
  code: 'STEAM-100',
  status: 'on-sale',
  minQuantity: 1,
  maxQuantity: 10_000,
  quantityStep: 1,
  bannedChannels: [],
  mayWait: true,
  isSupplied: false,
  waitSeconds: 600,
  accountFields: [],
  prices: [
    {
      platformId: null,
      unitPriceHao: 985_000,
      minQuantity: 1,
      maxQuantity: null,
      validFromMs: 0,
      validToMs: null,
    },
  ],
  availableCount: 10,
  waiting: [],
  hasMoreWaiting: false,
  ...given,
});

export const aSubmission = (
  given: Partial<OrderRequest> = {},
  { platformId = PLATFORM, fingerprint = 'f1' } = {},
): Submission => ({
  platformId,
  fingerprint,
  request: {
    merchantOrderNo: 'M0001',
    productCode: 'STEAM-100',
    quantity: 1,
    account: {},
    maxAmountHao: null,
    callbackUrl: null,
    customerNo: null,
    saleChannel: null,
    remark: null,
    ...given,
  },
});

export const someFacts = (
  product: ProductFacts,
  { balanceHao = 100_000_000, floorHao = 0, isSalesStopped = false } = {},
): AcceptanceFacts => ({
  nowMs: NOW_MS,
  productsByCode: new Map([[product.code, product]]),
  balancesByPlatform: new Map([
    [PLATFORM, { ...NOTHING_TO_HOLD, balanceHao, floorHao, isSalesStopped }],
    ['platform-2', { ...NOTHING_TO_HOLD, balanceHao, floorHao, isSalesStopped: false }],
  ]),
  known: new Map(),
});
