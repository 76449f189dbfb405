import type { Sql } from '../database/sql.js';
import type { WireCall, WireResult } from './wire-record.js';

/** One exchange as it is kept: masked by `maskRequest` and `maskReply` already. */
export interface WireRecordRow {
  readonly supplierId: string;
  readonly attemptId: string | null;
  readonly call: WireCall;
  readonly result: WireResult;
  readonly request: string;
  readonly reply: string | null;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  readonly verdict: string | null;
}

export async function recordWire(sql: Sql, row: WireRecordRow): Promise<void> {
  await sql.query({
    name: 'record-wire',
    text: `INSERT INTO wire_records (supplier_id, attempt_id, call, result, request, reply, http_status, duration_ms, verdict)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      row.supplierId,
      row.attemptId,
      row.call,
      row.result,
      row.request.slice(0, 4_000),
      row.reply?.slice(0, 4_000) ?? null,
      row.httpStatus,
      row.durationMs,
      row.verdict?.slice(0, 200) ?? null,
    ],
  });
}
