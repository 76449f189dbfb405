import type { PoolClient } from 'pg';
import { bookForParty } from './reconciliation-entry.store.js';
import type { PartyFacts } from './statement-party.store.js';
import { addDifference } from './write-decisions.store.js';

/** What a step needs to know of its statement. */
export interface StatementFacts {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly roundingHao: number;
  readonly feeBookedHao: number;
  readonly oursCursor: string;
  readonly isOursDone: boolean;
  readonly dueHao: number;
  readonly payoutHao: number;
}

export interface Step {
  readonly client: PoolClient;
  readonly party: PartyFacts;
  readonly statement: StatementFacts;
  readonly accountId: string;
  readonly nowMs: number;
}

/** Fees of the lines that are ours, as far as they were agreed: one entry for the statement, and one for each later change. */
export async function bookFees({ client, party, statement, nowMs }: Step): Promise<void> {
  const { rows } = await client.query<{ fee_hao: string }>(
    `SELECT coalesce((SELECT sum(l.fee_hao) FROM external_lines l JOIN reconciliation_matches m ON m.line_id = l.id
         AND m.our_kind = 'entry' AND m.pass <> 'together' AND m.status IN ('sure', 'confirmed') WHERE l.statement_id = $1), 0)
       + coalesce((SELECT sum(d.favour_hao) FROM reconciliation_differences d JOIN external_lines l ON l.id = d.line_id
         WHERE d.statement_id = $1 AND d.kind = 'fee' AND l.type = 'order' AND d.status <> 'superseded'), 0) AS fee_hao`,
    [statement.id],
  );
  const wantedHao = Number(rows[0]?.fee_hao ?? 0);
  const moreHao = wantedHao - statement.feeBookedHao;
  if (moreHao === 0) return;
  await bookForParty(client, party, {
    key: `statement:${statement.id}:fee:${wantedHao}:${nowMs}`,
    kind: 'platform-fee',
    lines: [
      { account: party.kind === 'supplier' ? 'cost-of-goods' : 'platform-fee', amountHao: moreHao },
      { account: 'party', amountHao: -moreHao },
    ],
    memo: `fees, ${party.code}`,
    nowMs,
  });
  await client.query('UPDATE external_statements SET fee_booked_hao = $2 WHERE id = $1', [
    statement.id,
    wantedHao,
  ]);
}

/** The fourth pass: a payout is the orders less refunds, fees and deductions. */
export async function checkPayout({ client, party, statement, nowMs }: Step): Promise<void> {
  const favourHao = statement.payoutHao - statement.dueHao;
  if (party.kind !== 'platform' || statement.payoutHao === 0 || favourHao === 0) return;
  await addDifference(
    { client, party, statementId: statement.id, nowMs },
    {
      kind: favourHao > 0 ? 'amount-long' : 'amount-short',
      key: `statement:${statement.id}:payout`,
      lineId: null,
      item: null,
      theirsHao: statement.payoutHao,
      oursHao: statement.dueHao,
      favourHao,
      occurredAtMs: statement.toMs - 1,
    },
  );
}
