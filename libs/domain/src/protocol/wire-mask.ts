import type { Connection, Exchange, WireRequest } from './protocol.js';

const TEXT_MAX = 4_000;
/** Fields whose values are words of the protocol, not goods: only these are kept as they are. */
const KEPT =
  /^(code|errcode|error_?code|ret|status|state|order_?(state|status)|success|result|msg|message|error|errmsg|time(stamp)?|version|v|method|api|total|page|limit|count|num|number|quantity|buy_?num|goods_?(id|no|num|count|type)|product_?(id|no|num)|type|price|max_?price|safe_?(price|cost)|money|amount|cost|total_?(price|money|amount)|refund\w*|balance|credit)$/i;
/** Numbers of orders, ours and the supplier's. */
const NUMBERS =
  /(order_?(no|sn|id|number)|out_?trade_?no|trade_?no|external_?orderno|outer_?(order_?id|number)|attempt_?no|usorderno|user_?order_?id|ordersn|yanhai)$/i;
const ACCOUNTS = /(account|recharge|charge_?(account|no|params?)|phone|mobile|qq|uid|attach)/i;
const RUN = /[A-Za-z0-9+/=_-]{6,}/g;

/** A request as it may be kept: names and words, no secret, no signature, no whole account. */
export function maskRequest(request: WireRequest, connection: Connection): string {
  const { method, path, headers, body } = request;
  const query = path.indexOf('?');
  const address = query < 0 ? path : `${path.slice(0, query)}?${maskForm(path.slice(query + 1))}`;
  const kept = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'content-type')
    .map(([name, value]) => `${name}: ${value}`);
  return cut(
    withoutSecret([`${method} ${address}`, ...kept, maskText(body)].join('\n'), connection),
  );
}

/** A reply as it may be kept; null where there was none. What cannot be read keeps only its shape. */
export function maskReply(exchange: Exchange, connection: Connection): string | null {
  if (exchange.result !== 'reply') return `(${exchange.result}: ${exchange.reason})`;
  return cut(withoutSecret(maskText(Buffer.from(exchange.body).toString('utf8')), connection));
}

/** A notification's body as it may be kept. */
export function maskBody(body: Uint8Array, connection: Connection): string {
  return cut(withoutSecret(maskText(Buffer.from(body).toString('utf8')), connection));
}

/** No longer than a row takes, and without the one sign that Postgres keeps in no text. */
const cut = (text: string): string => {
  const kept = text.replaceAll('\0', '␀');
  return kept.length <= TEXT_MAX ? kept : `${kept.slice(0, TEXT_MAX - 1)}…`;
};

/** Whatever the masks have missed: the secret itself is in nothing that is kept. */
function withoutSecret(text: string, { secret }: Connection): string {
  return secret === '' ? text : text.replaceAll(secret, '***');
}

function maskText(text: string): string {
  if (text === '') return '';
  const json = parsed(text);
  if (json !== undefined) return JSON.stringify(maskValue('', json));
  if (MULTIPART.test(text)) return maskMultipart(text);
  if (/^[\w.[\]-]+=/.test(text) && !text.includes('\n')) return maskForm(text);
  return maskRuns(text.slice(0, TEXT_MAX));
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const MULTIPART = /^--[\w-]+\r\nContent-Disposition: form-data;/i;
const PART = /name="([^"\r\n]*)"\r\n\r\n([^\r\n]*)\r\n/g;

/** A form in parts is kept like any other form. */
function maskMultipart(text: string): string {
  return [...text.matchAll(PART)]
    .map(([, name = '', value = '']) => `${name}=${maskWord(name, value)}`)
    .join('&');
}

function maskForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return maskRuns(pair);
      const name = pair.slice(0, at);
      return `${name}=${maskWord(name, decoded(pair.slice(at + 1)))}`;
    })
    .join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function maskValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(name, item));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [maskRuns(key, 24), maskValue(key, inner)]),
    );
  if (typeof value === 'string') return maskWord(name, value);
  return typeof value !== 'number' || KEPT.test(name) || NUMBERS.test(name) ? value : '***';
}

function maskWord(name: string, value: string): string {
  if (value === '') return '';
  if (NUMBERS.test(name)) return /^[\w-]{1,64}$/.test(value) ? value : maskRuns(value);
  if (KEPT.test(name))
    return value.length <= 40 && !/\s/.test(value) ? shortWord(value) : maskRuns(value);
  const inner = parsed(value);
  if (inner !== undefined) return JSON.stringify(maskValue(name, inner));
  return ACCOUNTS.test(name) && value.length >= 7
    ? `${value.slice(0, 3)}****${value.slice(-2)}`
    : `***(${value.length})`;
}

/** A word of a protocol is short or plain text; anything that could be a code is none. */
const shortWord = (value: string): string =>
  /^[\d.:\-T+Z]{1,32}$/.test(value) ? value : maskRuns(value, 13);

function maskRuns(text: string, from = 6): string {
  return text.replace(RUN, (run) => (run.length >= from ? `***(${run.length})` : run));
}
