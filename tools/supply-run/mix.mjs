// What the three sources of a supply run do. The shares of what fails add up to one in ten.

/** Behaviours that fail the order at this source: 10 of 100. */
const FAILING = {
  'refuse-stock': 1.5,
  'refuse-maintenance': 0.5,
  'refuse-price': 0.5,
  'rate-limited': 0.5,
  'balance-exhausted': 0.5,
  'timeout-before': 1,
  'reset-before': 0.5,
  'http-500-before': 1,
  'html-before': 0.5,
  'truncated-before': 0.5,
  'garbage-before': 0.5,
  'system-before': 0.5,
  fail: 1,
  'fail-unrefunded': 0.5,
  'fail-marked': 0.5,
};

/** Behaviours that deliver, but misbehave: 24 of 100. */
const ODD = {
  'timeout-after': 2,
  'reset-after': 1,
  'http-500-after': 2,
  'html-after': 1,
  'truncated-after': 1,
  'garbage-after': 1,
  'empty-after': 1,
  'duplicate-after': 1,
  'system-after': 1,
  'new-code-after': 1,
  slow: 2,
  'part-success': 1,
  'late-success': 1,
  'failed-then-success': 0.5,
  reversal: 0.5,
  'notify-never': 1,
  'notify-late': 1,
  'notify-twice': 1,
  'notify-contradicting': 1,
  'notify-foreign': 1,
  'notify-unsigned': 1,
};

/** @param {Record<string, number>} shares */
const total = (shares) => Object.values(shares).reduce((sum, share) => sum + share, 0);

/** Shares of a hundred. */
const MIX = { ...FAILING, ...ODD, accept: 100 - total(FAILING) - total(ODD) };

/**
 * 星海 has no words for a part or for a refund. An order of it that is "done" with cards missing waits for a person, as it
 * should, and money that it keeps or gives back in silence shows in no reply: only a statement will tell.
 */
const WORDLESS = ['part-success', 'fail-unrefunded', 'fail-marked', 'reversal'];

/** How a source behaves, in shares of a hundred. @param {string} protocol @returns {Record<string, number>} */
export function mixOf(protocol) {
  if (protocol !== 'xinghai') return MIX;
  const spoken = Object.entries(MIX).filter(([name]) => !WORDLESS.includes(name));
  const unspoken = 100 - total(Object.fromEntries(spoken));
  return {
    ...Object.fromEntries(spoken),
    fail: MIX.fail + unspoken / 2,
    accept: MIX.accept + unspoken / 2,
  };
}

export const SOURCES = [
  { code: 'run-a', protocol: 'kakayun', secret: 'run-secret-a', priceHao: 280_000 },
  { code: 'run-b', protocol: 'kasushou', secret: 'run-secret-b', priceHao: 282_000 },
  { code: 'run-c', protocol: 'xinghai', secret: 'run-c-0123456789', priceHao: 284_000 },
];

const CARD = '555';
const TOP_UP = '777';

/** The master data of a run, for `apply`. @param {string} simulator */
export const documentOf = (simulator) => ({
  suppliers: SOURCES.map(({ code, protocol, secret }) => ({
    code,
    protocol,
    baseUrl: `${simulator}/s/${code}`,
    isSandbox: true,
    credentials: { account: '10001', secret },
    limits: {
      createsPerSecond: 200,
      queriesPerSecond: 200,
      concurrency: 50,
      replyTimeoutSeconds: 3,
    },
  })),
  products: [
    {
      code: 'RUN-CARD',
      kind: 'card',
      status: 'on-sale',
      mayWait: false,
      waitSeconds: 7_200,
      supplyStrategy: 'balanced',
    },
    {
      code: 'RUN-TOPUP',
      kind: 'top-up',
      status: 'on-sale',
      mayWait: false,
      waitSeconds: 7_200,
      supplyStrategy: 'balanced',
      accountFields: [{ name: 'account', label: '账号', required: true, maxLength: 40 }],
    },
  ],
  prices: [
    { product: 'RUN-CARD', unitPrice: '30.00' },
    { product: 'RUN-TOPUP', unitPrice: '30.00' },
  ],
  routes: SOURCES.flatMap(({ code, priceHao }) =>
    [
      ['RUN-CARD', CARD],
      ['RUN-TOPUP', TOP_UP],
    ].map(([product, supplierProductId]) => ({
      product,
      supplier: code,
      supplierProductId,
      cost: (priceHao / 10_000).toFixed(2),
    })),
  ),
});

/** The suppliers as the simulator plays them. */
export const setups = () =>
  SOURCES.map(({ code, protocol, secret, priceHao }) => ({
    code,
    protocol,
    account: '10001',
    secret,
    balanceHao: 1e13,
    products: [
      { id: CARD, kind: 'card', priceHao },
      { id: TOP_UP, kind: 'top-up', priceHao },
    ],
  }));
