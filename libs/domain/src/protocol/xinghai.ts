import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import { openEcb } from './card-ciphers.js';
import type {
  ByMessage,
  Connection,
  CreateRequest,
  Fields,
  ProtocolSpec,
  SuppliedProduct,
} from './protocol.js';
import { isSameSignature, md5, signedEntries, signedQuery, signedText } from './signatures.js';
import { suppliedCards } from './supplied-cards.js';
import { field, isAbsent, parseJson, text, textAt, yuan, type JsonObject } from './wire-values.js';

const CARD_PATH = '/api/card/get';

/** The secret is one of the sorted parameters; values are signed as they are, not as they are encoded. */
const sign = (fields: JsonObject, secret: string, leftOut = ['sign']): string =>
  md5(signedQuery({ ...fields, appSecret: secret }, leftOut));

/** `yyyyMMddHHmmssSSS` in Shanghai. */
const timestamp = (nowMs: number): string =>
  new Date(nowMs + 8 * HOUR_MS).toISOString().replace(/\D/g, '');

const PARAMETER_WORDS: ByMessage = {
  messages: [
    [/黑名单/, 'blacklist'],
    [/号码|账号|帐号|uuid/i, 'account'],
  ],
  otherwise: 'parameter',
};
const REFUSAL_WORDS: ByMessage = {
  messages: [
    [/面值|结算价|单价/, 'price'],
    [/地区|省份/, 'region'],
    [/商品|维护|配置/, 'off-shelf'],
  ],
  otherwise: 'other',
};

/** Cards and top-ups have calls of their own, with nearly the same fields. */
function createFields(request: CreateRequest, guard: string | undefined): Fields {
  const common = {
    amount: String(request.quantity),
    itemId: request.supplierProductId,
    itemPrice: guard ?? '',
    outOrderId: request.attemptNo,
    callbackUrl: request.callbackUrl ?? '',
  };
  return request.kind === 'card'
    ? { ...common, supplyMode: '0' }
    : {
        ...common,
        uuid: mainAccount(request),
        ...Object.fromEntries(otherAccountFields(request)),
      };
}

/** A sealed list, in callbacks written as text. A link is a card that has no number. */
function cards(order: JsonObject, { secret }: Connection): ReturnType<typeof suppliedCards> {
  const given = field(order, 'cardData');
  const list = typeof given === 'string' && given !== '' ? (parseJson(given) ?? given) : given;
  if (!Array.isArray(list)) return isAbsent(list) ? [] : undefined;
  const linked = list.map((item: JsonObject) =>
    isAbsent(item['cardPwd']) ? { ...item, cardPwd: item['cardLink'] ?? '' } : item,
  );
  return suppliedCards(linked, {
    no: 'cardNo',
    password: 'cardPwd',
    expiry: 'expireTime',
    expiryFormat: 'shanghai-time',
    open: (sealed) => openEcb(sealed, secret, 16),
  });
}

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'itemId');
  const priceHao = yuan(field(item, 'price'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  const type = textAt(item, 'itemType');
  return {
    supplierProductId,
    name: textAt(item, 'itemName') ?? '',
    kind: type === '1' ? 'card' : type === '0' ? 'top-up' : undefined,
    priceHao,
    stock: undefined,
    isOnSale: textAt(item, 'status') === '1',
  };
}

/** 星海, v1.9. Who asks more often than allowed is black-listed. */
export const xinghai: ProtocolSpec = {
  name: 'xinghai',
  title: '星海',
  kinds: ['card', 'top-up'],
  guard: { meaning: 'unit', currency: 'yuan', digits: 3, trailingZeros: 'drop' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 1 },
    createsPerSecond: 100,
    query: {
      card: { perSecond: 10, firstAfterMs: MINUTE_MS, everyMs: 5 * MINUTE_MS },
      'top-up': { perSecond: 30, firstAfterMs: 3 * MINUTE_MS, everyMs: 2 * MINUTE_MS },
    },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'this-and-last-month',
    notifyLadderMs: Array.from({ length: 10 }, () => 60 * SECOND_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const named = { ...fields, appId: account, timestamp: timestamp(nowMs) };
    const form = new URLSearchParams();
    for (const [name, value] of signedEntries(named)) form.append(name, signedText(value));
    form.append('sign', sign(named, secret));
    return {
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        accept: 'application/json',
      },
      body: form.toString(),
    };
  },
  calls: {
    create: {
      path: ({ kind }) => (kind === 'card' ? CARD_PATH : '/api/order/submit'),
      fields: createFields,
    },
    query: { path: '/api/order/query', fields: ({ attemptNo }) => ({ outOrderId: attemptNo }) },
    balance: { path: '/api/account/balance', fields: () => ({}) },
    products: { path: '/api/item/query', fields: () => ({}) },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    createCodes: {
      listed: {
        '00': 'accepted',
        '-10': 'maintenance',
        '-12': PARAMETER_WORDS,
        '-13': 'limit',
        '-14': 'auth',
        '-15': REFUSAL_WORDS,
        '-16': 'duplicate-number',
        '-18': 'balance',
        '-21': 'stock',
        '-22': 'system-code',
        '-23': 'system-code',
        '-99': 'system-code',
      },
    },
    createOrder: [],
    queryOk: '00',
    queryNotFound: [],
    queryOrder: [],
  },
  order: {
    names: {
      ourNo: 'outOrderId',
      supplierNo: 'orderId',
      status: 'orderStatus',
      cost: 'cost',
      message: 'orderDesc',
    },
    statuses: { '1': 'processing', '2': 'succeeded', '3': 'failed', '4': 'not-found' },
    // The protocol does not speak of refunds.
    refund: () => REFUND_UNSTATED,
    cards,
  },
  balance: { balance: ['balance'], credit: ['creditQuota'] },
  products: { list: ['data'], product, pageSize: Infinity, everyMs: 5_000 },
  notification: {
    verify({ fields }, { account, secret }) {
      if (text(field(fields, 'appId')) !== account) return 'forged';
      const given = field(fields, 'sign');
      if (isSameSignature(sign(fields, secret), given)) return 'genuine';
      // Nobody has written down whether the cards are signed.
      const withoutCards = sign(fields, secret, ['sign', 'cardData']);
      return isSameSignature(withoutCards, given) ? 'genuine-but-cards' : 'forged';
    },
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};
