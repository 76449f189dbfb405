import type { Pool } from 'pg';
import { csvRow } from '../inventory/csv-row.js';
import { formatAmount } from '../shared/money.js';

const PAGE = 2_000;
const yuan = (hao: string | null): string => (hao === null ? '' : formatAmount(Number(hao)));

/** The rows that could not be read, to be set right in the file. */
export async function* rowFaultReport(pool: Pool, statementId: string): AsyncIterable<string> {
  yield csvRow(['line', 'reason', 'text']);
  const { rows } = await pool.query<{ line_no: number; reason: string; text: string }>(
    'SELECT line_no, reason, text FROM external_line_faults WHERE statement_id = $1 ORDER BY line_no, id',
    [statementId],
  );
  yield rows.map((row) => csvRow([String(row.line_no), row.reason, row.text])).join('');
}

/** Differences as CSV, of one statement or of all; amounts in yuan, above zero in our favour. */
export async function* differenceReport(
  pool: Pool,
  statementId: string | null,
): AsyncIterable<string> {
  yield '\ufeff';
  yield csvRow([
    '编号 id',
    '对方 party',
    '类型 kind',
    '状态 status',
    '订单号 order',
    '对方单号 their no',
    '对方金额 theirs (yuan)',
    '我方金额 ours (yuan)',
    '差额 difference (yuan)',
    '发生时间 at',
    '负责人 owner',
    '原因 cause',
    '处理 resolution',
    '说明 reason',
  ]);
  let lastId = '0';
  for (;;) {
    const { rows } = await pool.query<Record<string, string | null>>(
      `SELECT d.id, p.code AS party, d.kind, d.status, o.order_no, coalesce(l.their_no, l.our_no) AS their_no, d.theirs_hao, d.ours_hao,
         d.favour_hao, to_char(d.occurred_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') AS at, d.owner_email, d.cause,
         d.resolution, d.reason
       FROM reconciliation_differences d JOIN statement_parties p ON p.id = d.party_id
       LEFT JOIN orders o ON o.id = d.order_id LEFT JOIN external_lines l ON l.id = d.line_id
       WHERE d.id > $1 AND ($2::uuid IS NULL OR d.statement_id = $2) ORDER BY d.id LIMIT ${PAGE}`,
      [lastId, statementId],
    );
    if (rows.length === 0) return;
    lastId = rows.at(-1)?.['id'] ?? lastId;
    yield rows
      .map((row) =>
        csvRow([
          ...['id', 'party', 'kind', 'status', 'order_no', 'their_no'].map(
            (name) => row[name] ?? '',
          ),
          ...['theirs_hao', 'ours_hao', 'favour_hao'].map((name) => yuan(row[name] ?? null)),
          ...['at', 'owner_email', 'cause', 'resolution', 'reason'].map((name) => row[name] ?? ''),
        ]),
      )
      .join('');
  }
}

export interface TieOutLine {
  readonly partyCode: string;
  readonly quarter: string;
  readonly theirsGrossHao: number;
  readonly theirsRefundHao: number;
  readonly oursGrossHao: number;
  readonly oursRefundHao: number;
}

/**
 * What platforms report of us by the quarter, as their statements sum up, beside our own books: gross, refunds, net. A
 * statement counts in the quarters of its lines; our side is what was charged and given back, large orders and compensation
 * included, by the day it was posted.
 */
const TIE_OUT = `
  WITH theirs AS (
    SELECT p.platform_id, to_char(l.occurred_at AT TIME ZONE 'Asia/Shanghai', 'YYYY"Q"Q') AS quarter,
      coalesce(sum(l.amount_hao) FILTER (WHERE l.type = 'order'), 0) AS gross, coalesce(sum(l.amount_hao) FILTER (WHERE l.type = 'refund'), 0) AS refund
    FROM external_lines l JOIN statement_parties p ON p.id = l.party_id
    WHERE p.kind = 'platform' AND l.state <> 'gone' AND l.currency IS NULL AND l.type IN ('order', 'refund')
    GROUP BY 1, 2
  ), ours AS (
    SELECT a.platform_id, to_char(e.posted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY"Q"Q') AS quarter,
      coalesce(sum(x.amount_hao) FILTER (WHERE x.amount_hao > 0), 0) AS gross,
      coalesce(sum(x.amount_hao) FILTER (WHERE x.amount_hao < 0), 0) AS refund
    FROM ledger_accounts a JOIN ledger_postings x ON x.account_id = a.id JOIN ledger_entries e ON e.id = x.entry_id
    WHERE a.kind = 'platform-balance'
      AND e.kind IN ('order-charge', 'order-refund', 'large-order-payment', 'large-order-refund', 'compensation')
      AND a.platform_id IN (SELECT platform_id FROM statement_parties WHERE kind = 'platform')
    GROUP BY 1, 2
  )
  SELECT 'platform:' || f.code AS code, coalesce(t.quarter, o.quarter) AS quarter, coalesce(t.gross, 0) AS tg, coalesce(t.refund, 0) AS tr,
    coalesce(o.gross, 0) AS og, coalesce(o.refund, 0) AS orf
  FROM theirs t FULL JOIN ours o ON o.platform_id = t.platform_id AND o.quarter = t.quarter
  JOIN platforms f ON f.id = coalesce(t.platform_id, o.platform_id)
  ORDER BY 2 DESC, 1 LIMIT 200`;

export async function tieOut(pool: Pool): Promise<readonly TieOutLine[]> {
  const { rows } =
    await pool.query<Record<'code' | 'quarter' | 'tg' | 'tr' | 'og' | 'orf', string>>(TIE_OUT);
  return rows.map((row) => ({
    partyCode: row.code,
    quarter: row.quarter,
    theirsGrossHao: Number(row.tg),
    theirsRefundHao: Number(row.tr),
    oursGrossHao: Number(row.og),
    oursRefundHao: Number(row.orf),
  }));
}

/** The same as CSV. */
export async function tieOutReport(pool: Pool): Promise<string> {
  const head = csvRow([
    '平台 platform',
    '季度 quarter',
    '对方收入 theirs gross',
    '对方退款 theirs refunds',
    '对方净额 theirs net',
    '我方收入 ours gross',
    '我方退款 ours refunds',
    '我方净额 ours net',
    '差额 difference',
  ]);
  const lines = (await tieOut(pool)).map((line) => {
    const theirs = line.theirsGrossHao + line.theirsRefundHao;
    const ours = line.oursGrossHao + line.oursRefundHao;
    const amounts = [
      line.theirsGrossHao,
      line.theirsRefundHao,
      theirs,
      line.oursGrossHao,
      line.oursRefundHao,
      ours,
      theirs - ours,
    ];
    return csvRow([line.partyCode, line.quarter, ...amounts.map(formatAmount)]);
  });
  return `\ufeff${head}${lines.join('')}`;
}
