import type { CreateOutcome, RefusalClass, UnknownCause } from '../supply/attempt-outcome.js';
import type { Connection, CreateRequest, Exchange, ProtocolSpec } from './protocol.js';
import {
  isOfAnother,
  isUnreadable,
  meaningOf,
  namesIn,
  readReply,
  reportOf,
  type ReadReply,
} from './read-reply.js';
import { at, field, isAbsent, isObject, textAt, yuan } from './wire-values.js';

/** What a `create` came to. What is not proven to be a refusal or an acceptance is unknown. */
export function decodeCreate(
  spec: ProtocolSpec,
  exchange: Exchange,
  request: CreateRequest,
  connection: Connection,
): CreateOutcome {
  if (exchange.result === 'not-sent') return { outcome: 'not-sent', reason: exchange.reason };
  const reply = readReply(exchange, spec);
  if (isUnreadable(reply)) return unknown(reply.cause, { message: reply.message });
  const meaning = meaningOf(spec.reply.createCodes, reply.code, reply.message);
  switch (meaning) {
    case undefined:
      return { ...unknown('new-code', reply), isNewCode: true };
    case 'duplicate-number':
    case 'system-code':
      return unknown(meaning, reply);
    case 'accepted':
      return reply.status >= 400
        ? unknown('contradiction', reply)
        : accepted(spec, reply, request, connection);
    default:
      return rejected(spec, reply, request.attemptNo, meaning);
  }
}

/** A refusal that speaks of another order is not ours. */
function rejected(
  spec: ProtocolSpec,
  reply: ReadReply,
  attemptNo: string,
  refusal: RefusalClass,
): CreateOutcome {
  const order = at(reply.body, spec.reply.createOrder);
  const { ourNo } = namesIn(spec.order, spec.reply.createNames);
  if (isObject(order) && isOfAnother(order, ourNo, attemptNo)) return unknown('wrong-order', reply);
  return { outcome: 'rejected', refusal, code: reply.code, message: reply.message };
}

function accepted(
  spec: ProtocolSpec,
  reply: ReadReply,
  request: CreateRequest,
  connection: Connection,
): CreateOutcome {
  const order = at(reply.body, spec.reply.createOrder);
  if (!isObject(order)) return unknown('malformed', reply);
  const names = namesIn(spec.order, spec.reply.createNames);
  if (isOfAnother(order, names.ourNo, request.attemptNo)) return unknown('wrong-order', reply);
  const cost = names.cost === undefined ? undefined : field(order, names.cost);
  const costHao = yuan(cost);
  if (!isAbsent(cost) && costHao === undefined) return unknown('malformed', reply);
  const supplierOrderNo = textAt(order, names.supplierNo);
  const report = isAbsent(field(order, names.status))
    ? withCardsOnly(spec, { order, names, kind: request.kind, connection })
    : reportOf(order, spec.order, { names, kind: request.kind, connection });
  return { outcome: 'accepted', supplierOrderNo, costHao, report };
}

/** Replies to `create` that hand out cards without a status say with the cards that it is done. */
function withCardsOnly(
  spec: ProtocolSpec,
  reading: Parameters<typeof reportOf>[2] & { readonly order: Parameters<typeof reportOf>[0] },
): ReturnType<typeof reportOf> {
  if (reading.kind !== 'card') return undefined;
  const cards = spec.order.cards(reading.order, reading.connection) ?? [];
  if (cards.length === 0) return undefined;
  return {
    said: 'succeeded',
    rawStatus: '',
    supplierOrderNo: textAt(reading.order, reading.names.supplierNo),
    cards,
    costHao: undefined,
    refund: { state: 'unstated', amountHao: undefined },
    message: '',
  };
}

function unknown(
  cause: UnknownCause,
  { code, message }: { readonly code?: string; readonly message: string },
): Extract<CreateOutcome, { outcome: 'unknown' }> {
  return { outcome: 'unknown', cause, code, message, isNewCode: false };
}
