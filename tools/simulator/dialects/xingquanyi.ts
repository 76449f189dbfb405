import type { Asked, Dialect, Told } from '../dialect.js';
import type { Refusal } from '../plan.js';
import {
  formBody,
  hao,
  inTime,
  json,
  md5,
  object,
  pairs,
  shanghai,
  word,
  yuan,
  type Wire,
} from '../wire.js';

const ANSWERS: Readonly<Record<Refusal, readonly [code: string, message: string]>> = {
  account: ['invalid_parameters', '充值账号格式错误'],
  blacklist: ['error', '充值账号在黑名单中'],
  price: ['error', '商品售价高于安全进价'],
  balance: ['error', '余额不足'],
  stock: ['error', '库存不足'],
  'off-shelf': ['error', '商品已下架'],
  auth: ['invalid_sign', 'sign错误'],
  limit: ['request_frequency', '请求过于频繁'],
  maintenance: ['error', '商品维护中'],
};
const STATES: Readonly<Record<Told['status'], number>> = {
  processing: 101,
  success: 200,
  failed: 500,
  part: 200,
  reversed: 500,
  new: 300,
};

const fault = (code: string, message: string) => json({ code, message, data: [] });

const sign = (fields: Wire, key: string): string =>
  md5(
    key +
      pairs(fields, ['sign', 'cards', 'tickets'])
        .map(([name, value]) => name + value)
        .join(''),
  );

function asked(path: string, said: Wire): Asked | undefined {
  const key = { attemptNo: word(said['outer_order_id']), supplierOrderNo: word(said['order_id']) };
  switch (path) {
    case '/api/buy': {
      const quantity = Number(said['quantity']);
      const unitHao = hao(said['safe_cost']);
      const purchase = {
        attemptNo: key.attemptNo,
        productId: word(said['product_id']),
        quantity,
        account: word(said['recharge_account']),
        callbackUrl: word(said['notify_url']),
        limitHao: unitHao === undefined ? undefined : unitHao * quantity,
      };
      return { call: 'create', purchase };
    }
    case '/api/outer-order':
    case '/api/order':
      return { call: 'query', ...key };
    case '/api/customer':
      return { call: 'balance' };
    case '/api/product-list':
      return { call: 'products' };
    default:
      return undefined;
  }
}

export const xingquanyi: Dialect = {
  hear({ path, body, nowMs }, { account, secret }) {
    const said = object(body);
    if (word(said['customer_id']) !== account || said['sign'] !== sign(said, secret))
      return fault('invalid_sign', 'sign错误');
    if (!inTime(Number(said['timestamp']) * 1_000, nowMs))
      return fault('invalid_sign', 'timestamp');
    return asked(path, said) ?? fault('server_error', '');
  },
  accepted: (told, variant) =>
    json({
      code: 'ok',
      message: '',
      data: {
        order_id: told.supplierOrderNo,
        outer_order_id: told.attemptNo,
        total_price: variant === 'negative-cost' ? '-1' : yuan(told.costHao),
        state: 100,
      },
    }),
  refused: (refusal) => fault(...ANSWERS[refusal]),
  duplicate: () => fault('error', '外部订单号已存在'),
  systemFault: () => fault('server_error', '未知错误'),
  newCode: () => fault('brand_new', ''),
  order: (told) =>
    json({
      code: 'ok',
      message: '',
      data: {
        id: told.supplierOrderNo,
        outer_order_id: told.attemptNo,
        product_id: told.productId,
        quantity: told.quantity,
        total_price: yuan(told.costHao),
        refunded_amount: yuan(told.refundHao),
        state: STATES[told.status],
        recharge_info: '',
        cards: told.cards.map(({ no, password }) => ({
          no,
          password,
          expired_at: '2030-01-01 00:00:00',
        })),
      },
    }),
  notFound: () => fault('error', '订单不存在'),
  balance: (balanceHao) => json({ code: 'ok', data: { balance: yuan(balanceHao) } }),
  products: (products) =>
    json({
      code: 'ok',
      data: products.map(({ id, kind, priceHao }) => ({
        id: Number(id),
        product_name: id,
        name: '',
        price: yuan(priceHao),
        type: kind === 'card' ? 2 : 1,
        stock_state: 1,
        supply_state: 1,
        hold_state: 1,
      })),
    }),
  cancelTaken: () => fault('error', ''),
  notification(told, { account, secret }, isSigned, nowMs) {
    const fields: Wire = {
      customer_id: account,
      order_id: told.supplierOrderNo,
      outer_order_id: told.attemptNo,
      product_id: told.productId,
      quantity: told.quantity,
      state: STATES[told.status],
      state_info: '',
      created_at: shanghai(nowMs),
      timestamp: Math.floor(nowMs / 1_000),
    };
    if (isSigned) fields['sign'] = sign(fields, secret);
    const cards = told.cards.map(({ no, password }) => ({ card_no: no, card_password: password }));
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: formBody({ ...fields, cards }),
    };
  },
};
