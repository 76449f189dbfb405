import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import { hao, inTime, json, object, sha1, word, yuan, type Wire } from '../wire.js';

const WORDS: Readonly<Record<Refusal, string>> = {
  account: '充值账号格式错误',
  blacklist: '充值账号在黑名单',
  price: '商品价格大于安全价格',
  balance: '余额不足',
  stock: '商品库存不足',
  'off-shelf': '商品已下架',
  auth: '签名错误',
  limit: '请求过于频繁',
  maintenance: '商品维护中',
};
const STATUSES: Readonly<Record<Told['status'], number>> = {
  processing: 2,
  success: 3,
  failed: 4,
  part: 5,
  reversed: 5,
  new: 8,
};

const fault = (msg: string, code = 400) => json({ code, msg });

/** The vendor sorts the top level and leaves the rest as it came. */
const sorted = (fields: Wire): string =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));

function asked(path: string, said: Wire): Asked | undefined {
  const key = { attemptNo: word(said['external_orderno']), supplierOrderNo: word(said['ordersn']) };
  switch (path) {
    case '/api/v1/order/buy': {
      const attach = (said['attach'] ?? {}) as Wire;
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['id']),
        quantity: Number(said['quantity']),
        account: word(attach['recharge_account']),
        callbackUrl: word(said['url']),
        limitHao: hao(said['safe_price']),
      };
      return { call: 'create', purchase };
    }
    case '/api/v1/order/info':
      return { call: 'query', ...key };
    case '/api/v1/order/close':
      return { call: 'cancel', ...key };
    case '/api/v1/user/info':
      return { call: 'balance' };
    case '/api/v1/goods/list':
      return { call: 'products' };
    default:
      return undefined;
  }
}

const cardsOf = (told: Told): Wire[] =>
  told.cards.map(({ no, password }) => ({ card_no: no, card_password: password, end_time: '' }));

const shownOrder = (told: Told): Wire => ({
  ordersn: told.supplierOrderNo,
  external_orderno: told.attemptNo,
  recharge_hints: '详情/见订单',
  total_price: yuan(told.costHao, 2),
  has_back_money: yuan(told.refundHao, 2),
});

export const kasushou: Dialect = {
  hear({ path, body, headers, nowMs }, { account, secret }) {
    const timestamp = headers['timestamp'] ?? '';
    const said = object(body);
    if (headers['userid'] !== account) return fault('userid 错误');
    if (headers['sign'] !== sha1(timestamp + sorted(said) + secret)) return fault('签名错误');
    if (!inTime(Number(timestamp), nowMs)) return fault('时间戳过期');
    return asked(path, said) ?? json({ code: 404, msg: '' }, 404);
  },
  accepted: (told, variant) =>
    json({
      code: 200,
      msg: '下单成功',
      data: {
        ordersn: told.supplierOrderNo,
        external_orderno: told.attemptNo,
        total_price: variant === 'negative-cost' ? -1 : told.costHao / 10_000,
      },
    }),
  refused: (refusal) => fault(WORDS[refusal]),
  duplicate: () => fault('外部订单号已存在'),
  systemFault: () => fault('未知错误', 500),
  newCode: () => fault('新的结果', 777),
  order: (told) =>
    json({
      code: 200,
      msg: '成功',
      data: [{ ...shownOrder(told), status: STATUSES[told.status], card_list: cardsOf(told) }],
    }),
  notFound: () => json({ code: 200, msg: '成功', data: [] }),
  balance: (balanceHao) => json({ code: 200, data: { balance: yuan(balanceHao, 2) } }),
  products: (products) =>
    json({
      code: 200,
      data: {
        list: products.map(({ id, kind, priceHao }) => ({
          id: Number(id),
          goods_name: id,
          goods_type: kind === 'card' ? 1 : 2,
          goods_price: yuan(priceHao),
          status: 1,
          stock_num: 100,
        })),
        total: products.length,
      },
    }),
  cancelTaken: () => json({ code: 200, msg: '撤单成功' }),
  notification(told, { secret }, sign, nowMs) {
    const time = String(nowMs);
    const fields: Wire = { ...shownOrder(told), status: String(STATUSES[told.status]), time };
    const signed = sha1(time + sorted(fields).replaceAll('/', '\\/') + secret);
    const cards = told.cards.length > 0 ? { card_list: JSON.stringify(cardsOf(told)) } : {};
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, ...cards, ...(sign ? { sign: signed } : {}) }),
    };
  },
};
