import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { refundOfAmount } from '../supply/supply-report.js';
import { mainAccount } from './account-values.js';
import { openCbc } from './card-ciphers.js';
import type { AttemptKey, Connection, ProtocolSpec, SuppliedProduct } from './protocol.js';
import { isSameSignature, md5, signedPairs } from './signatures.js';
import { suppliedCards } from './supplied-cards.js';
import { field, isAbsent, parseJson, text, textAt, yuan, type JsonObject } from './wire-values.js';

/** The public headers take part in the signature as if they were fields. */
const sign = (fields: JsonObject, secret: string, leftOut = ['sign']): string =>
  md5(signedPairs(fields, leftOut) + secret);

const byNumber = ({ attemptNo }: AttemptKey): { readonly accessOrderNo: string } => ({
  accessOrderNo: attemptNo,
});

/** One sealed text; the key is the hex digest of the token, used as text. A link is a card without a password. */
function cards(order: JsonObject, { secret }: Connection): ReturnType<typeof suppliedCards> {
  const sealed = field(order, 'cardList');
  if (isAbsent(sealed)) return [];
  const opened = typeof sealed === 'string' ? openCbc(sealed, Buffer.from(md5(secret))) : undefined;
  const list = opened === undefined ? undefined : parseJson(opened);
  if (!Array.isArray(list)) return undefined;
  const linked = list.map((card: JsonObject) =>
    isAbsent(card['cardPwd']) ? { ...card, cardPwd: card['cardLink'] ?? '' } : card,
  );
  const names = { no: 'cardNo', password: 'cardPwd', expiry: undefined } as const;
  return suppliedCards(linked, { ...names, expiryFormat: 'seconds' });
}

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'goodsCode');
  const priceHao = yuan(field(item, 'goodsPrice'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  const type = textAt(item, 'rechargeType');
  return {
    supplierProductId,
    name: textAt(item, 'goodsName') ?? '',
    kind: type === '1' ? 'top-up' : type === '2' ? 'card' : undefined,
    priceHao,
    stock: undefined,
    isOnSale: textAt(item, 'goodsStatus') === '1',
  };
}

const QUERY_PACE = { perSecond: 5, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/** 聚浪云. */
export const julangyun: ProtocolSpec = {
  name: 'julangyun',
  title: '聚浪云',
  kinds: ['card', 'top-up'],
  guard: { meaning: 'total', currency: 'yuan', digits: 4, trailingZeros: 'drop' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 10_000 },
    createsPerSecond: undefined,
    query: { card: QUERY_PACE, 'top-up': { ...QUERY_PACE, firstAfterMs: 3 * MINUTE_MS } },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: Array.from({ length: 5 }, () => MINUTE_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const who = { userCode: account, timestamp: String(Math.floor(nowMs / SECOND_MS)) };
    return {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...who,
        sign: sign({ ...fields, ...who }, secret),
      },
      body: JSON.stringify(fields),
    };
  },
  calls: {
    create: {
      path: '/api/recharge/order/submit',
      fields: (request, guard) => ({
        goodsCode: request.supplierProductId,
        accessOrderNo: request.attemptNo,
        orderNum: request.quantity,
        accessPrice: Number(guard),
        ...(request.kind === 'card' ? {} : { rechargeAccount: mainAccount(request) }),
        ...(request.callbackUrl === undefined ? {} : { callbackUrl: request.callbackUrl }),
      }),
    },
    query: { path: '/api/recharge/order/detail', fields: byNumber },
    balance: { method: 'GET', path: '/api/recharge/user/amount/detail', fields: () => ({}) },
    products: { path: '/api/recharge/goods/list', fields: ({ page }) => ({ page }) },
    // 200 says only that the request was taken: the money shows in the order.
    cancel: { path: '/api/recharge/order/cancel', fields: byNumber },
  },
  reply: {
    code: ['code'],
    message: ['message'],
    createCodes: {
      // The vendor says it in words: 400 and 500 are no failures.
      listed: {
        '200': 'accepted',
        '400': 'system-code',
        '500': 'system-code',
        '803': 'duplicate-number',
        '1001': 'auth',
        '1002': 'auth',
        '1003': 'auth',
        '1004': 'account',
        '1005': 'parameter',
        '1101': 'auth',
        '1102': 'auth',
        '1103': 'auth',
        '1104': 'balance',
        '1201': 'off-shelf',
        '1202': 'off-shelf',
        '1203': 'stock',
        '1204': 'permission',
        '1205': 'permission',
        '1206': 'permission',
        '1302': 'duplicate-number',
        '1304': 'price',
        '1305': 'other',
        '1307': 'permission',
        '1308': 'permission',
        '1309': 'blacklist',
        '1310': 'other',
        '1312': 'parameter',
        '1313': 'other',
        '1401': 'off-shelf',
      },
    },
    createOrder: ['data'],
    queryOk: '200',
    queryNotFound: ['1301'],
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'accessOrderNo',
      supplierNo: 'returnOrderNo',
      status: 'orderStatus',
      cost: 'payPrice',
      message: 'remark',
    },
    // A part that is refunded leaves the status as it was.
    statuses: { '20': 'processing', '30': 'succeeded', '40': 'failed', '50': 'failed' },
    refund: (order, costHao) => refundOfAmount(yuan(field(order, 'refundAmount')), costHao),
    cards,
  },
  balance: { balance: ['data', 'amount'], credit: ['data', 'credit'] },
  products: { list: ['data'], product },
  notification: {
    verify({ headers, fields }, { account, secret }) {
      const given = headers['sign'] ?? text(field(fields, 'sign'));
      if (given === undefined) return 'unsigned';
      const userCode = headers['usercode'] ?? text(field(fields, 'userCode'));
      if (userCode !== undefined && userCode !== account) return 'forged';
      const timestamp = headers['timestamp'] ?? text(field(fields, 'timestamp')) ?? '';
      const whole = { ...fields, userCode: userCode ?? '', timestamp };
      if (isSameSignature(sign(whole, secret), given)) return 'genuine';
      const withoutCards = sign(whole, secret, ['sign', 'cardList']);
      return isSameSignature(withoutCards, given) ? 'genuine-but-cards' : 'forged';
    },
    changedProduct: 'goodsCode',
    acknowledgement: { contentType: 'application/json', body: '{"code":200,"message":"success"}' },
  },
};
