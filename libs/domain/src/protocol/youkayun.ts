import { MINUTE_MS } from '../shared/business-time.js';
import type { RefundFact } from '../supply/supply-report.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import { mainAccount } from './account-values.js';
import type { ProtocolSpec } from './protocol.js';
import { md5, signedEntries, signedQuery, signedText } from './signatures.js';
import { textAt, type JsonObject } from './wire-values.js';

/** The only status that speaks of money is the one that says all of it is back. */
const refund = (order: JsonObject): RefundFact =>
  textAt(order, 'status') === '5' ? { state: 'full', amountHao: undefined } : REFUND_UNSTATED;

function multipart(fields: readonly (readonly [string, string])[], boundary: string): string {
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}

const QUERY_PACE = { perSecond: 2, firstAfterMs: 3 * MINUTE_MS, everyMs: MINUTE_MS };

/** 优卡云: top-ups. It does not tell how much of an order was done, so they go one by one. */
export const youkayun: ProtocolSpec = {
  name: 'youkayun',
  title: '优卡云',
  kinds: ['top-up'],
  guard: { meaning: 'total', currency: 'yuan', digits: 4, trailingZeros: 'keep' },
  limits: {
    attemptNoMax: 32,
    quantityMax: { card: 0, 'top-up': 1 },
    createsPerSecond: 2,
    query: { card: QUERY_PACE, 'top-up': QUERY_PACE },
    notFoundGraceMs: 5 * MINUTE_MS,
    history: 'unstated',
    notifyLadderMs: Array.from({ length: 5 }, () => MINUTE_MS),
  },
  seal(fields, { account, secret }) {
    const named = { ...fields, userid: account };
    const sign = md5(signedQuery(named) + secret);
    const sent = signedEntries(named).map(([name, value]) => [name, signedText(value)] as const);
    const boundary = `form-${sign}`;
    return {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: multipart([...sent, ['sign', sign]], boundary),
    };
  },
  calls: {
    create: {
      path: '/api/buygoods',
      fields: (request, guard) => ({
        goodsid: request.supplierProductId,
        quantity: String(request.quantity),
        maxmoney: guard ?? '',
        accountname: mainAccount(request),
        outorderno: request.attemptNo,
        callbackurl: request.callbackUrl ?? '',
      }),
    },
    query: { path: '/api/queryorder', fields: ({ attemptNo }) => ({ outer_order_id: attemptNo }) },
    balance: { path: '/api/getusermoney', fields: () => ({}) },
  },
  reply: {
    code: ['code'],
    message: ['msg'],
    // Nothing but 1000 is written down: every other code can only be asked about.
    createCodes: { listed: { '1000': 'accepted' } },
    createOrder: ['data'],
    queryOk: '1000',
    queryNotFound: [],
    queryNotFoundMessages: /订单.*(不存在|未找到)/,
    queryOrder: ['data'],
  },
  order: {
    names: {
      ourNo: 'outorderno',
      supplierNo: 'ordersn',
      status: 'status',
      cost: undefined,
      message: 'result',
    },
    statuses: { '1': 'processing', '2': 'processing', '3': 'succeeded', '5': 'failed' },
    refund,
    cards: () => [],
  },
  balance: { balance: ['money'], credit: undefined },
  notification: {
    // The documented callback has no signature. And its names are swapped: `orderno` is our number.
    names: { ourNo: 'orderno', supplierNo: 'outorderno' },
    verify: () => 'unsigned',
    acknowledgement: { contentType: 'application/json', body: '{"code":1000}' },
  },
};
