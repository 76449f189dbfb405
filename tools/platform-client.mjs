// A platform's side of the native protocol (v1), to be copied: Node's standard library, nothing of Kagong's own.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const REPLY_WITHIN_MS = 35_000;
const CALLBACK_AGE_MAX_SECONDS = 300;

/**
 * The four headers that sign a request.
 *
 * The signature is the lower-case hex HMAC-SHA256, with the credential's secret, over five parts joined by a line
 * feed: method, path with query exactly as sent, Unix seconds, nonce, hex SHA-256 of the raw body.
 *
 * @param {object} request
 * @param {string} request.key public id of the credential
 * @param {string} request.secret
 * @param {string} request.method such as POST
 * @param {string} request.target path and query exactly as sent
 * @param {string} [request.body] exactly as sent; absent hashes as the empty string
 * @param {number} [request.timestamp] Unix seconds; refused when 300 s or more off the server's clock
 * @param {string} [request.nonce] 16 to 64 of [A-Za-z0-9_-], never used before
 * @returns {Record<string, string>}
 */
export function signRequest({ key, secret, method, target, body = '', timestamp, nonce }) {
  const seconds = String(timestamp ?? Math.floor(Date.now() / 1000));
  const once = nonce ?? randomBytes(16).toString('hex');
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = [method.toUpperCase(), target, seconds, once, bodyHash].join('\n');
  return {
    'Kagong-Key': key,
    'Kagong-Timestamp': seconds,
    'Kagong-Nonce': once,
    'Kagong-Signature': createHmac('sha256', secret).update(text).digest('hex'),
  };
}

/** An answer that is not a success, with the fields of its problem+json. */
export class PlatformError extends Error {
  /** @param {number} status @param {Record<string, any>} problem @param {string | null} retryAfter */
  constructor(status, problem, retryAfter) {
    super(
      `${status} ${problem['code'] ?? ''}: ${problem['detail'] ?? problem['title'] ?? 'no explanation'}`,
    );
    this.name = 'PlatformError';
    this.status = status;
    /** For programs, such as `order.number-reused`. */
    this.code = problem['code'];
    this.problem = problem;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

/** Calls the platform API. Where no answer comes, the same call may be repeated: an order number is never used twice. */
export class PlatformClient {
  /** @param {{ api: string, key: string, secret: string, language?: string }} options `api` such as http://127.0.0.1:3000 */
  constructor({ api, key, secret, language }) {
    this.api = api.replace(/\/$/, '');
    this.key = key;
    this.secret = secret;
    this.language = language;
  }

  /**
   * Submits an order; the same number with the same content answers with the order as it stands.
   * @param {{ merchantOrderNo: string, productCode: string, quantity: number, account?: Record<string, string>,
   *   maxAmount?: string, callbackUrl?: string, customerNo?: string, saleChannel?: string, remark?: string }} order
   * @param {{ waitSeconds?: number }} [options] how long the answer may wait for the order to be final, at most 25
   */
  submitOrder(order, { waitSeconds } = {}) {
    const headers = waitSeconds === undefined ? undefined : { Prefer: `wait=${waitSeconds}` };
    return this.call('POST', '/open/v1/orders', order, headers);
  }

  /** One order, codes included. @param {string} merchantOrderNo */
  getOrder(merchantOrderNo) {
    return this.call('GET', `/open/v1/orders/${encodeURIComponent(merchantOrderNo)}`);
  }

  /** Asks to cancel what is not delivered. @param {string} merchantOrderNo @param {string} reason */
  cancelOrder(merchantOrderNo, reason) {
    return this.call('POST', `/open/v1/orders/${encodeURIComponent(merchantOrderNo)}/cancel`, {
      reason,
    });
  }

  /** What this platform may sell: one page. @param {{ limit?: number, cursor?: string }} [page] */
  products({ limit, cursor } = {}) {
    const query = new URLSearchParams();
    if (limit !== undefined) query.set('limit', String(limit));
    if (cursor !== undefined) query.set('cursor', cursor);
    const text = query.toString();
    return this.call('GET', `/open/v1/products${text === '' ? '' : `?${text}`}`);
  }

  /** @param {string} productCode */
  product(productCode) {
    return this.call('GET', `/open/v1/products/${encodeURIComponent(productCode)}`);
  }

  /** The price now, and why. @param {{ productCode: string, quantity: number }} wish */
  quote(wish) {
    return this.call('POST', '/open/v1/quotes', wish);
  }

  /** Balance, held, creditLimit, creditUsed. */
  balance() {
    return this.call('GET', '/open/v1/balance');
  }

  /**
   * Any signed call. Throws PlatformError for every answer that is not 2xx.
   * @param {string} method
   * @param {string} target path and query
   * @param {unknown} [payload]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   */
  async call(method, target, payload, headers = {}) {
    const body = payload === undefined ? undefined : JSON.stringify(payload);
    const { key, secret } = this;
    const answer = await fetch(`${this.api}${target}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(REPLY_WITHIN_MS),
      headers: {
        ...signRequest({ key, secret, method, target, ...(body === undefined ? {} : { body }) }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.language === undefined ? {} : { 'Accept-Language': this.language }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const content = parse(text);
    if (answer.ok) return content;
    throw new PlatformError(
      answer.status,
      content ?? { detail: text.slice(0, 200) },
      answer.headers.get('retry-after'),
    );
  }
}

/**
 * Checks a callback (Standard Webhooks) and returns its content. Throws where it is not from Kagong or too old.
 * Answer it with any 2xx; the same `webhook-id` may come again and must then change nothing.
 * @param {object} callback
 * @param {string} callback.secret the callback secret, `whsec_…`
 * @param {Record<string, string | string[] | undefined>} callback.headers with lower-case names, as Node gives them
 * @param {string | Buffer} callback.body the raw bytes received, not parsed and written again
 * @param {number} [callback.nowSeconds]
 * @returns {{ id: string, type: string, data: any }}
 */
export function verifyCallback({ secret, headers, body, nowSeconds = Date.now() / 1000 }) {
  const id = String(headers['webhook-id'] ?? '');
  const timestamp = String(headers['webhook-timestamp'] ?? '');
  if (
    Math.abs(nowSeconds - Number(timestamp)) > CALLBACK_AGE_MAX_SECONDS ||
    !/^\d+$/.test(timestamp)
  ) {
    throw new Error('the callback is too old, or its time is missing');
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  const signatures = String(headers['webhook-signature'] ?? '').split(' ');
  if (!signatures.some((signature) => isEqual(signature, expected)))
    throw new Error('the callback is not signed by Kagong');
  const { type, data } = JSON.parse(body.toString());
  return { id, type, data };
}

/** @param {string} signature such as `v1,<base64>` @param {Buffer} expected */
function isEqual(signature, expected) {
  if (!signature.startsWith('v1,')) return false;
  const given = Buffer.from(signature.slice(3), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
