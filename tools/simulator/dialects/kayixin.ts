import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import { hao, inTime, json, md5, object, sealEcb, word, type Wire } from '../wire.js';

/** Only 1000 is a code; everything else is told by words. */
const WORDS: Readonly<Record<Refusal, string>> = {
  account: '充值账号格式不正确',
  blacklist: '该账号在黑名单中',
  price: '订单金额高于安全价',
  balance: '账户余额不足',
  stock: '商品库存不足',
  'off-shelf': '商品已下架',
  auth: '签名错误',
  limit: '请求频繁',
  maintenance: '商品维护中',
};
const STATUSES: Readonly<Record<Told['status'], number>> = {
  processing: 2,
  success: 3,
  failed: 4,
  part: 5,
  reversed: 5,
  new: 6,
};

const fault = (msg: string) => json({ code: 1001, msg });
const money = (amountHao: number): number => amountHao / 10_000;

function asked(path: string, said: Wire): Asked | undefined {
  const key = { attemptNo: word(said['outerNumber']), supplierOrderNo: word(said['orderNumber']) };
  switch (path) {
    case '/api/v3/order/create': {
      const attach = said['attach'] as Wire[] | undefined;
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['goodsId']),
        quantity: Number(said['count']),
        account: word(attach?.[0]?.['value']),
        callbackUrl: word(said['notifyUrl']),
        limitHao: hao(said['safePrice']),
      };
      return { call: 'create', purchase };
    }
    case '/api/v3/order/getDetail':
      return { call: 'query', ...key };
    case '/api/v3/order/refunds':
      return { call: 'cancel', ...key };
    case '/api/v3/user/getAccount':
      return { call: 'balance' };
    case '/api/v3/goods/getList':
      return { call: 'products' };
    default:
      return undefined;
  }
}

const cardsOf = (told: Told): Wire[] =>
  told.cards.map(({ no, password }, index) => ({
    cardId: `${told.supplierOrderNo}-${index}`,
    cardNo: no,
    cardPwd: password,
    status: 0,
    cancelRequest: 1,
  }));

const shownOrder = (told: Told): Wire => ({
  orderNumber: told.supplierOrderNo,
  outerNumber: told.attemptNo,
  // Withdrawn means that all money is back. Where it is not, this vendor has but "refunded: 0".
  status: told.status === 'failed' && told.refund !== 'full' ? 0 : STATUSES[told.status],
  count: told.quantity,
  money: money(told.costHao),
  retMoney: money(told.refundHao),
  result: '',
  startCount: '',
  nowCount: '',
  endCount: '',
});

export const kayixin: Dialect = {
  hear({ path, body, headers, nowMs }, { account, secret }) {
    const timestamp = headers['x-timestamp'] ?? '';
    const isAccount = headers['x-app-id'] === account && headers['x-version'] === '3.0';
    if (!isAccount || headers['x-signature'] !== md5(`${account}${secret}3.0${timestamp}${body}`))
      return fault('签名错误');
    if (!inTime(Number(timestamp) * 1_000, nowMs)) return fault('时间戳过期');
    return asked(path, object(body)) ?? json({ code: 404, msg: 'not found' }, 404);
  },
  accepted: (told, variant) =>
    json({
      code: 1000,
      msg: '购买成功',
      data: {
        cards: [],
        orderNumber: told.supplierOrderNo,
        outerNumber: told.attemptNo,
        ...(variant === 'negative-cost' ? { money: -1 } : {}),
      },
    }),
  refused: (refusal) => fault(WORDS[refusal]),
  duplicate: () => fault('采购单号已存在'),
  systemFault: () => fault('系统繁忙，请稍后再试'),
  newCode: () => fault('操作失败'),
  order: (told) =>
    json({ code: 1000, msg: 'success', data: { ...shownOrder(told), cards: cardsOf(told) } }),
  notFound: () => fault('订单不存在'),
  balance: (balanceHao) => json({ code: 1000, data: { balance: money(balanceHao) } }),
  products: (products) =>
    json({
      code: 1000,
      data: {
        list: products.map(({ id, priceHao }) => ({
          goodsId: Number(id),
          name: id,
          salesPrice: money(priceHao),
          status: 1,
          stockCount: 100,
        })),
      },
    }),
  cancelTaken: () => json({ code: 1000, msg: 'success', data: { status: 8 } }),
  notification(told, { account, secret }, sign, nowMs) {
    const cards = told.cards.length === 0 ? '' : sealEcb(JSON.stringify(cardsOf(told)), secret);
    const body = JSON.stringify({ ...shownOrder(told), cards });
    const headers = { 'content-type': 'application/json' };
    if (!sign) return { headers, body };
    const timestamp = String(Math.floor(nowMs / 1_000));
    const signed = {
      'x-app-id': account,
      'x-version': '3.0',
      'x-timestamp': timestamp,
      'x-signature': md5(`${account}${secret}3.0${timestamp}${body}`),
    };
    return { headers: { ...headers, ...signed }, body };
  },
};
