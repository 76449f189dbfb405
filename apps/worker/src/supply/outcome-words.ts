import type { CreateOutcome, QueryReply, Settlement } from '#domain';

/** What a reply to a submission settles. */
export function settlementOf(outcome: CreateOutcome): Settlement {
  switch (outcome.outcome) {
    case 'not-sent':
      return { kind: 'not-sent', reason: outcome.reason };
    case 'rejected':
      return {
        kind: 'rejected',
        refusal: outcome.refusal,
        code: outcome.code,
        message: outcome.message,
      };
    case 'accepted':
      return {
        kind: 'accepted',
        supplierOrderNo: outcome.supplierOrderNo,
        costHao: outcome.costHao,
      };
    case 'unknown':
      return {
        kind: 'unknown',
        cause: outcome.cause,
        code: outcome.code,
        message: outcome.message,
      };
  }
}

/** A reply in a word, as the evidence keeps it. */
export function wordOf(outcome: CreateOutcome): string {
  if (outcome.outcome === 'rejected') return `rejected: ${outcome.refusal}`;
  return outcome.outcome === 'unknown' ? `unknown: ${outcome.cause}` : outcome.outcome;
}

export function wordOfReply(reply: QueryReply): string {
  return reply.outcome === 'report' ? reply.report.said : `no information: ${reply.cause}`;
}
