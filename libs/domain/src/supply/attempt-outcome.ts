import { assertNever } from '../shared/assert.js';
import type { SupplyReport } from './supply-report.js';

/** Why a supplier refuses, in our words; each protocol's code table says which of its codes means what. */
export const REFUSAL_CLASSES = [
  'account',
  'blacklist',
  'price',
  'balance',
  'stock',
  'off-shelf',
  'permission',
  'region',
  'auth',
  'limit',
  'maintenance',
  'parameter',
  'other',
] as const;
export type RefusalClass = (typeof REFUSAL_CLASSES)[number];

export interface RefusalRule {
  /** No other supplier would decide otherwise: the order itself cannot be fulfilled. */
  readonly stopsOrder: boolean;
  /** What the refusal speaks of: this order, this product at this supplier, or the supplier as a whole. */
  readonly concerns: 'order' | 'product' | 'supplier';
}

const rule = (
  concerns: RefusalRule['concerns'],
  { stopsOrder }: { readonly stopsOrder: boolean } = { stopsOrder: false },
): RefusalRule => ({ concerns, stopsOrder });

export const REFUSAL_RULES: Readonly<Record<RefusalClass, RefusalRule>> = {
  account: rule('order', { stopsOrder: true }),
  blacklist: rule('order', { stopsOrder: true }),
  price: rule('product'),
  balance: rule('supplier'),
  stock: rule('product'),
  'off-shelf': rule('product'),
  permission: rule('product'),
  region: rule('order'),
  auth: rule('supplier'),
  limit: rule('supplier'),
  maintenance: rule('supplier'),
  parameter: rule('order'),
  other: rule('order'),
};

/** Why nobody knows whether the supplier took the order. */
export const UNKNOWN_CAUSES = [
  'no-reply',
  'empty',
  'too-large',
  'not-json',
  'gateway',
  'system-code',
  'duplicate-number',
  'new-code',
  'wrong-order',
  'malformed',
  'contradiction',
] as const;
export type UnknownCause = (typeof UNKNOWN_CAUSES)[number];

/** What one `create` came to. */
export type CreateOutcome =
  | { readonly outcome: 'not-sent'; readonly reason: string }
  | {
      readonly outcome: 'rejected';
      readonly refusal: RefusalClass;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly outcome: 'accepted';
      readonly supplierOrderNo: string | undefined;
      readonly costHao: number | undefined;
      /** Some suppliers hand the cards out in the reply to `create`. */
      readonly report: SupplyReport | undefined;
    }
  | {
      readonly outcome: 'unknown';
      readonly cause: UnknownCause;
      readonly code: string | undefined;
      readonly message: string;
      /** A code that the protocol's table does not list: somebody must look at it. */
      readonly isNewCode: boolean;
    };

/** How often one supplier-facing number may be handed to the network when nothing of it was sent. */
export const SEND_TRIES_MAX = 3;

export type AfterCreate =
  'send-again-same-number' | 'next-supplier' | 'stop-order' | 'await-and-query' | 'query-only';

/** What a `create` allows next. Only a call of which nothing was sent may ever be repeated. */
export function afterCreate(outcome: CreateOutcome, triesSoFar: number): AfterCreate {
  switch (outcome.outcome) {
    case 'not-sent':
      return triesSoFar < SEND_TRIES_MAX ? 'send-again-same-number' : 'next-supplier';
    case 'rejected':
      return REFUSAL_RULES[outcome.refusal].stopsOrder ? 'stop-order' : 'next-supplier';
    case 'accepted':
      return 'await-and-query';
    case 'unknown':
      return 'query-only';
    default:
      return assertNever(outcome);
  }
}
