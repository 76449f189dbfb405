import { mainAccount } from './account-values.js';
import { invariant } from '../shared/assert.js';
import { guardText } from '../supply/price-guard.js';
import { decodeCreate } from './decode-create.js';
import { decodeNotification } from './decode-notification.js';
import { decodeBalance, decodeCancel, decodeProducts, decodeQuery } from './decode-query.js';
import type {
  Adapter,
  CallSpec,
  Connection,
  CreateRequest,
  ProtocolSpec,
  WireRequest,
} from './protocol.js';

const ATTEMPT_NO = /^[A-Za-z0-9]{2,32}$/;

/** Sets a protocol to work. */
export function adapterOf(spec: ProtocolSpec): Adapter {
  const encode = <Request>(
    call: CallSpec<Request> | undefined,
    request: Request,
    connection: Connection,
    nowMs: number,
    guard?: string,
  ): WireRequest => {
    invariant(call, `${spec.name} has no such call`);
    const path = typeof call.path === 'string' ? call.path : call.path(request);
    const { headers, body } = spec.seal(call.fields(request, guard), connection, nowMs);
    return call.method === 'GET'
      ? { method: 'GET', path, headers, body: '' }
      : { method: 'POST', path, headers, body };
  };
  return {
    name: spec.name,
    title: spec.title,
    kinds: spec.kinds,
    guard: spec.guard,
    limits: spec.limits,
    acknowledgement: spec.notification.acknowledgement,
    canCancel: spec.calls.cancel !== undefined,
    canListProducts: spec.calls.products !== undefined,
    productPages: { size: spec.products?.pageSize, everyMs: spec.products?.everyMs ?? 0 },
    encodeCreate(request, connection, nowMs) {
      requireSendable(spec, request);
      const meaning = connection.guardMeaning ?? spec.guard.meaning;
      const guard = guardText(request.guard, request.quantity, { ...spec.guard, meaning });
      return encode(spec.calls.create, request, connection, nowMs, guard);
    },
    decodeCreate: (exchange, request, connection) =>
      decodeCreate(spec, exchange, request, connection),
    encodeQuery: (key, connection, nowMs) => encode(spec.calls.query, key, connection, nowMs),
    decodeQuery: (exchange, key, connection) => decodeQuery(spec, exchange, key, connection),
    encodeBalance: (connection, nowMs) => encode(spec.calls.balance, undefined, connection, nowMs),
    decodeBalance: (exchange) => decodeBalance(spec, exchange),
    encodeProducts: (page, connection, nowMs) =>
      encode(spec.calls.products, { page }, connection, nowMs),
    decodeProducts: (exchange) => decodeProducts(spec, exchange),
    encodeCancel: (key, connection, nowMs) => encode(spec.calls.cancel, key, connection, nowMs),
    decodeCancel: (exchange) => decodeCancel(spec, exchange),
    decodeNotification: (input, connection, kind) =>
      decodeNotification(spec, input, connection, kind),
  };
}

/** What would be our own mistake is not left to the supplier to find. */
function requireSendable({ name, kinds, limits }: ProtocolSpec, request: CreateRequest): void {
  const { attemptNo, quantity, kind } = request;
  invariant(
    ATTEMPT_NO.test(attemptNo) && attemptNo.length <= limits.attemptNoMax,
    `${name}: an attempt needs a number of letters and digits`,
  );
  invariant(
    Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= limits.quantityMax[kind],
    `${name}: at most ${limits.quantityMax[kind]} in one submission`,
  );
  invariant(kinds.includes(kind), `${name} sells no ${kind}`);
  invariant(kind === 'card' || mainAccount(request) !== '', `${name}: a top-up needs an account`);
}
