import { readQueryFacts } from './attempt-facts.store.js';
import { judgeQuery } from './query-verdict.js';
import {
  settleAttempt,
  type SettleAttempt,
  type Settled,
  type SupplyParts,
} from './settle-attempt.store.js';
import type { QueryReply } from './supply-report.js';

/** Judges what a supplier said of an attempt and settles by the verdict. Throws `attempt.not-found`. */
export async function settleByReply(
  parts: SupplyParts,
  told: Omit<SettleAttempt, 'settlement'> & { readonly reply: QueryReply },
): Promise<Settled & { readonly verdict: string }> {
  const { reply, ...command } = told;
  const facts = await readQueryFacts(parts.pool, {
    attemptId: command.attemptId,
    nowMs: command.nowMs,
    clockSpeed: parts.clockSpeed,
  });
  const verdict = judgeQuery(reply, facts);
  const settled = await settleAttempt(parts, {
    ...command,
    settlement: { kind: 'verdict', verdict },
  });
  return { ...settled, verdict: verdict.verdict };
}
