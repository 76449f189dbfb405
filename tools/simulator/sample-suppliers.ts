import type { SupplierSetup } from './simulated-supplier.js';

const YUAN = 10_000;

/** The suppliers of the sample data as the simulator plays them. Their secrets open nothing but the simulator. */
export const SAMPLE_SUPPLIERS: readonly (SupplierSetup & {
  readonly name: string;
  /** How often it behaves how; one in ten orders of the first is refused, so that a failover can be seen. */
  readonly mix: Readonly<Record<string, number>>;
})[] = [
  {
    code: 'sim-kakayun',
    name: '示例货源 卡卡云',
    protocol: 'kakayun',
    account: '10001',
    secret: 'sample-secret-kakayun',
    balanceHao: 1_000_000 * YUAN,
    products: [{ id: '555', kind: 'card', priceHao: 28 * YUAN }],
    mix: { accept: 9, 'refuse-stock': 1 },
  },
  {
    code: 'sim-kasushou',
    name: '示例货源 卡速售',
    protocol: 'kasushou',
    account: '10002',
    secret: 'sample-secret-kasushou',
    balanceHao: 1_000_000 * YUAN,
    products: [
      { id: '555', kind: 'card', priceHao: 28.4 * YUAN },
      { id: '777', kind: 'top-up', priceHao: 49.2 * YUAN },
    ],
    mix: { accept: 1 },
  },
  {
    code: 'sim-xinghai',
    name: '示例货源 星海',
    protocol: 'xinghai',
    account: '10003',
    secret: 'sample-xinghai-0',
    balanceHao: 1_000_000 * YUAN,
    products: [{ id: '555', kind: 'card', priceHao: 28.8 * YUAN }],
    mix: { accept: 1 },
  },
];
