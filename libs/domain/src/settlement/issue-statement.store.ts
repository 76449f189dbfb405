import type { PoolClient } from 'pg';
import { DomainError } from '../shared/domain-error.js';
import {
  changeStatement,
  noteEvent,
  type StatementRow,
  type StatementStand,
} from './statement-row.store.js';

interface By {
  readonly actor: string;
  readonly nowMs: number;
}

/** The platform may see it, and its clocks begin. */
export async function issueStatement(
  client: PoolClient,
  row: StatementRow,
  { actor, nowMs }: By,
): Promise<StatementStand> {
  if (row.issuedAt !== null) throw new DomainError('statement.not-open');
  await noteEvent(client, row.id, { type: 'issued', detail: null, actor, nowMs });
  return changeStatement(client, row, { issuedAt: new Date(nowMs) }, nowMs);
}

/** The platform agrees with it, by its word or by its silence. */
export async function confirmStatement(
  client: PoolClient,
  row: StatementRow,
  { actor, nowMs }: By,
): Promise<StatementStand> {
  if (row.issuedAt === null || row.confirmedAt !== null || row.outstandingHao === 0)
    throw new DomainError('statement.not-open');
  await noteEvent(client, row.id, { type: 'confirmed', detail: null, actor, nowMs });
  return changeStatement(client, row, { confirmedAt: new Date(nowMs) }, nowMs);
}
