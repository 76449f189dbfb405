export interface CallbackTarget {
  readonly callbackId: string;
  /** Tries made before this round began: the ladder starts anew behind them. */
  readonly triesBefore: number;
}

export type CallbackEnd = 'acknowledged' | 'dead' | 'none';

export type CallbackStep =
  | { readonly kind: 'ended'; readonly end: CallbackEnd; readonly tryCount: number }
  | { readonly kind: 'again'; readonly delayMs: number; readonly tryCount: number };

export interface PlatformActivities {
  /** One step on the ladder: sends where sending is due, records the try, and tells when the next step is due. */
  tryCallback(input: CallbackTarget): Promise<CallbackStep>;
}
