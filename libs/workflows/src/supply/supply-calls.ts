import { proxyActivities } from '@temporalio/workflow';
import { supplierCall } from '../activity-profiles.js';
import type { CallEnd, SupplyActivities, SupplyCall } from './supply.activities.js';

/**
 * The calls to suppliers that a run has under way. A call that fails (its worker died, its queue was never served) is no
 * news about the attempt: the database knows whether it was claimed, and decides what is due next.
 */
export class SupplyCalls {
  private readonly running = new Set<string>();

  /** `onEnd` hears the end of each call, with its result where there is one. */
  constructor(private readonly onEnd: (end: CallEnd | undefined) => void) {}

  get count(): number {
    return this.running.size;
  }

  /** Starts those that are not under way already. */
  start(calls: readonly SupplyCall[]): void {
    for (const call of calls) {
      if (this.running.has(call.attemptId)) continue;
      this.running.add(call.attemptId);
      void this.run(call);
    }
  }

  private async run({ kind, attemptId, attemptNo, supplierCode }: SupplyCall): Promise<void> {
    const { sendAttempt, queryAttempt } = proxyActivities<SupplyActivities>(
      supplierCall(kind, supplierCode, attemptNo),
    );
    let end: CallEnd | undefined;
    try {
      end = await (kind === 'send' ? sendAttempt({ attemptId }) : queryAttempt({ attemptId }));
    } catch {
      end = undefined;
    }
    this.running.delete(attemptId);
    this.onEnd(end);
  }
}
