/** The sample data of `npm start`: made-up platforms, goods and people, named as such. */
export interface SamplePlatform {
  readonly code: string;
  readonly name: string;
  readonly isSandbox: boolean;
  readonly callbackHosts: readonly string[];
  readonly rateLimit: { readonly perSecond: number; readonly burst: number } | null;
  readonly balance: string;
  /** From this amount on its orders are paid and delivered in stages. */
  readonly largeOrderFrom: string;
}

export const SAMPLE_PLATFORMS: readonly SamplePlatform[] = [
  {
    code: 'demo',
    name: '示例卡盟',
    isSandbox: true,
    callbackHosts: ['127.0.0.1', 'localhost'],
    rateLimit: null,
    balance: '1200000.00',
    largeOrderFrom: '500000.00',
  },
  {
    code: 'demo2',
    name: '示例卡盟二号',
    isSandbox: true,
    callbackHosts: ['127.0.0.1', 'localhost'],
    rateLimit: null,
    balance: '1200000.00',
    largeOrderFrom: '500000.00',
  },
  {
    code: 'limited',
    name: '示例限流平台',
    isSandbox: false,
    callbackHosts: ['callbacks.example.test'],
    rateLimit: { perSecond: 5, burst: 10 },
    balance: '100.00',
    // Far beyond all it could order: it shows limits of requests and balance, nothing else.
    largeOrderFrom: '99999999.00',
  },
];

export interface SampleProduct {
  readonly code: string;
  readonly name: string;
  readonly price: string;
  readonly isOnSale: boolean;
  readonly mayWait: boolean;
  readonly cardCount: number;
}

export const SAMPLE_PRODUCTS: readonly SampleProduct[] = [
  aProduct('STEAM-100', 'Steam 充值卡 100 元', '98.50', { cardCount: 3_000 }),
  aProduct('XBOX-50', 'Xbox 礼品卡 50 元', '45.3333', { cardCount: 300 }),
  aProduct('EMPTY-10', '视频会员月卡（常缺货）', '9.90', {}),
  aProduct('RACE-10', '音乐会员月卡（限时抢购）', '9.90', {}),
  aProduct('NOWAIT-10', '网盘会员周卡（缺货不等待）', '9.90', { mayWait: false }),
  aProduct('GONE-10', '阅读会员月卡（已下架）', '9.90', { isOnSale: false }),
];

function aProduct(
  code: string,
  name: string,
  price: string,
  different: Partial<SampleProduct>,
): SampleProduct {
  return { code, name, price, isOnSale: true, mayWait: true, cardCount: 0, ...different };
}

/** Minutes are the product's own wait, see the table `products`. */
export const SAMPLE_WAIT_SECONDS = 600;

export const SAMPLE_CUSTOMERS = [
  { platform: 'demo', customerNo: 'C-1001', name: '晨星网络', remark: '每天上午下单' },
  { platform: 'demo', customerNo: 'C-1002', name: '蓝鲸数码', remark: null },
  { platform: 'demo', customerNo: 'C-1003', name: '小满便利店', remark: '节日前用量翻倍' },
  { platform: 'demo2', customerNo: 'C-2001', name: '青柠游戏', remark: null },
] as const;

export const SAMPLE_STAFF_NAMES: Readonly<Record<string, string>> = {
  owner: '老板',
  operator: '运营',
  service: '客服',
  finance: '财务',
  compliance: '合规',
  ops: '运维',
  auditor: '审计',
};
