import type { Pool } from 'pg';
import {
  HAO_PER_YUAN,
  mayStaff,
  paidPerStage,
  requiredHao,
  type LargeOrderPhase,
  type LargePaymentSource,
  type PlannedStages,
  type StageStatus,
} from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedChart, RelatedSection } from '../components/views.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';
import { timeLeft } from './time-left.js';

const READ = `
  SELECT o.order_no, o.delivered_quantity, o.quantity, o.refunded_hao, l.phase, l.stage_no, l.prepayment_hao, l.paid_hao,
    l.forfeited_hao, l.due_at, l.paused_at, l.grace_seconds, l.pay_seconds,
    l.deliver_seconds, l.accept_seconds, l.reminded_count,
    (SELECT count(*)::int FROM card_reservations r WHERE r.order_id = o.id) AS reserved,
    (SELECT min(reserved_until) FROM card_reservations r WHERE r.order_id = o.id) AS reserved_until
  FROM large_orders l JOIN orders o ON o.id = l.order_id WHERE l.order_id = $1`;

interface LargeRow {
  order_no: string;
  delivered_quantity: number;
  quantity: number;
  refunded_hao: string;
  phase: LargeOrderPhase;
  stage_no: number;
  prepayment_hao: string;
  paid_hao: string;
  forfeited_hao: string;
  due_at: Date | null;
  paused_at: Date | null;
  grace_seconds: number;
  pay_seconds: number;
  deliver_seconds: number;
  accept_seconds: number;
  reminded_count: number;
  reserved: number;
  reserved_until: Date | null;
}

const READ_STAGES = `
  SELECT stage_no, quantity, amount_hao, prepaid_hao, status, due_at, released_at, accepted_at, accepted_by
  FROM delivery_stages WHERE order_id = $1 ORDER BY id`;

interface StageRow {
  stage_no: number;
  quantity: number;
  amount_hao: string;
  prepaid_hao: string;
  status: StageStatus;
  due_at: Date | null;
  released_at: Date | null;
  accepted_at: Date | null;
  accepted_by: string | null;
}

const READ_PAYMENTS = `
  SELECT source, reference, amount_hao, payer, recorded_by, recorded_at FROM large_order_payments
  WHERE order_id = $1 ORDER BY id DESC LIMIT 100`;

interface PaymentRow {
  source: LargePaymentSource;
  reference: string;
  amount_hao: string;
  payer: string | null;
  recorded_by: string;
  recorded_at: Date;
}

/** How a large order is coming along: its money and goods stage by stage, what is due when, and who paid what. */
export async function largeOrderRelated(
  pool: Pool,
  staff: PanelStaff,
  orderId: string,
): Promise<readonly RelatedSection[]> {
  const found = await pool.query<LargeRow>(READ, [orderId]);
  const large = found.rows[0];
  if (!large) return [];
  const stages = await pool.query<StageRow>(READ_STAGES, [orderId]);
  const { language } = staff;
  const sections = [
    standing(language, { orderId, large, stages: stages.rows }),
    stageBars(language, large, stages.rows),
  ];
  if (mayStaff(staff.role, 'money.read')) sections.push(await payments(pool, language, orderId));
  return sections;
}

const say = (
  language: Language,
  name: keyof Messages['page']['largeOrder'],
  params: Readonly<Record<string, string>> = {},
): string => translate(language, `page.largeOrder.${name}`, params);

const plannedOf = (large: LargeRow, stages: readonly StageRow[]): PlannedStages => ({
  prepaymentHao: Number(large.prepayment_hao),
  stages: stages.map((row) => ({
    stageNo: row.stage_no,
    quantity: row.quantity,
    amountHao: Number(row.amount_hao),
    prepaidHao: Number(row.prepaid_hao),
  })),
});

function standing(
  language: Language,
  given: {
    readonly orderId: string;
    readonly large: LargeRow;
    readonly stages: readonly StageRow[];
  },
): RelatedSection {
  const { orderId, large, stages } = given;
  const planned = plannedOf(large, stages);
  const openHao = Math.max(0, requiredHao(planned, large.stage_no) - Number(large.paid_hao));
  const isPayment = large.phase === 'prepayment' || large.phase === 'payment';
  const fact = (label: string, value: RelatedCell) => ({ label, value });
  return {
    title: say(language, 'progress'),
    facts: [
      fact(translate(language, 'entity.Order'), {
        text: large.order_no,
        to: recordPage('Order', orderId),
      }),
      fact(translate(language, 'field.LargeOrder.phase'), {
        text: translate(language, `enum.largeOrderPhase.${large.phase}`),
        tag: large.paused_at === null ? large.phase : 'overdue',
        ...(large.paused_at === null
          ? {}
          : { note: say(language, 'pausedSince', { at: shanghaiTime(large.paused_at) }) }),
      }),
      fact(say(language, 'next'), nextCell(language, large)),
      ...(isPayment ? [fact(say(language, 'openNow'), { text: shownAmount(openHao) })] : []),
      fact(say(language, 'terms'), { text: termsText(language, large) }),
      fact(say(language, 'reminders'), { text: String(large.reminded_count) }),
      fact(say(language, 'reserved'), {
        text: say(language, 'reservedCards', { count: shownCount(large.reserved) }),
        ...(large.reserved_until === null
          ? {}
          : { note: say(language, 'until', { at: shanghaiTime(large.reserved_until) }) }),
      }),
      ...(large.phase === 'ended'
        ? [
            fact(translate(language, 'field.Order.refundedHao'), {
              text: shownAmount(Number(large.refunded_hao)),
            }),
            fact(translate(language, 'field.LargeOrder.forfeitedHao'), {
              text: shownAmount(Number(large.forfeited_hao)),
            }),
          ]
        : []),
    ],
  };
}

