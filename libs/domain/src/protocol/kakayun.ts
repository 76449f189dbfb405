import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import type { RefundFact, RefundState } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import type { AttemptKey, CreateRequest, ProtocolSpec, SuppliedProduct } from './protocol.js';
import { isSameSignature, md5, signedQuery } from './signatures.js';
import { suppliedCards } from './supplied-cards.js';
import { count, field, textAt, yuan, type JsonObject, type JsonValue } from './wire-values.js';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** The supplier's numbers for the fields of an account; what it has no number for is an extension (16). */
const ATTACH_TYPES: Readonly<Record<string, string>> = {
  server: '2',
  region: '3',
  game: '4',
  province: '5',
  city: '6',
  idNumber: '7',
  realName: '9',
  phone: '10',
  userId: '11',
};

const REFUNDS: Readonly<Record<string, RefundState>> = {
  '0': 'none',
  '1': 'full',
  '2': 'part',
  '3': 'marked',
  '4': 'full',
};

const sign = (fields: JsonObject, secret: string): string => md5(signedQuery(fields) + secret);

/** One field goes as plain text, several as a list of typed values. */
function attach(request: CreateRequest): { readonly attach?: JsonValue } {
  const others = otherAccountFields(request);
  if (others.length === 0) return request.kind === 'card' ? {} : { attach: mainAccount(request) };
  const typed = others.map(([name, value]) => ({ attachtype: ATTACH_TYPES[name] ?? name, value }));
  return { attach: [{ attachtype: '1', value: mainAccount(request) }, ...typed] };
}

const byNumber = ({ attemptNo }: AttemptKey): { readonly usorderno: string } => ({
  usorderno: attemptNo,
});

function refund(order: JsonObject): RefundFact {
  const stated = textAt(order, 'refundstatus');
  const state = stated === undefined ? 'unstated' : (REFUNDS[stated] ?? 'unstated');
  return { state, amountHao: yuan(field(order, 'refundmoney')) };
}

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'goodsid');
  const priceHao = yuan(field(item, 'goodsprice'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  const type = textAt(item, 'goodstype');
  return {
    supplierProductId,
    name: textAt(item, 'goodsname') ?? '',
    kind: type === '0' ? 'card' : type === '1' ? 'top-up' : undefined,
    priceHao,
    stock: count(field(item, 'stock')),
    isOnSale: textAt(item, 'goodsstatus') === '1',
  };
}

const QUERY_PACE = { perSecond: 3, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/** 卡卡云, "dockapiv3". */
export const kakayun: ProtocolSpec = {
  name: 'kakayun',
  title: '卡卡云',
  kinds: ['card', 'top-up'],
  guard: { meaning: 'total', currency: 'yuan', digits: 4, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 10_000 },
    createsPerSecond: undefined,
    query: { card: QUERY_PACE, 'top-up': { ...QUERY_PACE, firstAfterMs: 3 * MINUTE_MS } },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: { days: 30 },
    notifyLadderMs: [5, 10, 15, 20, 25].map((minutes) => minutes * MINUTE_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const named = { userid: account, timestamp: Math.floor(nowMs / SECOND_MS), ...fields };
    return {
      headers: JSON_HEADERS,
      body: JSON.stringify({ ...named, sign: sign(named, secret) }),
    };
  },
  calls: {
    create: {
      path: '/dockapiv3/order/create',
      fields: (request, guard) => ({
        goodsid: request.supplierProductId,
        buynum: request.quantity,
        usorderno: request.attemptNo,
        maxmoney: guard ?? '',
        ...attach(request),
        ...(request.callbackUrl === undefined ? {} : { callbackurl: request.callbackUrl }),
      }),
    },
    query: { path: '/dockapiv3/order/get', fields: byNumber },
    balance: { path: '/dockapiv3/user/info', fields: () => ({}) },
    products: {
      path: '/dockapiv3/goods/all',
      fields: ({ page }) => ({ page, limit: 50 }),
    },
    cancel: { path: '/dockapiv3/order/cancelOrder', fields: byNumber },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    createCodes: {
      // The vendor calls every code but 1 and 9999 a failure. 1205 is none: after a lost reply it says that the first
      // send did arrive. And a code that this table does not list may be new.
      listed: {
        '1': 'accepted',
        '9999': 'system-code',
        '-1': 'system-code',
        '401': 'auth',
        '402': 'auth',
        '403': 'auth',
        '404': 'limit',
        '1000': 'auth',
        '1001': 'auth',
        '1002': 'auth',
        '1200': 'parameter',
        '1201': 'parameter',
        '1202': 'parameter',
        '1203': 'parameter',
        '1204': 'parameter',
        '1205': 'duplicate-number',
        '1206': 'off-shelf',
        '1207': 'permission',
        '1208': 'account',
        '1209': 'permission',
        '1210': 'price',
        '1211': 'account',
        '1212': 'account',
        '1213': 'balance',
        '1214': 'off-shelf',
      },
    },
    createOrder: ['data'],
    queryOk: '1',
    queryNotFound: ['1301'],
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'usorderno',
      supplierNo: 'orderno',
      status: 'status',
      cost: 'money',
      message: 'receipt',
    },
    // Only 2 and 4 may ever be taken for a failure. 1 is "done" for cards, but "paid" for top-ups.
    statuses: {
      '0': 'processing',
      '1': { card: 'succeeded', 'top-up': 'processing' },
      '2': 'failed',
      '3': 'processing',
      '4': 'failed',
      '5': 'succeeded',
    },
    refund,
    cards: (order) =>
      suppliedCards(field(order, 'cards'), {
        no: 'card_no',
        password: 'card_pwd',
        expiry: 'card_expire_at',
        expiryFormat: 'seconds',
      }),
  },
  balance: { balance: ['data', 'money'], credit: ['data', 'creditquota'] },
  products: { list: ['data'], product, pageSize: 50, everyMs: 5_000 },
  notification: {
    verify: ({ fields }, { secret }) =>
      isSameSignature(sign(fields, secret), field(fields, 'sign')) ? 'genuine' : 'forged',
    changedProduct: 'goodsid',
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};
