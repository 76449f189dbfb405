/** A card as a supplier hands it out. Either part may be empty, not both; a link is a card without number. */
export interface SuppliedCard {
  readonly cardNo: string;
  readonly cardPassword: string;
  /** Last moment of validity where the supplier tells it. */
  readonly expiresAtMs: number | undefined;
}

/** Whether the money came back; a fact apart from success or failure. `marked` is called refunded, but nothing was paid. */
export const REFUND_STATES = ['unstated', 'none', 'marked', 'part', 'full'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export interface RefundFact {
  readonly state: RefundState;
  readonly amountHao: number | undefined;
}

export const REFUND_UNSTATED: RefundFact = { state: 'unstated', amountHao: undefined };

/** What a supplier says of one of our attempts, in reply to a query, to `create` or by itself. */
export interface SupplyReport {
  readonly said:
    'succeeded' | 'failed' | 'refunded' | 'processing' | 'abnormal' | 'not-found' | 'new-status';
  /** The supplier's own word, for the record. */
  readonly rawStatus: string;
  readonly supplierOrderNo: string | undefined;
  readonly cards: readonly SuppliedCard[];
  readonly costHao: number | undefined;
  readonly refund: RefundFact;
  readonly message: string;
}

/** A reply to a query: a report, or nothing that could be used. */
export type QueryReply =
  | { readonly outcome: 'report'; readonly report: SupplyReport }
  | {
      readonly outcome: 'no-information';
      readonly cause: string;
      readonly code: string | undefined;
      readonly message: string;
      readonly isNewCode: boolean;
    };

/** A refund of money told by its amount: nothing, a part, or all of what was paid. */
export function refundOfAmount(
  amountHao: number | undefined,
  costHao: number | undefined,
): RefundFact {
  if (amountHao === undefined) return REFUND_UNSTATED;
  if (amountHao === 0) return { state: 'none', amountHao };
  const isFull = costHao !== undefined && amountHao >= costHao;
  return { state: isFull ? 'full' : 'part', amountHao };
}
