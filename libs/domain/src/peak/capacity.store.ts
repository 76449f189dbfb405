import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import { canMove } from '../shared/transitions.js';
import { CAPACITY_MOVES, type CapacityStatus } from './capacity-status.js';

export interface AnswerCapacity {
  readonly requestId: string;
  readonly to: Exclude<CapacityStatus, 'asked'>;
  /** With `confirmed`. */
  readonly confirmed?: { readonly quantity: number; readonly priceHao: number };
  readonly note: string;
  readonly by: string;
  readonly nowMs: number;
}

/** Writes down what a supplier said, or that its capacity was used. Throws `capacity.not-found`, `capacity.illegal-move`. */
export async function answerCapacity(
  client: PoolClient,
  { requestId, to, confirmed, note, by, nowMs }: AnswerCapacity,
): Promise<{ readonly before: CapacityStatus }> {
  const { rows } = await client.query<{ status: CapacityStatus }>(
    'SELECT status FROM capacity_requests WHERE id = $1 FOR UPDATE',
    [requestId],
  );
  const before = rows[0]?.status;
  if (before === undefined) throw new DomainError('capacity.not-found');
  if (!canMove<CapacityStatus>(CAPACITY_MOVES, before, to))
    throw new DomainError('capacity.illegal-move');
  await client.query(
    `UPDATE capacity_requests SET status = $2, confirmed_quantity = coalesce($3, confirmed_quantity),
       confirmed_price_hao = coalesce($4, confirmed_price_hao), note = $5, answered_by = $6, answered_at = $7,
       version = version + 1, updated_at = $7 WHERE id = $1`,
    [
      requestId,
      to,
      confirmed?.quantity ?? null,
      confirmed?.priceHao ?? null,
      note,
      by,
      new Date(nowMs),
    ],
  );
  return { before };
}
