import type { CallbackEnd } from './platform.activities.js';

/** The tries of one callback after a first one that was not acknowledged. */
export interface DeliverCallback {
  readonly callbackId: string;
  /** Tries made before this round began: the ladder counts from there. Tells the rounds of a callback apart. */
  readonly triesBefore: number;
  /** The wait before the next try. */
  readonly firstDelayMs: number;
}

export interface DeliverCallbackResult {
  readonly end: CallbackEnd;
}
