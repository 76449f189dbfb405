import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { refundOfAmount } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import type {
  AttemptKey,
  ByMessage,
  CreateRequest,
  ProtocolSpec,
  SuppliedProduct,
} from './protocol.js';
import { byteOrder, isSameSignature, sha1 } from './signatures.js';
import { suppliedCards } from './supplied-cards.js';
import {
  count,
  field,
  parseJson,
  textAt,
  yuan,
  type JsonObject,
  type JsonValue,
} from './wire-values.js';

/** Only the top level is sorted; what is inside keeps its order. */
const sortedJson = (fields: JsonObject): string =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => byteOrder(a, b))));

/** Requests are signed with plain slashes, callbacks with escaped ones, as PHP writes them by itself. */
const asPhpWritesJson = (json: string): string =>
  json.replaceAll('/', '\\/').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

const UNSIGNED_IN_CALLBACK = ['sign', 'card_list', 'express_list'];

/** 400 is a refusal for sure; its words tell which, and whether it is one at all. */
const REFUSALS: ByMessage = {
  messages: [
    [/重复|已存在|已提交|已被使用|exist|duplicate|already/i, 'duplicate-number'],
    [/黑名单/, 'blacklist'],
    [/余额不足/, 'balance'],
    [/库存不足|缺货/, 'stock'],
    [/安全价|安全价格|safe_price|亏本/, 'price'],
    [/商品.*(不存在|下架|禁售|暂停|维护)|已下架|goods not found/, 'off-shelf'],
    [/(账号|帐号|手机|参数).*(错误|有误|不正确|格式|为空|必填)/, 'account'],
    [/签名|sign|IP|userid|时间戳|timestamp/i, 'auth'],
    [/频繁|rate limit/, 'limit'],
    [/权限|禁止|不允许/, 'permission'],
  ],
  otherwise: 'other',
};

function attach(request: CreateRequest): { readonly attach?: JsonValue } {
  if (request.kind === 'card') return {};
  const others = Object.fromEntries(otherAccountFields(request));
  return { attach: { recharge_account: mainAccount(request), ...others } };
}

/** Ids are numbers, codes of variants are texts. */
const productId = (id: string): string | number => (/^\d{1,15}$/.test(id) ? Number(id) : id);

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'id');
  const priceHao = yuan(field(item, 'goods_price'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  const type = textAt(item, 'goods_type');
  return {
    supplierProductId,
    name: textAt(item, 'goods_name') ?? '',
    kind: type === '1' ? 'card' : type === '2' ? 'top-up' : undefined,
    priceHao,
    stock: count(field(item, 'stock_num')),
    isOnSale: textAt(item, 'status') === '1',
  };
}

/** `card_list` is a list in replies and, in some callbacks, a list written as text. */
function cardList(order: JsonObject): JsonValue | undefined {
  const list = field(order, 'card_list');
  return typeof list === 'string' && list !== '' ? (parseJson(list) ?? list) : list;
}

/** 卡速售, v2: buying. */
export const kasushou: ProtocolSpec = {
  name: 'kasushou',
  title: '卡速售',
  kinds: ['card', 'top-up'],
  // Not said to be of a piece or of all; taken for the total. A connection may say otherwise.
  guard: { meaning: 'total', currency: 'yuan', digits: 4, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 10_000 },
    createsPerSecond: undefined,
    query: {
      card: { perSecond: 5, firstAfterMs: 3 * SECOND_MS, everyMs: 3 * SECOND_MS },
      'top-up': { perSecond: 5, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS },
    },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unlimited',
    notifyLadderMs: [5, 10, 15, 20, 25].map((minutes) => minutes * MINUTE_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const timestamp = String(nowMs);
    const body = sortedJson(fields);
    return {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        userid: account,
        timestamp,
        sign: sha1(timestamp + body + secret),
      },
      body,
    };
  },
  calls: {
    create: {
      path: '/api/v1/order/buy',
      fields: (request, guard) => ({
        id: productId(request.supplierProductId),
        quantity: request.quantity,
        external_orderno: request.attemptNo,
        safe_price: guard ?? '',
        ...attach(request),
        ...(request.callbackUrl === undefined ? {} : { url: request.callbackUrl }),
      }),
    },
    // Without `day: 0` the supplier looks only into the last 30 days.
    query: {
      path: '/api/v1/order/info',
      fields: ({ attemptNo }) => ({ external_orderno: attemptNo, day: '0' }),
    },
    balance: { path: '/api/v1/user/info', fields: () => ({}) },
    products: { path: '/api/v1/goods/list', fields: ({ page }) => ({ page, limit: 100 }) },
    // Only the supplier's own number is taken here.
    cancel: {
      path: '/api/v1/order/close',
      fields: ({ supplierOrderNo }: AttemptKey) => ({ ordersn: supplierOrderNo ?? '' }),
    },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    createCodes: { listed: { '200': 'accepted', '400': REFUSALS, '500': 'system-code' } },
    createOrder: ['data'],
    createNames: { cost: 'total_price' },
    queryOk: '200',
    queryNotFound: [],
    queryNotFoundMessages: /订单.*(不存在|未找到)|order not found/,
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'external_orderno',
      supplierNo: 'ordersn',
      status: 'status',
      cost: 'total_price',
      message: 'recharge_hints',
    },
    statuses: {
      '-1': 'processing',
      '1': 'processing',
      '2': 'processing',
      '3': 'succeeded',
      '4': 'failed',
      '5': 'refunded',
    },
    refund: (order, costHao) => refundOfAmount(yuan(field(order, 'has_back_money')), costHao),
    cards: (order) =>
      suppliedCards(cardList(order), {
        no: 'card_no',
        password: 'card_password',
        expiry: 'end_time',
        expiryFormat: 'shanghai-time',
      }),
  },
  balance: { balance: ['data', 'balance'], credit: undefined },
  products: { list: ['data', 'list'], product },
  notification: {
    verify({ fields }, { secret }) {
      const signed = Object.entries(fields).filter(
        ([name]) => !UNSIGNED_IN_CALLBACK.includes(name),
      );
      const json = asPhpWritesJson(sortedJson(Object.fromEntries(signed)));
      const expected = sha1((textAt(fields, 'time') ?? '') + json + secret);
      return isSameSignature(expected, field(fields, 'sign')) ? 'genuine-but-cards' : 'forged';
    },
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};
