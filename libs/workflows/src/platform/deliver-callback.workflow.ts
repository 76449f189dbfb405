import { deliverAlongLadder } from './deliver-along-ladder.js';
import type { DeliverCallback, DeliverCallbackResult } from './deliver-callback.contract.js';

export async function deliverCallback(input: DeliverCallback): Promise<DeliverCallbackResult> {
  return { end: await deliverAlongLadder(input, () => undefined) };
}
