import { MINUTE_MS, SECOND_MS } from '../shared/business-time.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import { mainAccount } from './account-values.js';
import type { CreateRequest, ProtocolSpec } from './protocol.js';
import { isSameSignature, md5, signedEntries, signedQuery, signedText } from './signatures.js';
import { field, text, type JsonObject } from './wire-values.js';

const LEFT_OUT = ['sign', 'version', 'extendParameter'];

const sign = (fields: JsonObject, secret: string): string =>
  md5(`${signedQuery(fields, LEFT_OUT)}&key=${secret}`).toUpperCase();

/** 1 a phone number, 2 a QQ number, 0 anything else. */
function accountType(request: CreateRequest): string {
  const stated = request.account['accountType'];
  if (stated !== undefined && stated !== '') return stated;
  return /^1\d{10}$/.test(mainAccount(request)) ? '1' : '0';
}

const QUERY_PACE = { perSecond: 2, firstAfterMs: 5 * MINUTE_MS, everyMs: 2 * MINUTE_MS };

/** 飞速源: top-ups, one at a time, without a price guard of its own. */
export const feisuyuan: ProtocolSpec = {
  name: 'feisuyuan',
  title: '飞速源',
  kinds: ['top-up'],
  guard: { meaning: 'none', currency: 'yuan', digits: 2, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 0, 'top-up': 1 },
    createsPerSecond: undefined,
    query: { card: QUERY_PACE, 'top-up': QUERY_PACE },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: [],
  },
  seal(fields, { account, secret }, nowMs) {
    const timeStamp = String(Math.floor(nowMs / SECOND_MS));
    const named = { ...fields, merchantId: account, timeStamp, version: '1.0' };
    const form = new URLSearchParams();
    for (const [name, value] of signedEntries(named)) form.append(name, signedText(value));
    form.append('sign', sign(named, secret));
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form.toString(),
    };
  },
  calls: {
    create: {
      path: '/recharge/order',
      fields: (request) => ({
        outTradeNo: request.attemptNo,
        productId: request.supplierProductId,
        rechargeAccount: mainAccount(request),
        accountType: accountType(request),
        number: '1',
        notifyUrl: request.callbackUrl ?? '',
      }),
    },
    query: { path: '/recharge/query', fields: ({ attemptNo }) => ({ outTradeNo: attemptNo }) },
    balance: { path: '/recharge/info', fields: () => ({}) },
  },
  reply: {
    code: ['code'],
    message: ['message'],
    createCodes: {
      listed: {
        '2000': 'accepted',
        '1999': 'system-code',
        '1005': 'duplicate-number',
        '1008': 'balance',
        '1011': 'account',
        '1099': 'limit',
      },
    },
    createOrder: [],
    queryOk: '0000',
    queryNotFound: ['1012'],
    queryOrder: [],
  },
  order: {
    names: {
      ourNo: 'outTradeNo',
      supplierNo: 'orderNo',
      status: 'status',
      cost: undefined,
      message: 'message',
    },
    // 04 is looked into by the supplier's people.
    statuses: { '01': 'succeeded', '02': 'processing', '03': 'failed', '04': 'abnormal' },
    refund: () => REFUND_UNSTATED,
    cards: () => [],
  },
  balance: { balance: ['balance'], credit: undefined },
  notification: {
    verify({ fields }, { account, secret }) {
      if (text(field(fields, 'merchantId')) !== account) return 'forged';
      return isSameSignature(sign(fields, secret), field(fields, 'sign')) ? 'genuine' : 'forged';
    },
    acknowledgement: { contentType: 'text/plain', body: 'success' },
  },
};
