import { formatAmount } from '#domain';
import type { MasterDataDocument } from '../master-data/document.js';
import { SAMPLE_SUPPLIERS } from '../simulator/sample-suppliers.js';

/** Bought from suppliers: a card that we never have in stock, one that is kept in stock by itself, and a top-up. */
const PRODUCTS: NonNullable<MasterDataDocument['products']> = [
  {
    code: 'GAME-30',
    name: '游戏点卡 30 元（货源直供）',
    kind: 'card',
    status: 'on-sale',
    mayWait: false,
    waitSeconds: 1_800,
    supplyStrategy: 'priority',
  },
  {
    code: 'VIDEO-30',
    name: '视频会员季卡（自动补货）',
    kind: 'card',
    status: 'on-sale',
    mayWait: true,
    waitSeconds: 1_800,
    supplyStrategy: 'cheapest',
  },
  {
    code: 'PHONE-50',
    name: '话费直充 50 元',
    kind: 'top-up',
    status: 'on-sale',
    mayWait: false,
    waitSeconds: 1_800,
    accountFields: [{ name: 'account', label: '手机号', required: true, maxLength: 20 }],
  },
];
const PRICES = { 'GAME-30': '30.00', 'VIDEO-30': '32.00', 'PHONE-50': '50.00' } as const;
const KIND_OF = { 'GAME-30': 'card', 'VIDEO-30': 'card', 'PHONE-50': 'top-up' } as const;

/** The sample suppliers, products, prices and routes, as far as they are wanted. */
export function sampleSupply(
  simulatorUrl: string,
  isWanted: (code: string) => boolean,
): MasterDataDocument {
  const products = PRODUCTS.filter(({ code }) => isWanted(code));
  const codes = products.map(({ code }) => code as keyof typeof PRICES);
  return {
    suppliers: SAMPLE_SUPPLIERS.filter(({ code }) => isWanted(code)).map((supplier) => ({
      code: supplier.code,
      name: supplier.name,
      protocol: supplier.protocol,
      baseUrl: `${simulatorUrl}/s/${supplier.code}`,
      isSandbox: true,
      credentials: { account: supplier.account, secret: supplier.secret },
    })),
    products,
    prices: codes.map((product) => ({ product, unitPrice: PRICES[product] })),
    routes: codes.flatMap((product) =>
      SAMPLE_SUPPLIERS.flatMap(({ code, products: goods }, index) =>
        goods
          .filter(({ kind }) => kind === KIND_OF[product])
          .map(({ id, priceHao }) => ({
            product,
            supplier: code,
            supplierProductId: id,
            cost: formatAmount(priceHao),
            priority: (index + 1) * 10,
          })),
      ),
    ),
  };
}
