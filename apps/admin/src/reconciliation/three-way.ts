import type { Pool } from 'pg';
import type { EntryKind, ExternalLineState, ExternalLineType, PartyKind } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';

const OURS = `
  WITH keys AS (
    SELECT 'order:' || $1::bigint || ':' || n AS key FROM unnest(ARRAY['charge', 'refund']) AS n
    UNION ALL SELECT 'order:' || order_id || ':' || source || ':' || reference FROM large_order_payments WHERE order_id = $1
    UNION ALL SELECT 'order:' || order_id || ':stage-' || stage_no FROM delivery_stages WHERE order_id = $1
    UNION ALL SELECT 'compensation:' || id FROM compensations WHERE order_id = $1
    UNION ALL SELECT 'attempt:' || t.id || ':' || n FROM attempts t, unnest(ARRAY['cost', 'refund', 'unrefunded', 'withdrawn', 'reversal']) AS n
      WHERE t.order_id = $1 OR t.id = $2
    UNION ALL SELECT 'claim:' || c.id || ':recovered:' || v FROM attempts t JOIN supply_claims c ON c.attempt_id = t.id,
      generate_series(1, c.version) AS v WHERE t.order_id = $1 OR t.id = $2)
  SELECT e.id, e.kind, e.posted_at, CASE WHEN a.kind = 'platform-prepayment' AND e.kind = 'large-order-payment' THEN -p.amount_hao
    ELSE p.amount_hao END AS amount_hao
  FROM keys JOIN ledger_entries e ON e.idempotency_key = keys.key
  JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63
  JOIN ledger_accounts a ON a.id = p.account_id AND (a.kind IN ('supplier-balance', 'platform-balance')
    OR (a.kind = 'platform-prepayment' AND e.kind IN ('large-order-payment', 'large-order-release')))
  WHERE e.kind <> 'large-order-payment' OR a.kind = 'platform-prepayment'
  ORDER BY e.id`;
const THEIRS = `
  SELECT l.id, b.kind AS party, l.type, coalesce(l.their_no, l.our_no) AS no, l.amount_hao, l.occurred_at, l.state
  FROM external_lines l JOIN statement_parties b ON b.id = l.party_id
  WHERE l.state <> 'gone' AND (l.id = $3 OR EXISTS (SELECT 1 FROM orders o WHERE o.id = $1 AND b.platform_id = o.platform_id
      AND (l.their_no IN (o.merchant_order_no, o.order_no) OR l.our_no IN (o.order_no, o.merchant_order_no)))
    OR EXISTS (SELECT 1 FROM attempts t WHERE (t.order_id = $1 OR t.id = $2) AND b.supplier_id = t.supplier_id
      AND (l.our_no = t.attempt_no OR l.their_no = t.supplier_order_no)))
  ORDER BY b.kind, l.id LIMIT 50`;

/** One order as our books, the platform and the supplier tell of it, side by side. */
export async function threeWay(
  pool: Pool,
  language: Language,
  about: {
    readonly orderId: string | null;
    readonly lineId: string | null;
    readonly attemptId: string | null;
  },
): Promise<RelatedSection> {
  const { orderId, attemptId, lineId } = about;
  const [ours, theirs] = await Promise.all([
    pool.query<{ id: string; kind: EntryKind; posted_at: Date; amount_hao: string }>(OURS, [
      orderId,
      attemptId,
    ]),
    pool.query<{
      id: string;
      party: PartyKind;
      type: ExternalLineType;
      no: string | null;
      amount_hao: string;
      occurred_at: Date;
      state: ExternalLineState;
    }>(THEIRS, [orderId, attemptId, lineId]),
  ]);
  const text = (
    key:
      'side' | 'ours' | 'number' | 'amount' | 'at' | 'state' | 'none' | 'threeWay' | 'threeWayHint',
  ) => translate(language, `page.reconciliation.${key}`);
  const rows: RelatedCell[][] = [
    ...ours.rows.map((row) => [
      { text: text('ours') },
      {
        text: translate(language, `enum.entryKind.${row.kind}`),
        to: recordPage('LedgerEntry', row.id),
      },
      { text: row.id },
      { text: shownAmount(Number(row.amount_hao)), isNumber: true },
      { text: shanghaiTime(row.posted_at) },
      { text: '' },
    ]),
    ...theirs.rows.map((row) => [
      { text: translate(language, `enum.partyKind.${row.party}`) },
      {
        text: translate(language, `enum.externalLineType.${row.type}`),
        to: recordPage('ExternalLine', row.id),
      },
      { text: row.no ?? '—' },
      { text: shownAmount(Number(row.amount_hao)), isNumber: true },
      { text: shanghaiTime(row.occurred_at) },
      { text: translate(language, `enum.externalLineState.${row.state}`), tag: row.state },
    ]),
  ];
  return {
    title: text('threeWay'),
    hint: text('threeWayHint'),
    heads: [
      text('side'),
      translate(language, 'field.ExternalLine.type'),
      text('number'),
      text('amount'),
      text('at'),
      text('state'),
    ],
    rows,
    empty: text('none'),
  };
}
