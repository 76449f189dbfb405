import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { refundOfAmount } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import type {
  ByMessage,
  CreateRequest,
  Fields,
  ProtocolSpec,
  SuppliedProduct,
} from './protocol.js';
import { byteOrder, isSameSignature, md5, signedPairs } from './signatures.js';
import { suppliedCards } from './supplied-cards.js';
import { field, isObject, parseJson, textAt, yuan, type JsonObject } from './wire-values.js';

const UNSIGNED_IN_CALLBACK = ['sign', 'cards', 'tickets'];

/** `error` is every other refusal; its words tell which, and whether it is one at all. */
const ERRORS: ByMessage = {
  messages: [
    [/重复|已存在|已被使用|已提交/, 'duplicate-number'],
    [/黑名单/, 'blacklist'],
    [/余额不足/, 'balance'],
    [/库存不足|断货|缺货/, 'stock'],
    [/安全进价|safe_cost/, 'price'],
    [/商品.*(不存在|下架|维护|限制|禁售)|已下架/, 'off-shelf'],
    [/(账号|帐号|手机|充值参数).*(错误|有误|不正确|格式|为空)/, 'account'],
    [/系统|超时|稍后/, 'system-code'],
  ],
  otherwise: 'other',
};
const PARAMETERS: ByMessage = {
  messages: [[/账号|帐号|手机|recharge_account/, 'account']],
  otherwise: 'parameter',
};

function createFields(request: CreateRequest, guard: string | undefined): Fields {
  const others = otherAccountFields(request);
  const items = others.map(([name, value]) => [`recharge_template_input_items[${name}]`, value]);
  return {
    product_id: request.supplierProductId,
    quantity: String(request.quantity),
    outer_order_id: request.attemptNo,
    safe_cost: guard ?? '',
    ...(request.kind === 'card' ? {} : { recharge_account: mainAccount(request) }),
    ...(Object.fromEntries(items) as Fields),
    ...(request.callbackUrl === undefined ? {} : { notify_url: request.callbackUrl }),
  };
}

/** Cards have other names in the reply to `buy` and in callbacks than in the order. */
function cards(order: JsonObject): ReturnType<typeof suppliedCards> {
  const given = field(order, 'cards');
  const list = typeof given === 'string' && given !== '' ? (parseJson(given) ?? given) : given;
  const renamed = Array.isArray(list)
    ? list.map((card) =>
        isObject(card)
          ? {
              ...card,
              no: card['no'] ?? card['card_no'] ?? '',
              password: card['password'] ?? card['card_password'] ?? '',
            }
          : card,
      )
    : list;
  return suppliedCards(renamed, {
    no: 'no',
    password: 'password',
    expiry: 'expired_at',
    expiryFormat: 'shanghai-time',
  });
}

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'id');
  const priceHao = yuan(field(item, 'price'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  const type = textAt(item, 'type');
  const isStocked = textAt(item, 'stock_state') !== '2';
  return {
    supplierProductId,
    name: [textAt(item, 'product_name'), textAt(item, 'name')].filter(Boolean).join(' '),
    kind: type === '1' ? 'top-up' : type === '2' ? 'card' : undefined,
    priceHao,
    stock: isStocked ? undefined : 0,
    isOnSale: textAt(item, 'supply_state') === '1' && textAt(item, 'hold_state') !== '2',
  };
}

/** Where an empty value takes part, only its name stands in the text. */
const pairsWithEmpty = (fields: JsonObject): string =>
  Object.keys(fields)
    .filter((name) => !UNSIGNED_IN_CALLBACK.includes(name))
    .sort(byteOrder)
    .map((name) => name + (textAt(fields, name) ?? ''))
    .join('');

const QUERY_PACE = { perSecond: 2, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/** 星权益. */
export const xingquanyi: ProtocolSpec = {
  name: 'xingquanyi',
  title: '星权益',
  kinds: ['card', 'top-up'],
  guard: { meaning: 'unit', currency: 'yuan', digits: 4, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 10_000 },
    createsPerSecond: 2,
    query: { card: QUERY_PACE, 'top-up': { ...QUERY_PACE, firstAfterMs: 3 * MINUTE_MS } },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: Array.from({ length: 3 }, () => 10 * SECOND_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const timestamp = String(Math.floor(nowMs / SECOND_MS));
    const named = { customer_id: account, timestamp, ...fields };
    return {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...named, sign: md5(secret + signedPairs(named)) }),
    };
  },
  calls: {
    create: { path: '/api/buy', fields: createFields },
    query: {
      path: '/api/outer-order',
      fields: ({ attemptNo }) => ({ outer_order_id: attemptNo }),
    },
    balance: { path: '/api/customer', fields: () => ({}) },
    products: { path: '/api/product-list', fields: () => ({}) },
  },
  reply: {
    code: ['code'],
    message: ['message'],
    createCodes: {
      listed: {
        ok: 'accepted',
        server_error: 'system-code',
        error: ERRORS,
        invalid_parameters: PARAMETERS,
        invalid_sign: 'auth',
        disabled_customer: 'auth',
        request_frequency: 'limit',
      },
    },
    createOrder: ['data'],
    createNames: { supplierNo: 'order_id' },
    queryOk: 'ok',
    queryNotFound: [],
    queryNotFoundMessages: /订单.*(不存在|未找到)/,
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'outer_order_id',
      supplierNo: 'id',
      status: 'state',
      cost: 'total_price',
      message: 'recharge_info',
    },
    statuses: {
      '100': 'processing',
      '101': 'processing',
      '200': 'succeeded',
      '500': 'failed',
      '501': 'abnormal',
    },
    refund: (order, costHao) => refundOfAmount(yuan(field(order, 'refunded_amount')), costHao),
    cards,
  },
  balance: { balance: ['data', 'balance'], credit: undefined },
  products: { list: ['data'], product, pageSize: Infinity },
  notification: {
    names: { supplierNo: 'order_id', message: 'state_info' },
    verify({ fields }, { account, secret }) {
      if (textAt(fields, 'customer_id') !== account) return 'forged';
      const given = field(fields, 'sign');
      const isGenuine = [signedPairs(fields, UNSIGNED_IN_CALLBACK), pairsWithEmpty(fields)].some(
        (pairs) => isSameSignature(md5(secret + pairs), given),
      );
      return isGenuine ? 'genuine-but-cards' : 'forged';
    },
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};
