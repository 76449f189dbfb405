import type { UnknownCause } from '../supply/attempt-outcome.js';
import type { SupplyReport } from '../supply/supply-report.js';
import type {
  ByMessage,
  CodeMeaning,
  CodeTable,
  Connection,
  Exchange,
  NoInformation,
  OrderNames,
  OrderSpec,
  ProtocolSpec,
  SupplyKind,
} from './protocol.js';
import {
  at,
  field,
  isAbsent,
  parseJson,
  parseObject,
  REPLY_BYTES_MAX,
  text,
  textAt,
  utf8,
  yuan,
  type JsonObject,
} from './wire-values.js';

/** A whole JSON reply with a code in it. */
export interface ReadReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly body: JsonObject;
}

/** Why a reply says nothing that could be believed. */
export interface Unreadable {
  readonly cause: Exclude<UnknownCause, 'duplicate-number' | 'system-code' | 'new-code'>;
  readonly message: string;
}

export const isUnreadable = (reply: ReadReply | Unreadable): reply is Unreadable =>
  'cause' in reply;

/** Reads an exchange up to its code: anything but a JSON object with a code from a server that works is nothing. */
export function readReply(exchange: Exchange, spec: ProtocolSpec): ReadReply | Unreadable {
  if (exchange.result !== 'reply') return { cause: 'no-reply', message: exchange.reason };
  const { status } = exchange;
  const whole = parsedBody(exchange);
  const parsed = typeof whole === 'string' ? whole : unfolded(whole, spec.reply.inner);
  if (typeof parsed === 'string') return { cause: parsed, message: `HTTP ${status}` };
  const code = text(at(parsed, spec.reply.code));
  if (code === undefined) return { cause: 'malformed', message: 'no code' };
  const message = text(at(parsed, spec.reply.message)) ?? '';
  return { status, code, message, body: parsed };
}

/** The same with the JSON inside of one of its texts taken out; a text that is none stays as it is. */
function unfolded(body: JsonObject, inner: string | undefined): JsonObject {
  const folded = inner === undefined ? undefined : field(body, inner);
  const content = typeof folded === 'string' ? parseJson(folded) : undefined;
  return inner === undefined || content === undefined ? body : { ...body, [inner]: content };
}

/** The JSON object of a reply, or why there is none. */
function parsedBody({
  status,
  body,
}: Extract<Exchange, { result: 'reply' }>): JsonObject | Unreadable['cause'] {
  if (status < 200 || status >= 500 || (status >= 300 && status < 400)) return 'gateway';
  if (body.length > REPLY_BYTES_MAX) return 'too-large';
  const whole = utf8(body);
  if (whole === undefined) return 'not-json';
  return whole.trim() === '' ? 'empty' : (parseObject(whole) ?? 'not-json');
}

/** What a code means by the closed table; undefined where nothing lists it. */
export function meaningOf(
  table: CodeTable,
  code: string,
  message: string,
): CodeMeaning | undefined {
  const listed = Object.hasOwn(table.listed, code) ? table.listed[code] : table.unlisted;
  if (listed === undefined) return undefined;
  if (typeof listed === 'string') return listed;
  return meaningByMessage(listed, message);
}

function meaningByMessage(by: ByMessage, message: string): CodeMeaning | undefined {
  const found = by.messages.find(([pattern]) => pattern.test(message));
  if (found) return found[1];
  return by.otherwise === 'new-code' ? undefined : by.otherwise;
}

export function noInformation(
  cause: string,
  reply?: Partial<Pick<NoInformation, 'code' | 'message' | 'isNewCode'>>,
): NoInformation {
  return {
    outcome: 'no-information',
    cause,
    code: reply?.code,
    message: reply?.message ?? '',
    isNewCode: reply?.isNewCode ?? false,
  };
}

/** The names of an order's fields, with what differs in this kind of message. */
export const namesIn = (spec: OrderSpec, differing: Partial<OrderNames> = {}): OrderNames => ({
  ...spec.names,
  ...differing,
});

/** Whether the order speaks of another order number than the one we asked about. */
export function isOfAnother(
  order: JsonObject,
  name: string,
  expected: string | undefined,
): boolean {
  const given = field(order, name);
  return expected !== undefined && !isAbsent(given) && text(given) !== expected;
}

/** Everything that an order on the wire says, by the closed status table; undefined where a field cannot be read. */
export function reportOf(
  order: JsonObject,
  spec: OrderSpec,
  reading: {
    readonly names: OrderNames;
    readonly kind: SupplyKind;
    readonly connection: Connection;
    readonly cards?: OrderSpec['cards'];
  },
): SupplyReport | undefined {
  const { names, kind, connection } = reading;
  const rawStatus = textAt(order, names.status);
  if (rawStatus === undefined) return undefined;
  const costHao = names.cost === undefined ? undefined : yuan(field(order, names.cost));
  const isCostBroken =
    names.cost !== undefined && !isAbsent(field(order, names.cost)) && costHao === undefined;
  const cards = kind === 'card' ? (reading.cards ?? spec.cards)(order, connection) : [];
  if (isCostBroken || cards === undefined) return undefined;
  return {
    said: saidBy(rawStatus, spec, kind),
    rawStatus,
    supplierOrderNo: textAt(order, names.supplierNo),
    cards,
    costHao,
    refund: spec.refund(order, costHao),
    message: textAt(order, names.message) ?? '',
  };
}

function saidBy(rawStatus: string, spec: OrderSpec, kind: SupplyKind): SupplyReport['said'] {
  if (!Object.hasOwn(spec.statuses, rawStatus)) return 'new-status';
  const listed = spec.statuses[rawStatus];
  if (listed === undefined) return 'new-status';
  return typeof listed === 'string' ? listed : listed[kind];
}
