import type { Pool } from 'pg';
import { z } from 'zod';
import type { PersonReason, UnknownCause } from '#domain';
import { translate, type Language } from '#domain/i18n';
import type { UndecidedRow, UndecidedView } from '../components/supply-views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';

const SHOWN_MAX = 200;

export const undecidedQuestion = z.object({
  sort: z.enum(['age', 'money']).default('age'),
  supplier: z.string().trim().max(40).default(''),
  person: z.enum(['', 'yes']).default(''),
});
export type UndecidedQuestion = z.infer<typeof undecidedQuestion>;

/** Whose outcome nobody knows: a person must decide, or the reply said nothing that counts. */
const OPEN = `a.status IN ('prepared', 'accepted', 'unknown') AND (a.status = 'unknown' OR a.person_reason IS NOT NULL)`;

const READ = `
  SELECT a.id, a.attempt_no, o.order_no, a.order_id, s.code, p.name AS product, a.quantity, a.cost_hao * a.quantity AS amount_hao,
    coalesce(a.sent_at, a.created_at) AS since, a.unknown_cause, a.person_reason, a.outcome_code, a.query_count, a.next_query_at,
    a.may_send
  FROM attempts a JOIN suppliers s ON s.id = a.supplier_id JOIN products p ON p.id = a.product_id
  LEFT JOIN orders o ON o.id = a.order_id
  WHERE ${OPEN} AND ($1 = '' OR s.code = $1) AND ($2 = '' OR a.person_reason IS NOT NULL)`;

const SORTS = {
  age: 'ORDER BY a.person_reason IS NULL, since, a.id',
  money: 'ORDER BY amount_hao DESC, a.id',
} as const;

const TOTAL = `SELECT count(*)::int AS count, coalesce(sum(a.cost_hao * a.quantity), 0)::float8 AS hao FROM attempts a WHERE ${OPEN}`;

interface Row {
  id: string;
  attempt_no: string;
  order_no: string | null;
  order_id: string | null;
  code: string;
  product: string;
  quantity: number;
  amount_hao: string;
  since: Date;
  unknown_cause: UnknownCause | null;
  person_reason: PersonReason | null;
  outcome_code: string | null;
  query_count: number;
  next_query_at: Date | null;
  may_send: boolean;
}

/** The work list of unknown outcomes: the oldest or the dearest first, with what is known of each. */
export async function readUndecided(
  pool: Pool,
  asked: {
    readonly language: Language;
    readonly question: UndecidedQuestion;
    readonly mayDecide: boolean;
  },
): Promise<UndecidedView> {
  const { language, question, mayDecide } = asked;
  const [found, total, suppliers] = await Promise.all([
    pool.query<Row>(`${READ} ${SORTS[question.sort]} LIMIT ${SHOWN_MAX + 1}`, [
      question.supplier,
      question.person,
    ]),
    pool.query<{ count: number; hao: number }>(TOTAL),
    pool.query<{ code: string }>('SELECT code FROM suppliers ORDER BY code LIMIT 500'),
  ]);
  const { count = 0, hao = 0 } = total.rows[0] ?? {};
  const nowMs = Date.now();
  return {
    rows: found.rows.slice(0, SHOWN_MAX).map((row) => viewOf(language, row, nowMs)),
    total: translate(language, 'page.supply.totalOpen', {
      count: shownCount(count),
      amount: shownAmount(hao),
    }),
    isCapped: found.rows.length > SHOWN_MAX,
    countMax: SHOWN_MAX,
    suppliers: suppliers.rows.map(({ code }) => code),
    mayDecide,
  };
}

function viewOf(language: Language, row: Row, nowMs: number): UndecidedRow {
  return {
    id: row.id,
    attemptNo: row.attempt_no,
    orderNo: row.order_no,
    orderId: row.order_id,
    supplierCode: row.code,
    productName: row.product,
    quantity: row.quantity,
    amount: shownAmount(Number(row.amount_hao)),
    age: ageText(language, nowMs - row.since.getTime()),
    cause: causeText(language, row),
    askedTimes: row.query_count,
    nextAt: row.next_query_at === null ? null : shanghaiTime(row.next_query_at),
    waitsForPerson: row.person_reason !== null,
    mayAsk: !row.may_send,
  };
}

function causeText(language: Language, row: Row): string {
  const texts = [
    row.person_reason && translate(language, `enum.personReason.${row.person_reason}`),
    row.unknown_cause && translate(language, `enum.unknownCause.${row.unknown_cause}`),
    row.outcome_code,
  ];
  return texts.filter((text) => text !== null && text !== '').join(' · ') || '–';
}

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/** In the largest unit of which there is at least one. */
function ageText(language: Language, ms: number): string {
  const [unit, unitMs] = UNITS.find(([, one]) => ms >= one) ?? (['seconds', 1_000] as const);
  return translate(language, `page.supply.${unit}`, {
    count: Math.max(0, Math.floor(ms / unitMs)),
  });
}
