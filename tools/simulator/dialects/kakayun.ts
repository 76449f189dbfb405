import type { Asked, Credentials, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import { hao, inTime, json, md5, object, query, word, yuan, type Wire } from '../wire.js';

const CODES: Readonly<Record<Refusal, number>> = {
  account: 1211,
  blacklist: 1208,
  price: 1210,
  balance: 1213,
  stock: 1214,
  'off-shelf': 1206,
  auth: 401,
  limit: 404,
  maintenance: 1207,
};
const STATUSES: Readonly<Record<Told['status'], number>> = {
  processing: 3,
  success: 5,
  failed: 4,
  part: 5,
  reversed: 4,
  new: 9,
};
const REFUNDS: Readonly<Record<Told['refund'], number>> = { none: 0, full: 1, part: 2, marked: 3 };

const fault = (code: number, msg: string) => json({ code, msg, data: [] });

function asked(path: string, said: Wire): Asked | undefined {
  const key = { attemptNo: word(said['usorderno']), supplierOrderNo: word(said['orderno']) };
  switch (path) {
    case '/dockapiv3/order/create': {
      const { attach } = said;
      const account = Array.isArray(attach) ? word((attach[0] as Wire)['value']) : word(attach);
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['goodsid']),
        quantity: Number(said['buynum']),
        account,
        callbackUrl: word(said['callbackurl']),
        limitHao: hao(said['maxmoney']),
      };
      return { call: 'create', purchase };
    }
    case '/dockapiv3/order/get':
      return { call: 'query', ...key };
    case '/dockapiv3/order/cancelOrder':
      return { call: 'cancel', ...key };
    case '/dockapiv3/user/info':
      return { call: 'balance' };
    case '/dockapiv3/goods/all':
      return { call: 'products' };
    default:
      return undefined;
  }
}

/** The order as replies and notifications show it; cards appear in both of the vendor's lists. */
function shownOrder(told: Told): Wire {
  return {
    orderno: told.supplierOrderNo,
    usorderno: told.attemptNo,
    money: yuan(told.costHao),
    buynum: told.quantity,
    status: told.kind === 'card' && told.status === 'success' ? 1 : STATUSES[told.status],
    refundmoney: yuan(told.refundHao),
    refundstatus: REFUNDS[told.refund],
    receipt: '',
    cardlist: told.cards.map(({ no, password }) => `卡号：${no} 卡密：${password}`),
    cards: told.cards.map(({ no, password }) => ({
      card_no: no,
      card_pwd: password,
      card_type: 1,
      card_denomination: 100,
      card_expire_at: 1_893_456_000,
    })),
  };
}

export const kakayun: Dialect = {
  hear({ path, body, nowMs }, { account, secret }: Credentials) {
    const said = object(body);
    if (word(said['userid']) !== account) return fault(1000, '商户ID无效');
    if (said['sign'] !== md5(query(said) + secret)) return fault(401, '签名效验失败');
    if (!inTime(Number(said['timestamp']) * 1_000, nowMs)) return fault(403, '时间戳过期');
    return asked(path, said) ?? json({ code: -1, msg: '其他错误' }, 404);
  },
  accepted: (told, variant) =>
    json({
      code: 1,
      msg: '提交成功',
      data: {
        orderno: told.supplierOrderNo,
        usorderno: told.attemptNo,
        ...(variant === 'negative-cost' ? { money: '-1.0000' } : {}),
      },
    }),
  refused: (refusal) => fault(CODES[refusal], refusal),
  duplicate: () => fault(1205, '用户订单号已存在'),
  systemFault: () => fault(9999, '系统异常'),
  newCode: () => fault(1777, '新的结果'),
  order: (told) => json({ code: 1, msg: '查询成功', data: shownOrder(told) }),
  notFound: () => fault(1301, '订单不存在'),
  balance: (balanceHao) => json({ code: 1, data: { money: yuan(balanceHao), creditquota: '0' } }),
  products: (products) =>
    json({
      code: 1,
      data: products.map(({ id, kind, priceHao }) => ({
        goodsid: id,
        goodsname: id,
        goodsprice: yuan(priceHao),
        goodsstatus: 1,
        goodstype: kind === 'card' ? 0 : 1,
        stock: 100,
      })),
    }),
  cancelTaken: () => json({ code: 1, msg: '退款成功', data: '' }),
  notification(told, { secret }, sign, nowMs) {
    const fields: Wire = {
      push_type: told.kind === 'card' ? 1 : 0,
      ...shownOrder(told),
      timestamp: Math.floor(nowMs / 1_000),
    };
    if (sign) fields['sign'] = md5(query(fields) + secret);
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  },
};
