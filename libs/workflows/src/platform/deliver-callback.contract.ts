import type { CallbackEnd } from './platform.activities.js';

/** A round of tries for one callback: asked for by staff, or taken up where its order's run is gone. */
export interface DeliverCallback {
  readonly callbackId: string;
  readonly triesBefore: number;
}

export interface DeliverCallbackResult {
  readonly end: CallbackEnd;
}
