import type { CreateOutcome, RefusalClass } from '../supply/attempt-outcome.js';
import type { HistoryWindow } from '../supply/history-window.js';
import type { GuardFormat, PriceGuard } from '../supply/price-guard.js';
import type {
  QueryReply,
  RefundFact,
  SuppliedCard,
  SupplyReport,
} from '../supply/supply-report.js';
import type { JsonObject, JsonValue } from './wire-values.js';

/** What we have from the supplier: the account's number or app id, and the secret that signs. */
export interface Connection {
  readonly account: string;
  readonly secret: string;
  /** Overrides what the guard field means, where this supplier differs from its protocol's habit. */
  readonly guardMeaning?: 'unit' | 'total';
}

export type SupplyKind = 'card' | 'top-up';

/** A submission in our words. `attemptNo` is our number for this attempt at this supplier, never used twice. */
export interface CreateRequest {
  readonly attemptNo: string;
  readonly kind: SupplyKind;
  readonly supplierProductId: string;
  readonly quantity: number;
  /** What is topped up; `account` is the account itself. Empty for cards. */
  readonly account: Readonly<Record<string, string>>;
  /** What the supplier calls a field of `account`, where it is not what the protocol calls it by itself. */
  readonly fieldNames?: Readonly<Record<string, string>>;
  readonly guard: PriceGuard;
  readonly callbackUrl: string | undefined;
}

/** Which of our attempts a later call is about. */
export interface AttemptKey {
  readonly attemptNo: string;
  readonly kind: SupplyKind;
  readonly supplierOrderNo: string | undefined;
}

