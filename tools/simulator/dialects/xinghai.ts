import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import {
  form,
  formBody,
  hao,
  inTime,
  json,
  md5,
  query,
  sealEcb,
  shanghai,
  word,
  yuan,
  type Wire,
} from '../wire.js';

const CODES: Readonly<Record<Refusal, readonly [code: string, words: string]>> = {
  account: ['-12', '充值号码格式不正确'],
  blacklist: ['-12', '黑名单'],
  price: ['-15', '结算价校验未通过'],
  balance: ['-18', '余额不足'],
  stock: ['-21', '提卡失败'],
  'off-shelf': ['-15', '商品不存在'],
  auth: ['-14', '签名校验未通过'],
  limit: ['-13', '请求超速'],
  maintenance: ['-10', '系统维护中'],
};
const STATUSES: Readonly<Record<Told['status'], string>> = {
  processing: '1',
  success: '2',
  failed: '3',
  part: '2',
  reversed: '3',
  new: '7',
};

const fault = (code: string, msg: string) => json({ code, msg });

const sign = (fields: Wire, secret: string): string => md5(query({ ...fields, appSecret: secret }));

/** `yyyyMMddHHmmssSSS` of Shanghai as an instant. */
function instant(timestamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(timestamp)?.slice(1) ?? [];
  const [year, month, day, hour, minute, second, millisecond] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}+08:00`);
}

function asked(path: string, said: Wire): Asked | undefined {
  const key = { attemptNo: word(said['outOrderId']), supplierOrderNo: word(said['orderId']) };
  switch (path) {
    case '/api/order/submit':
    case '/api/card/get': {
      const quantity = Number(said['amount'] ?? 1);
      const unitHao = hao(said['itemPrice']);
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['itemId']),
        quantity,
        account: word(said['uuid']),
        callbackUrl: word(said['callbackUrl']),
        limitHao: unitHao === undefined ? undefined : unitHao * quantity,
      };
      return { call: 'create', purchase };
    }
    case '/api/order/query':
      return { call: 'query', ...key };
    case '/api/account/balance':
      return { call: 'balance' };
    case '/api/item/query':
      return { call: 'products' };
    default:
      return undefined;
  }
}

const cardsOf = (told: Told, secret: string): Wire[] =>
  told.cards.map(({ no, password }) => ({
    cardName: '券',
    cardType: 'NUMBER_PASSWORD',
    cardNo: sealEcb(no, secret),
    cardPwd: sealEcb(password, secret),
    expireTime: '2030-01-01 00:00:00',
  }));

const shownOrder = (told: Told): Wire => ({
  orderId: told.supplierOrderNo,
  outOrderId: told.attemptNo,
  orderStatus: STATUSES[told.status],
  orderDesc: '',
});

export const xinghai: Dialect = {
  hear({ path, body, nowMs }, { account, secret }) {
    const said = form(body);
    if (said['appId'] !== account || said['sign'] !== sign(said, secret))
      return fault('-14', '签名校验未通过');
    if (!inTime(instant(word(said['timestamp'])), nowMs)) return fault('-14', '时间戳');
    return asked(path, said) ?? json({ code: '-99', msg: '' }, 404);
  },
  accepted: (told, variant) =>
    json({
      code: '00',
      msg: '下单成功',
      orderId: told.supplierOrderNo,
      outOrderId: told.attemptNo,
      cost: variant === 'negative-cost' ? '-1' : yuan(told.costHao, 3),
    }),
  refused: (refusal) => fault(...CODES[refusal]),
  duplicate: () => fault('-16', '重复下单'),
  systemFault: () => fault('-99', '系统异常'),
  newCode: () => fault('-17', '新的结果'),
  order: (told, { secret }) =>
    json({
      code: '00',
      msg: '查询成功',
      ...shownOrder(told),
      cost: yuan(told.costHao, 3),
      ...(told.cards.length > 0 ? { cardData: cardsOf(told, secret) } : {}),
    }),
  notFound: () => json({ code: '00', msg: '查询成功', orderStatus: '4' }),
  balance: (balanceHao) => json({ code: '00', balance: yuan(balanceHao, 3), creditQuota: '0' }),
  products: (products) =>
    json({
      code: '00',
      data: products.map(({ id, kind, priceHao }) => ({
        itemId: id,
        itemName: id,
        itemType: kind === 'card' ? '1' : '0',
        status: '1',
        price: yuan(priceHao),
      })),
    }),
  cancelTaken: () => fault('-99', ''),
  notification(told, { account, secret }, isSigned, nowMs) {
    const fields: Wire = {
      appId: account,
      ...shownOrder(told),
      completeTime: shanghai(nowMs).replace(/\D/g, ''),
      ...(told.cards.length > 0 ? { cardData: cardsOf(told, secret) } : {}),
    };
    if (isSigned) fields['sign'] = sign(fields, secret);
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: formBody(fields),
    };
  },
};
