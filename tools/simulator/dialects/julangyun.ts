import { createCipheriv } from 'node:crypto';
import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import { hao, inTime, json, md5, object, pairs, word, yuan, type Wire } from '../wire.js';

const CODES: Readonly<Record<Refusal, number>> = {
  account: 1004,
  blacklist: 1309,
  price: 1304,
  balance: 1104,
  stock: 1203,
  'off-shelf': 1202,
  auth: 1001,
  limit: 1310,
  maintenance: 1205,
};
/** Money that comes back in part leaves the status alone. */
const STATUSES: Readonly<Record<Told['status'], number>> = {
  processing: 20,
  success: 30,
  failed: 40,
  part: 30,
  reversed: 40,
  new: 60,
};

const fault = (code: number, message: string) => json({ code, message, traceId: 't' });

const sign = (fields: Wire, token: string): string =>
  md5(
    pairs(fields)
      .map(([name, value]) => name + value)
      .join('') + token,
  );

function asked(path: string, said: Wire): Asked | undefined {
  const key = {
    attemptNo: word(said['accessOrderNo']),
    supplierOrderNo: word(said['returnOrderNo']),
  };
  switch (path) {
    case '/api/recharge/order/submit': {
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['goodsCode']),
        quantity: Number(said['orderNum'] ?? 1),
        account: word(said['rechargeAccount']),
        callbackUrl: word(said['callbackUrl']),
        limitHao: hao(said['accessPrice']),
      };
      return { call: 'create', purchase };
    }
    case '/api/recharge/order/detail':
      return { call: 'query', ...key };
    case '/api/recharge/order/cancel':
      return { call: 'cancel', ...key };
    case '/api/recharge/user/amount/detail':
      return { call: 'balance' };
    case '/api/recharge/goods/list':
      return { call: 'products' };
    default:
      return undefined;
  }
}

/** AES-256-CBC under the hex digest of the token, the vector in front. */
function sealedCards(told: Told, token: string): Wire {
  if (told.cards.length === 0) return {};
  const list = told.cards.map(({ no, password }) => ({
    cardNo: no,
    cardPwd: password,
    typeList: ['cardNo', 'cardPwd'],
  }));
  const vector = Buffer.from(md5(told.supplierOrderNo)).subarray(0, 16);
  const cipher = createCipheriv('aes-256-cbc', md5(token), vector);
  const sealed = Buffer.concat([vector, cipher.update(JSON.stringify(list)), cipher.final()]);
  return { cardList: sealed.toString('base64') };
}

const shownOrder = (told: Told, token: string): Wire => ({
  returnOrderNo: told.supplierOrderNo,
  accessOrderNo: told.attemptNo,
  orderStatus: STATUSES[told.status],
  payPrice: told.costHao / 10_000,
  refundAmount: yuan(told.refundHao),
  ...sealedCards(told, token),
});

export const julangyun: Dialect = {
  hear({ path, body, headers, nowMs }, { account, secret }) {
    const said = object(body);
    const timestamp = headers['timestamp'] ?? '';
    if (headers['usercode'] !== account) return fault(1101, '用户不存在');
    if (headers['sign'] !== sign({ ...said, userCode: account, timestamp }, secret))
      return fault(1001, '签名错误');
    if (!inTime(Number(timestamp) * 1_000, nowMs)) return fault(1003, '时间戳过期');
    return asked(path, said) ?? fault(400, '错误请求');
  },
  accepted: (told, variant) =>
    json({
      code: 200,
      message: '处理成功',
      data: {
        returnOrderNo: told.supplierOrderNo,
        accessOrderNo: told.attemptNo,
        orderStatus: 20,
        payPrice: variant === 'negative-cost' ? -1 : told.costHao / 10_000,
      },
    }),
  refused: (refusal) => fault(CODES[refusal], refusal),
  duplicate: () => fault(1302, '订单编号已存在'),
  systemFault: () => fault(500, '系统异常'),
  newCode: () => fault(1999, '新的结果'),
  order: (told, { secret }) =>
    json({ code: 200, message: '处理成功', data: shownOrder(told, secret) }),
  notFound: () => fault(1301, '订单不存在'),
  balance: (balanceHao) => json({ code: 200, data: { amount: balanceHao / 10_000, credit: 0 } }),
  products: (products) =>
    json({
      code: 200,
      data: products.map(({ id, kind, priceHao }) => ({
        goodsCode: id,
        goodsName: id,
        goodsPrice: priceHao / 10_000,
        rechargeType: kind === 'card' ? 2 : 1,
        goodsStatus: 1,
      })),
    }),
  cancelTaken: () => json({ code: 200, message: '处理成功' }),
  notification(told, { account, secret }, isSigned, nowMs) {
    const fields = shownOrder(told, secret);
    const timestamp = String(Math.floor(nowMs / 1_000));
    const signed = sign({ ...fields, userCode: account, timestamp }, secret);
    return {
      headers: {
        'content-type': 'application/json',
        ...(isSigned ? { userCode: account, timestamp, sign: signed } : {}),
      },
      body: JSON.stringify(fields),
    };
  },
};
