import type { Refusal } from './plan.js';

export interface Credentials {
  readonly account: string;
  readonly secret: string;
}

export interface Incoming {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly nowMs: number;
}

export interface SimCard {
  readonly no: string;
  readonly password: string;
}

/** What the buyer asks for, taken off the wire. */
export interface Purchase {
  readonly attemptNo: string;
  readonly productId: string;
  readonly quantity: number;
  readonly account: string;
  readonly callbackUrl: string;
  /** The most the buyer pays for all of it, in hao; undefined where it sets no limit. */
  readonly limitHao: number | undefined;
}

export type Asked =
  | { readonly call: 'create'; readonly purchase: Purchase }
  | {
      readonly call: 'query' | 'cancel';
      readonly attemptNo: string;
      readonly supplierOrderNo: string;
    }
  | { readonly call: 'balance' | 'products' };

/** An order as this supplier tells of it at this moment. */
export interface Told {
  readonly attemptNo: string;
  readonly supplierOrderNo: string;
  readonly kind: 'card' | 'top-up';
  readonly productId: string;
  readonly quantity: number;
  readonly status: 'processing' | 'success' | 'failed' | 'part' | 'reversed' | 'new';
  readonly cards: readonly SimCard[];
  readonly costHao: number;
  readonly refundHao: number;
  readonly refund: 'full' | 'part' | 'none' | 'marked';
}

export interface SimProduct {
  readonly id: string;
  readonly kind: 'card' | 'top-up';
  readonly priceHao: number;
}

export interface Reply {
  readonly status?: number;
  readonly body: string;
}

export interface SentNotification {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A protocol as the supplier speaks it: written from the vendor's facts, knowing nothing of our adapters. */
export interface Dialect {
  /** What is asked, if the signature, the account and the clock are right; a reply where they are not. */
  readonly hear: (incoming: Incoming, credentials: Credentials) => Asked | Reply;
  readonly accepted: (told: Told, variant: 'plain' | 'negative-cost') => Reply;
  readonly refused: (refusal: Refusal) => Reply;
  readonly duplicate: () => Reply;
  readonly systemFault: () => Reply;
  readonly newCode: () => Reply;
  readonly order: (told: Told, credentials: Credentials) => Reply;
  readonly notFound: () => Reply;
  readonly balance: (balanceHao: number) => Reply;
  readonly products: (products: readonly SimProduct[]) => Reply;
  readonly cancelTaken: () => Reply;
  readonly notification: (
    told: Told,
    credentials: Credentials,
    sign: boolean,
    nowMs: number,
  ) => SentNotification;
}
