import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { refundOfAmount } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import { openEcb } from './card-ciphers.js';
import type {
  AttemptKey,
  ByMessage,
  Connection,
  CreateRequest,
  ProtocolSpec,
  SuppliedProduct,
} from './protocol.js';
import { isSameSignature, md5 } from './signatures.js';
import { suppliedCards, type CardNames } from './supplied-cards.js';
import {
  count,
  field,
  isAbsent,
  parseJson,
  text,
  textAt,
  yuan,
  type JsonObject,
} from './wire-values.js';

const VERSION = '3.0';
/** What the vendor's order form calls the account. */
const ACCOUNT_LABEL = '充值账号';

/** The signature covers the bytes of the body, so it is made from the text that is sent or was received. */
const sign = (account: string, secret: string, timestamp: string, body: string): string =>
  md5(account + secret + VERSION + timestamp + body);

/** The vendor has no table of codes: 1000 is success, for the rest the words count; unknown words are no answer. */
const MESSAGES: ByMessage = {
  messages: [
    [/重复|已存在|已被使用|已使用过/, 'duplicate-number'],
    [/系统(异常|错误|繁忙)|超时|稍后/, 'system-code'],
    [/黑名单/, 'blacklist'],
    [/余额不足/, 'balance'],
    [/库存不足|缺货|暂无库存/, 'stock'],
    [/安全价|成本价|价格.*(变动|高于|超)|亏本/, 'price'],
    [/(商品|规格).*(不存在|下架|维护|停售|禁售)|已下架/, 'off-shelf'],
    [/(账号|帐号|手机号|充值信息|充值内容).*(错误|有误|不正确|格式|为空|必填)/, 'account'],
    [/签名|客户编号|时间戳|IP|接口权限/, 'auth'],
    [/频繁|超限|限流/, 'limit'],
    [/购买数量|购买权限|无权/, 'permission'],
  ],
  otherwise: 'new-code',
};

const CARD_NAMES: CardNames = {
  no: 'cardNo',
  password: 'cardPwd',
  expiry: undefined,
  expiryFormat: 'seconds',
  // 2: taken back, 4: being taken back.
  isVoid: (card) => ['2', '4'].includes(textAt(card, 'status') ?? ''),
};

/** In a notification the whole list is one sealed text; in replies it is a list. */
function sealedCards(order: JsonObject, { secret }: Connection): ReturnType<typeof suppliedCards> {
  const sealed = field(order, 'cards');
  if (isAbsent(sealed)) return [];
  const opened = typeof sealed === 'string' ? openEcb(sealed, secret, 32) : undefined;
  return opened === undefined ? undefined : suppliedCards(parseJson(opened), CARD_NAMES);
}

const byNumber = ({ attemptNo }: AttemptKey): { orderNumber: string; outerNumber: string } => ({
  orderNumber: '',
  outerNumber: attemptNo,
});

function attach(request: CreateRequest): { name: string; value: string }[] {
  if (request.kind === 'card') return [];
  const label = request.fieldNames?.['account'] ?? ACCOUNT_LABEL;
  const others = otherAccountFields(request).map(([name, value]) => ({ name, value }));
  return [{ name: label, value: mainAccount(request) }, ...others];
}

function product(item: JsonObject): SuppliedProduct | undefined {
  const supplierProductId = textAt(item, 'goodsId');
  const priceHao = yuan(field(item, 'salesPrice'));
  if (supplierProductId === undefined || priceHao === undefined) return undefined;
  return {
    supplierProductId,
    name: textAt(item, 'name') ?? '',
    kind: undefined,
    priceHao,
    stock: count(field(item, 'stockCount')),
    isOnSale: textAt(item, 'status') === '1',
  };
}

const QUERY_PACE = { perSecond: 5, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/** 卡易信, client API 3.0. */
export const kayixin: ProtocolSpec = {
  name: 'kayixin',
  title: '卡易信',
  kinds: ['card', 'top-up'],
  guard: { meaning: 'total', currency: 'yuan', digits: 4, trailingZeros: 'drop' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 10_000, 'top-up': 10_000 },
    createsPerSecond: undefined,
    query: { card: QUERY_PACE, 'top-up': { ...QUERY_PACE, firstAfterMs: 3 * MINUTE_MS } },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: [15, 15, 30, 180, 600, 1_200, 1_800].map((seconds) => seconds * SECOND_MS),
  },
  seal(fields, { account, secret }, nowMs) {
    const timestamp = String(Math.floor(nowMs / SECOND_MS));
    const body = JSON.stringify(fields);
    return {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-app-id': account,
        'x-version': VERSION,
        'x-timestamp': timestamp,
        'x-signature': sign(account, secret, timestamp, body),
      },
      body,
    };
  },
  calls: {
    create: {
      path: '/api/v3/order/create',
      fields: (request, guard) => ({
        goodsId: request.supplierProductId,
        count: request.quantity,
        notifyUrl: request.callbackUrl ?? '',
        outerNumber: request.attemptNo,
        safePrice: Number(guard),
        sku: request.fieldNames?.['sku'] ?? '',
        attach: attach(request),
      }),
    },
    query: { path: '/api/v3/order/getDetail', fields: byNumber },
    balance: { path: '/api/v3/user/getAccount', fields: () => ({}) },
    products: { path: '/api/v3/goods/getList', fields: ({ page }) => ({ page, limit: 100 }) },
    cancel: { path: '/api/v3/order/refunds', fields: byNumber },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    createCodes: { listed: { '1000': 'accepted' }, unlisted: MESSAGES },
    createOrder: ['data'],
    queryOk: '1000',
    queryNotFound: [],
    queryNotFoundMessages: /订单.*(不存在|未找到)|(未找到|没有找到|无此|查无).*订单/,
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'outerNumber',
      supplierNo: 'orderNumber',
      status: 'status',
      cost: 'money',
      message: 'result',
    },
    // 5 says only that money moved; how much of it came back decides.
    statuses: {
      '0': 'failed',
      '1': 'processing',
      '2': 'processing',
      '3': 'succeeded',
      '4': 'failed',
      '5': 'refunded',
      '7': 'processing',
      '8': 'processing',
      '9': 'succeeded',
    },
    refund: (order, costHao) =>
      textAt(order, 'status') === '4'
        ? { state: 'full', amountHao: costHao }
        : refundOfAmount(yuan(field(order, 'retMoney')), costHao),
    cards: (order) => suppliedCards(field(order, 'cards'), CARD_NAMES),
  },
  balance: { balance: ['data', 'balance'], credit: undefined },
  products: { list: ['data', 'list'], product },
  notification: {
    verify({ headers, text: body }, { account, secret }) {
      const signature = headers['x-signature'];
      // Whole installations send the callback without the documented headers: then it is only a hint.
      if (signature === undefined) return 'unsigned';
      const expected = sign(account, secret, headers['x-timestamp'] ?? '', body);
      const isOurs = text(headers['x-app-id']) === account && headers['x-version'] === VERSION;
      return isOurs && isSameSignature(expected, signature) ? 'genuine' : 'forged';
    },
    cards: sealedCards,
    acknowledgement: { contentType: 'text/plain', body: 'ok' },
  },
};
