import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/sql.js';
import { dunningSteps, STANDARD_DUNNING_DAYS } from './dunning.js';
import { confirmStatement } from './issue-statement.store.js';
import { remindedDays } from './next-moment.js';
import {
  changeStatement,
  lockStatement,
  noteEvent,
  objectionEndsMs,
  type StatementRow,
  type StatementStand,
} from './statement-row.store.js';
import { isStatementSettled } from './statement-status.js';

/** Does what time alone brings: silence becomes consent, a statement becomes late, a reminder is due. May run as often as anybody likes. */
export function advanceStatement(
  pool: Pool,
  { statementId, nowMs }: { readonly statementId: string; readonly nowMs: number },
): Promise<StatementStand> {
  return inTransaction(pool, (client) => advance(client, statementId, nowMs));
}

async function advance(
  client: PoolClient,
  statementId: string,
  nowMs: number,
): Promise<StatementStand> {
  const row = await lockStatement(client, statementId);
  if (isStatementSettled(row.status) || row.issuedAt === null) return standing(row);
  if (
    row.confirmedAt === null &&
    row.heldHao === 0 &&
    (objectionEndsMs(row) ?? Infinity) <= nowMs
  ) {
    await confirmStatement(client, row, { actor: 'silence', nowMs });
    return advance(client, statementId, nowMs);
  }
  await remind(client, row, nowMs);
  return changeStatement(client, row, {}, nowMs);
}

const standing = (row: StatementRow): StatementStand => ({
  id: row.id,
  statementNo: row.statementNo,
  status: row.status,
  outstandingHao: row.outstandingHao,
  nextAtMs: null,
});

const TAKEN = `SELECT step FROM statement_events WHERE statement_id = $1 AND type = 'reminder'`;

/** Each step once. Of several that were missed only the latest is told; the others are noted as passed over. */
async function remind(client: PoolClient, row: StatementRow, nowMs: number): Promise<void> {
  const owedHao = row.outstandingHao - row.heldHao;
  const days = remindedDays(row.latestDueOn, owedHao, nowMs);
  if (days === 0) return;
  const taken = await client.query<{ step: number }>(TAKEN, [row.id]);
  const ladder =
    row.agreement.dunningDays.length > 0 ? row.agreement.dunningDays : STANDARD_DUNNING_DAYS;
  const { due, told } = dunningSteps(
    ladder,
    days,
    taken.rows.map(({ step }) => step),
  );
  for (const step of due)
    await noteEvent(client, row.id, {
      type: 'reminder',
      step,
      detail: { overdueDays: days, outstandingHao: owedHao, isTold: step === told },
      nowMs,
    });
}

const OPEN = `
  SELECT s.id FROM statements s JOIN settlement_agreements a ON a.id = s.agreement_id
  WHERE s.issued_at IS NOT NULL AND s.settled_at IS NULL AND a.calendar_id = ANY($1::text[]) ORDER BY s.id`;

/** The calendar has changed: due days of what is open are counted anew; old and new stand in the history. */
export async function recountDueDates(
  client: PoolClient,
  calendarIds: readonly string[],
  nowMs: number,
): Promise<number> {
  const { rows } = await client.query<{ id: string }>(OPEN, [calendarIds]);
  for (const { id } of rows) {
    const row = await lockStatement(client, id);
    await changeStatement(client, row, {}, nowMs);
  }
  return rows.length;
}

const DUE = `
  SELECT id FROM statements WHERE next_at < $1::timestamptz - interval '10 minutes' ORDER BY next_at LIMIT 200`;

/** Statements whose moment has passed without their run having looked at them: Temporal was away. */
export async function advanceForgottenStatements(pool: Pool, nowMs: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(DUE, [new Date(nowMs)]);
  for (const { id } of rows) await advanceStatement(pool, { statementId: id, nowMs });
  return rows.length;
}