/** A call ready for the wire; the path begins behind the supplier's base URL. */
export interface WireRequest {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a call: nothing left this machine, or something did and no whole reply came, or a reply. */
export type Exchange =
  | { readonly result: 'not-sent'; readonly reason: string }
  | { readonly result: 'broken'; readonly reason: string }
  | { readonly result: 'reply'; readonly status: number; readonly body: Uint8Array };

export type Fields = Readonly<Record<string, JsonValue>>;

/** One call of a protocol: where it goes and what it says; the envelope adds who says it. */
export interface CallSpec<Request> {
  readonly method?: 'GET';
  readonly path: string | ((request: Request) => string);
  readonly fields: (request: Request, guard: string | undefined) => Fields;
}

/** What a code of a `create` reply means; anything that no table lists is unknown. */
export type CodeMeaning = 'accepted' | 'duplicate-number' | 'system-code' | RefusalClass;

/** Some codes tell only with their message what they mean; `otherwise` is what they mean without a known one. */
export interface ByMessage {
  readonly messages: readonly (readonly [RegExp, CodeMeaning])[];
  readonly otherwise: CodeMeaning | 'new-code';
}

export interface CodeTable {
  readonly listed: Readonly<Record<string, CodeMeaning | ByMessage>>;
  /** For protocols whose only listed code is success. */
  readonly unlisted?: ByMessage;
}

type Said = SupplyReport['said'];
export type StatusTable = Readonly<Record<string, Said | Readonly<Record<SupplyKind, Said>>>>;

/** The names of an order's fields on the wire. */
export interface OrderNames {
  readonly ourNo: string;
  readonly supplierNo: string;
  readonly status: string;
  readonly cost: string | undefined;
  readonly message: string;
}

export interface OrderSpec {
  readonly names: OrderNames;
  readonly statuses: StatusTable;
  readonly refund: (order: JsonObject, costHao: number | undefined) => RefundFact;
  /** Undefined where the list is there but cannot be read. */
  readonly cards: (order: JsonObject, connection: Connection) => SuppliedCard[] | undefined;
}

export interface ReplySpec {
  readonly code: readonly string[];
  readonly message: readonly string[];
  /** A field whose text is JSON once more; paths lead through it. */
  readonly inner?: string;
  readonly createCodes: CodeTable;
  readonly createOrder: readonly string[];
  readonly createNames?: Partial<OrderNames>;
  readonly queryOk: string;
  /** Codes of `query` that say the order does not exist, and messages that do. */
  readonly queryNotFound: readonly string[];
  readonly queryNotFoundMessages?: RegExp;
  readonly queryOrder: readonly string[];
}

export interface NotificationInput {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A notification taken apart, before anybody has looked whether it is genuine. */
export interface UnprovenNotification {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly fields: JsonObject;
}

/**
 * What a signature proves. Cards that it does not cover are fetched by query; where nothing is signed that could be
 * checked here, the notification is but a hint to query.
 */
export type Proof = 'genuine' | 'genuine-but-cards' | 'forged' | 'unsigned';

export interface NotificationSpec {
  readonly verify: (notification: UnprovenNotification, connection: Connection) => Proof;
  /** Where in the body the order is. */
  readonly names?: Partial<OrderNames>;
  readonly cards?: OrderSpec['cards'];
  /** Where in the body the product is that has changed, in protocols that tell of price, stock and sale by themselves. */
  readonly changedProduct?: string;
  readonly acknowledgement: { readonly contentType: string; readonly body: string };
}

/** How a notification is to be taken. */
export type Notification =
  | {
      readonly trust: 'verified';
      readonly attemptNo: string;
      readonly report: SupplyReport;
      /** Cards are due, but not in here: the query brings them. */
      readonly needsQuery: boolean;
    }
  | {
      readonly trust: 'hint';
      readonly attemptNo: string | undefined;
      readonly supplierOrderNo: string | undefined;
    }
  /** A product has another price or stock, or is sold no more: a reason to read them again at once. */
  | { readonly trust: 'product'; readonly supplierProductId: string }
  | { readonly trust: 'refused'; readonly reason: 'no-secret' | 'forged' | 'unreadable' };

/** What a supplier allows; times between calls are the supplier's, not ours. */
export interface ProtocolLimits {
  readonly attemptNoMax: number;
  /** Where a supplier cannot tell how much of a top-up was done, one piece at a time. */
  readonly quantityMax: Readonly<Record<SupplyKind, number>>;
  readonly createsPerSecond: number | undefined;
  readonly query: Readonly<
    Record<
      SupplyKind,
      { readonly perSecond: number; readonly firstAfterMs: number; readonly everyMs: number }
    >
  >;
  /** "Not found" is no answer before this age of the order. */
  readonly notFoundGraceMs: number;
  readonly history: HistoryWindow;
  /** The supplier repeats an unacknowledged notification after these pauses and then never again. */
  readonly notifyLadderMs: readonly number[];
}

export interface SuppliedProduct {
  readonly supplierProductId: string;
  readonly name: string;
  readonly kind: SupplyKind | undefined;
  readonly priceHao: number;
  readonly stock: number | undefined;
  readonly isOnSale: boolean;
}

/** Where a reply shows the account's money. */
export interface BalanceNames {
  readonly balance: readonly string[];
  readonly credit: readonly string[] | undefined;
}

export interface ProductsSpec {
  readonly list: readonly string[];
  readonly product: (item: JsonObject) => SuppliedProduct | undefined;
  /** How many a full page lists; Infinity where one call lists all. Without it pages are asked for until one brings nothing new. */
  readonly pageSize?: number;
  /** The least time between two calls for products, where the supplier wants more than between queries. */
  readonly everyMs?: number;
}

/** One protocol, as data: its calls, its signer, its field names, its closed tables, its limits. */
export interface ProtocolSpec {
  readonly name: string;
  /** The vendor's own name. */
  readonly title: string;
  readonly kinds: readonly SupplyKind[];
  readonly guard: GuardFormat;
  readonly limits: ProtocolLimits;
  /** Who we are, when it is and the signature, put around the fields of a call. */
  readonly seal: (
    fields: Fields,
    connection: Connection,
    nowMs: number,
  ) => { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly calls: {
    readonly create: CallSpec<CreateRequest>;
    readonly query: CallSpec<AttemptKey>;
    readonly balance: CallSpec<undefined>;
    readonly products?: CallSpec<{ readonly page: number }>;
    readonly cancel?: CallSpec<AttemptKey>;
  };
  readonly reply: ReplySpec;
  readonly order: OrderSpec;
  readonly balance: BalanceNames;
  readonly products?: ProductsSpec;
  readonly notification: NotificationSpec;
}

export type BalanceReply =
  | {
      readonly outcome: 'balance';
      readonly balanceHao: number;
      readonly creditHao: number | undefined;
    }
  | NoInformation;

export type ProductsReply =
  | {
      readonly outcome: 'products';
      readonly products: readonly SuppliedProduct[];
      readonly unreadable: number;
    }
  | NoInformation;

/** Asked to cancel: the money shows only in a later query. */
export type CancelReply =
  { readonly outcome: 'taken' } | { readonly outcome: 'refused' | 'unknown' };

export type NoInformation = Extract<QueryReply, { outcome: 'no-information' }>;

/** A protocol at work: pure functions from our words to bytes and back. */
export interface Adapter {
  readonly name: string;
  readonly title: string;
  readonly kinds: readonly SupplyKind[];
  readonly guard: GuardFormat;
  readonly limits: ProtocolLimits;
  readonly acknowledgement: NotificationSpec['acknowledgement'];
  readonly canCancel: boolean;
  readonly canListProducts: boolean;
  readonly productPages: { readonly size: number | undefined; readonly everyMs: number };
  encodeCreate(request: CreateRequest, connection: Connection, nowMs: number): WireRequest;
  decodeCreate(exchange: Exchange, request: CreateRequest, connection: Connection): CreateOutcome;
  encodeQuery(key: AttemptKey, connection: Connection, nowMs: number): WireRequest;
  decodeQuery(exchange: Exchange, key: AttemptKey, connection: Connection): QueryReply;
  encodeBalance(connection: Connection, nowMs: number): WireRequest;
  decodeBalance(exchange: Exchange): BalanceReply;
  encodeProducts(page: number, connection: Connection, nowMs: number): WireRequest;
  decodeProducts(exchange: Exchange): ProductsReply;
  encodeCancel(key: AttemptKey, connection: Connection, nowMs: number): WireRequest;
  decodeCancel(exchange: Exchange): CancelReply;
  decodeNotification(
    input: NotificationInput,
    connection: Connection,
    kind: SupplyKind,
  ): Notification;
}
