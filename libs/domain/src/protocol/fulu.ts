import { MINUTE_MS, SHANGHAI_OFFSET_MS } from '../shared/business-time.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import { mainAccount, otherAccountFields } from './account-values.js';
import type { ProtocolSpec } from './protocol.js';
import { isSameSignature, md5 } from './signatures.js';
import { field, text, type JsonObject } from './wire-values.js';

/** All calls go to one address; `method` tells them apart. */
const GATEWAY = '/api/getway';

/** Every character of the compact JSON, sorted, and the secret behind. */
function sign(fields: JsonObject, secret: string): string {
  const characters = Array.from(JSON.stringify(fields)).toSorted((a, b) => (a < b ? -1 : 1));
  return md5(characters.join('') + secret);
}

/** `2025-01-01 08:00:00` in Shanghai. */
const clockText = (nowMs: number): string =>
  new Date(nowMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

const QUERY_PACE = { perSecond: 5, firstAfterMs: MINUTE_MS, everyMs: MINUTE_MS };

/**
 * 福禄, open platform v2: top-ups. How its cards are sealed is written down nowhere that we know of, so they are not
 * bought here. Nothing but success is listed among its codes: every other reply can only be asked about.
 */
export const fulu: ProtocolSpec = {
  name: 'fulu',
  title: '福禄',
  kinds: ['top-up'],
  guard: { meaning: 'unit', currency: 'yuan', digits: 4, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 0, 'top-up': 1 },
    createsPerSecond: undefined,
    query: { card: QUERY_PACE, 'top-up': QUERY_PACE },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: [],
  },
  seal({ method, ...content }, { account, secret }, nowMs) {
    const said = {
      app_key: account,
      method: method ?? '',
      timestamp: clockText(nowMs),
      version: '2.0',
      format: 'json',
      charset: 'utf-8',
      sign_type: 'md5',
      app_auth_token: '',
      biz_content: JSON.stringify(content),
    };
    return {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...said, sign: sign(said, secret) }),
    };
  },
  calls: {
    create: {
      path: GATEWAY,
      fields: (request, guard) => ({
        method: 'fulu.order.direct.add',
        product_id: request.supplierProductId,
        customer_order_no: request.attemptNo,
        charge_account: mainAccount(request),
        buy_num: request.quantity,
        customer_price: guard ?? '',
        ...Object.fromEntries(otherAccountFields(request)),
      }),
    },
    query: {
      path: GATEWAY,
      fields: ({ attemptNo }) => ({
        method: 'fulu.order.info.get',
        customer_order_no: attemptNo,
      }),
    },
    balance: { path: GATEWAY, fields: () => ({ method: 'fulu.user.info.get' }) },
  },
  reply: {
    code: ['code'],
    message: ['message'],
    inner: 'result',
    createCodes: {
      listed: { '0': 'accepted' },
      unlisted: {
        messages: [[/订单号?.*(重复|已存在)/, 'duplicate-number']],
        otherwise: 'new-code',
      },
    },
    createOrder: ['result'],
    queryOk: '0',
    queryNotFound: [],
    queryNotFoundMessages: /订单.*(不存在|未找到)/,
    queryOrder: ['result'],
  },
  order: {
    names: {
      ourNo: 'customer_order_no',
      supplierNo: 'order_id',
      status: 'order_status',
      cost: undefined,
      message: 'message',
    },
    statuses: {
      untreated: 'processing',
      processing: 'processing',
      success: 'succeeded',
      failed: 'failed',
    },
    refund: () => REFUND_UNSTATED,
    cards: () => [],
  },
  balance: { balance: ['result', 'balance'], credit: undefined },
  notification: {
    verify({ fields }, { secret }) {
      const { sign: given, ...said } = fields;
      if (text(field(fields, 'sign')) === undefined) return 'unsigned';
      return isSameSignature(sign(said, secret), given) ? 'genuine' : 'forged';
    },
    acknowledgement: { contentType: 'text/plain', body: 'success' },
  },
};
