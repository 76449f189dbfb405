import type { QueryReply } from '../supply/supply-report.js';
import { REFUND_UNSTATED } from '../supply/supply-report.js';
import type {
  AttemptKey,
  BalanceReply,
  CancelReply,
  Connection,
  Exchange,
  ProductsReply,
  ProtocolSpec,
} from './protocol.js';
import {
  isOfAnother,
  isUnreadable,
  meaningOf,
  noInformation,
  readReply,
  reportOf,
  type ReadReply,
} from './read-reply.js';
import {
  at,
  isAbsent,
  isObject,
  signedYuan,
  type JsonObject,
  type JsonValue,
} from './wire-values.js';

const PRODUCTS_MAX = 10_000;

/** What the supplier says of our attempt, or nothing that could be used. */
export function decodeQuery(
  spec: ProtocolSpec,
  exchange: Exchange,
  key: AttemptKey,
  connection: Connection,
): QueryReply {
  const reply = readReply(exchange, spec);
  if (isUnreadable(reply)) return noInformation(reply.cause, { message: reply.message });
  if (isNotFound(spec, reply)) return notFound(reply);
  if (reply.code !== spec.reply.queryOk || reply.status >= 400) return unusable(spec, reply);
  const found = at(reply.body, spec.reply.queryOrder);
  if (Array.isArray(found) && found.length === 0) return notFound(reply);
  const order = orderIn(found, spec, key);
  if (!order) return noInformation('malformed', reply);
  const { names } = spec.order;
  if (
    isOfAnother(order, names.ourNo, key.attemptNo) ||
    isOfAnother(order, names.supplierNo, key.supplierOrderNo)
  )
    return noInformation('wrong-order', reply);
  const report = reportOf(order, spec.order, { names, kind: key.kind, connection });
  return report ? { outcome: 'report', report } : noInformation('malformed', reply);
}

/** Suppliers that answer with a list may answer with more than we asked for. */
function orderIn(
  found: JsonValue | undefined,
  spec: ProtocolSpec,
  key: AttemptKey,
): JsonObject | undefined {
  if (isObject(found)) return found;
  if (!Array.isArray(found)) return undefined;
  const orders = (found as readonly JsonValue[]).filter(isObject);
  const { ourNo } = spec.order.names;
  return orders.find((order) => order[ourNo] === key.attemptNo) ?? orders[0];
}

function isNotFound({ reply: spec }: ProtocolSpec, reply: ReadReply): boolean {
  if (spec.queryNotFound.includes(reply.code)) return true;
  return reply.code !== spec.queryOk && (spec.queryNotFoundMessages?.test(reply.message) ?? false);
}

const notFound = (reply: ReadReply): QueryReply => ({
  outcome: 'report',
  report: {
    said: 'not-found',
    rawStatus: reply.code,
    supplierOrderNo: undefined,
    cards: [],
    costHao: undefined,
    refund: REFUND_UNSTATED,
    message: reply.message,
  },
});

function unusable(spec: ProtocolSpec, reply: ReadReply): ReturnType<typeof noInformation> {
  const meaning = meaningOf(spec.reply.createCodes, reply.code, reply.message);
  return noInformation(meaning ?? 'new-code', { ...reply, isNewCode: meaning === undefined });
}

/** A reply to a call that only reads. */
function readOk(
  spec: ProtocolSpec,
  exchange: Exchange,
): ReadReply | ReturnType<typeof noInformation> {
  const reply = readReply(exchange, spec);
  if (isUnreadable(reply)) return noInformation(reply.cause, { message: reply.message });
  return reply.code === spec.reply.queryOk && reply.status < 400 ? reply : unusable(spec, reply);
}

export function decodeBalance(spec: ProtocolSpec, exchange: Exchange): BalanceReply {
  const reply = readOk(spec, exchange);
  if ('outcome' in reply) return reply;
  const balanceHao = signedYuan(at(reply.body, spec.balance.balance));
  const credit = spec.balance.credit && at(reply.body, spec.balance.credit);
  const creditHao = isAbsent(credit) ? undefined : signedYuan(credit);
  if (balanceHao === undefined || (!isAbsent(credit) && creditHao === undefined))
    return noInformation('malformed', reply);
  return { outcome: 'balance', balanceHao, creditHao };
}

export function decodeProducts(spec: ProtocolSpec, exchange: Exchange): ProductsReply {
  const reply = readOk(spec, exchange);
  if ('outcome' in reply) return reply;
  const list = spec.products && at(reply.body, spec.products.list);
  if (!spec.products || !Array.isArray(list) || list.length > PRODUCTS_MAX)
    return noInformation('malformed', reply);
  const { product } = spec.products;
  const read = (list as readonly JsonValue[]).map((item) =>
    isObject(item) ? product(item) : undefined,
  );
  const products = read.filter((item) => item !== undefined);
  return { outcome: 'products', products, unreadable: read.length - products.length };
}

/** That a cancellation was taken says nothing of the money. */
export function decodeCancel(spec: ProtocolSpec, exchange: Exchange): CancelReply {
  const reply = readReply(exchange, spec);
  if (isUnreadable(reply)) return { outcome: 'unknown' };
  if (reply.code === spec.reply.queryOk) return { outcome: 'taken' };
  const meaning = meaningOf(spec.reply.createCodes, reply.code, reply.message);
  const isDoubtful = meaning === undefined || meaning === 'system-code' || meaning === 'accepted';
  return { outcome: isDoubtful ? 'unknown' : 'refused' };
}