/** The clocks that were agreed upon, in days and hours. */
const termsText = (language: Language, large: LargeRow): string =>
  say(language, 'termsText', {
    pay: timeLeft(language, large.pay_seconds * 1_000),
    grace: timeLeft(language, large.grace_seconds * 1_000),
    deliver: timeLeft(language, large.deliver_seconds * 1_000),
    accept: timeLeft(language, large.accept_seconds * 1_000),
  });

/** The next deadline with the time that is left; for one that has passed, when the order is cancelled. */
function nextCell(language: Language, large: LargeRow): RelatedCell {
  if (large.due_at === null) return { text: '–' };
  const nowMs = Date.now();
  const endsAtMs = large.due_at.getTime() + large.grace_seconds * 1_000;
  if (large.paused_at !== null)
    return {
      text: shanghaiTime(new Date(endsAtMs)),
      note: say(language, 'cancelledIn', { left: timeLeft(language, endsAtMs - nowMs) }),
    };
  return {
    text: shanghaiTime(large.due_at),
    note: say(language, 'dueIn', { left: timeLeft(language, large.due_at.getTime() - nowMs) }),
  };
}

function stageBars(
  language: Language,
  large: LargeRow,
  stages: readonly StageRow[],
): RelatedSection {
  const planned = plannedOf(large, stages);
  const paid = paidPerStage(planned, Number(large.paid_hao));
  let unitsBefore = 0;
  const bars = stages.map((row, index) => {
    const delivered = Math.min(row.quantity, Math.max(0, large.delivered_quantity - unitsBefore));
    unitsBefore += row.quantity;
    return { row, delivered, paidHao: paid[index] ?? 0 };
  });
  const stageName = (stageNo: number): string => say(language, 'stage', { no: String(stageNo) });
  return {
    title: say(language, 'stages'),
    hint: say(language, 'stagesHint'),
    chart: {
      unit: translate(language, 'page.common.yuan'),
      series: [say(language, 'paid'), say(language, 'unpaid')],
      bars: moneyBars(language, planned, Number(large.paid_hao)),
    },
    heads: [
      say(language, 'stageNo'),
      translate(language, 'field.DeliveryStage.status'),
      say(language, 'goods'),
      say(language, 'goodsCount'),
      say(language, 'money'),
      say(language, 'moneyAmount'),
      translate(language, 'field.DeliveryStage.dueAt'),
      translate(language, 'field.DeliveryStage.releasedAt'),
      translate(language, 'field.DeliveryStage.acceptedAt'),
    ],
    rows: bars.map(({ row, delivered, paidHao }) => {
      const goods = `${shownCount(delivered)} / ${shownCount(row.quantity)}`;
      const money = `${shownAmount(paidHao)} / ${shownAmount(Number(row.amount_hao))}`;
      const time = (at: Date | null): RelatedCell => ({
        text: at === null ? '–' : shanghaiTime(at),
      });
      return [
        { text: stageName(row.stage_no) },
        { text: translate(language, `enum.stageStatus.${row.status}`), tag: row.status },
        { text: goods, meters: [{ label: goods, share: delivered / row.quantity }] },
        { text: goods, isNumber: true },
        {
          text: money,
          meters: [{ label: money, share: shareOf(paidHao, Number(row.amount_hao)) }],
        },
        { text: money, isNumber: true },
        time(row.due_at),
        time(row.released_at),
        {
          ...time(row.accepted_at),
          ...(row.accepted_by === null ? {} : { note: row.accepted_by }),
        },
      ];
    }),
  };
}

/** What is paid and what is not, of the prepayment and of what each stage costs beyond it. */
function moneyBars(
  language: Language,
  { prepaymentHao, stages }: PlannedStages,
  paidHao: number,
): RelatedChart['bars'] {
  const dues = [
    { label: say(language, 'prepayment'), dueHao: prepaymentHao },
    ...stages.map(({ stageNo, amountHao, prepaidHao }) => ({
      label: say(language, 'stage', { no: String(stageNo) }),
      dueHao: amountHao - prepaidHao,
    })),
  ];
  let leftHao = paidHao;
  return dues.map(({ label, dueHao }) => {
    const coveredHao = Math.min(leftHao, dueHao);
    leftHao -= coveredHao;
    return { label, values: [coveredHao / HAO_PER_YUAN, (dueHao - coveredHao) / HAO_PER_YUAN] };
  });
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

async function payments(pool: Pool, language: Language, orderId: string): Promise<RelatedSection> {
  const { rows } = await pool.query<PaymentRow>(READ_PAYMENTS, [orderId]);
  const head = (
    name: 'recordedAt' | 'source' | 'reference' | 'payer' | 'amountHao' | 'recordedBy',
  ) => translate(language, `field.LargeOrderPayment.${name}`);
  return {
    title: translate(language, 'entity.LargeOrderPayment'),
    heads: [
      head('recordedAt'),
      head('source'),
      head('reference'),
      head('payer'),
      head('amountHao'),
      head('recordedBy'),
    ],
    rows: rows.map((row) => [
      { text: shanghaiTime(row.recorded_at) },
      { text: translate(language, `enum.largePaymentSource.${row.source}`) },
      { text: row.reference },
      { text: row.payer ?? '–' },
      { text: shownAmount(Number(row.amount_hao)), isNumber: true },
      { text: row.recorded_by },
    ]),
    empty: say(language, 'noPayment'),
  };
}
