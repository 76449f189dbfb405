import type { PoolClient } from 'pg';
import type { StatementLine } from './statement-reader.js';

const WRITE_LINES = `
  INSERT INTO external_lines (statement_id, party_id, line_no, type, our_no, their_no, product_code, quantity, account,
    amount_hao, fee_hao, status, currency, occurred_at, memo, raw, next_pass_at)
  SELECT $1, $2, r.line_no, r.type, r.our_no, r.their_no, r.product_code, r.quantity, r.account, r.amount_hao, r.fee_hao,
    r.status, r.currency, r.occurred_at, r.memo, r.raw, $3
  FROM unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::bigint[], $12::bigint[],
    $13::text[], $14::text[], $15::timestamptz[], $16::text[], $17::text[])
    AS r(line_no, type, our_no, their_no, product_code, quantity, account, amount_hao, fee_hao, status, currency, occurred_at, memo, raw)`;

/** Writes a page of lines; nobody sees them before their statement is taken. */
export async function writeLines(
  client: PoolClient,
  page: {
    readonly partyId: string;
    readonly statementId: string;
    readonly lines: readonly StatementLine[];
    readonly nowMs: number;
  },
): Promise<void> {
  const { lines } = page;
  const of = <Value>(read: (line: StatementLine) => Value): Value[] => lines.map(read);
  await client.query(WRITE_LINES, [
    page.statementId,
    page.partyId,
    new Date(page.nowMs),
    of((line) => line.lineNo),
    of((line) => line.type),
    of((line) => line.ourNo),
    of((line) => line.theirNo),
    of((line) => line.productCode),
    of((line) => line.quantity),
    of((line) => line.account),
    of((line) => line.amountHao),
    of((line) => line.feeHao),
    of((line) => line.status),
    of((line) => line.currency),
    of((line) => new Date(line.occurredAtMs)),
    of((line) => line.memo),
    of((line) => line.raw.replaceAll('\u0000', '')),
  ]);
}
