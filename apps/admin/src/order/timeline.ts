import { type Language, translate } from '#domain/i18n';
import type { CompensationCause, CompensationRemedy } from '#domain';
import { giftWords } from '../compensation/compensation-words.js';
import { stageWords } from '../large-order/large-order-words.js';
import type { TimelineLine } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount } from '../resource/shown-amount.js';
import { actionWords, actorWords, askedByWords, failureWords } from './callback-words.js';
import type { AuditRow, EventRow, TryRow } from './order-page.queries.js';

interface Moment extends TimelineLine {
  readonly atMs: number;
  /** What happened in one transaction has one time: facts come before their consequences. */
  readonly rank: number;
}

const GOOD = new Set(['delivered', 'callback-sent', 'compensated', 'service-extended']);
const BAD = new Set(['failed', 'cancelled', 'callback-failed', 'supply-undecided']);
/** The order's own events tell these already. */
const TOLD_BY_EVENTS = new Set([
  'cancelOrder',
  'retryOrder',
  'replayCallback',
  'revealCard',
  'reorderOrder',
  'compensate',
]);

/** Events, tries and staff's doings merged, the oldest first. */
export function timeline(
  language: Language,
  parts: {
    readonly events: readonly EventRow[];
    readonly tries: readonly TryRow[];
    readonly audit: readonly AuditRow[];
  },
): TimelineLine[] {
  const moments = [
    ...parts.events.map((event) => ofEvent(language, event)),
    ...parts.tries.map((one) => ofTry(language, one)),
    ...parts.audit
      .filter(({ action }) => !TOLD_BY_EVENTS.has(action))
      .map((entry) => ofAudit(language, entry)),
  ];
  return moments
    .sort((a, b) => a.atMs - b.atMs || a.rank - b.rank)
    .map(({ atMs: _atMs, rank: _rank, ...line }) => line);
}

function ofEvent(language: Language, event: EventRow): Moment {
  const status =
    event.to_status && event.to_status !== event.from_status
      ? translate(language, `enum.orderStatus.${event.to_status}`)
      : '';
  const isStaff = event.actor_kind === 'staff';
  const isGood = GOOD.has(event.type) || event.to_status === 'succeeded';
  return {
    atMs: event.created_at.getTime(),
    rank: Number(event.id),
    at: shanghaiTime(event.created_at),
    title: translate(language, `enum.orderEventType.${event.type}`),
    who: `${translate(language, `enum.actorKind.${event.actor_kind}`)} ${event.actor_kind === 'system' ? actorWords(language, event.actor_name) : event.actor_name}`,
    detail: [status && `→ ${status}`, ...detailWords(language, event)].filter(Boolean).join(' · '),
    tone: isGood ? 'good' : BAD.has(event.type) ? 'bad' : isStaff ? 'staff' : 'plain',
  };
}

/** Names what it shows: a detail that is added later stays unseen until it is written here. */
function detailWords(language: Language, event: EventRow): string[] {
  return event.type.startsWith('supply-')
    ? supplyWords(language, event)
    : [...stageWords(language, event.detail ?? {}), ...orderWords(language, event)];
}

/** What happened with a supplier: who, which attempt, and how it ended. */
function supplyWords(language: Language, { detail }: EventRow): string[] {
  const { supplier = '', attemptNo = '', result, quantity = 0, reason } = detail ?? {};
  const who = { supplier: String(supplier), attemptNo: String(attemptNo) };
  const words =
    typeof result === 'string'
      ? translate(language, 'page.supply.supplierResult', {
          ...who,
          result: translate(
            language,
            `enum.attemptStatus.${result}` as 'enum.attemptStatus.succeeded',
          ),
        })
      : translate(language, 'page.supply.supplierAsked', { ...who, quantity: Number(quantity) });
  if (typeof reason !== 'string') return [words];
  const why = `enum.personReason.${reason}` as 'enum.personReason.budget-spent';
  return [String(attemptNo), translate(language, why)];
}

function orderWords(language: Language, { detail }: EventRow): string[] {
  const { quantity, refundedHao, reason, tries, unitNo, failCode } = detail ?? {};
  const words: string[] = compensationWords(language, detail ?? {});
  if (typeof quantity === 'number')
    words.push(translate(language, 'page.order.eventQuantity', { count: quantity }));
  if (typeof unitNo === 'number')
    words.push(translate(language, 'page.order.unitNo', { no: unitNo }));
  if (typeof refundedHao === 'number' && refundedHao > 0)
    words.push(translate(language, 'page.order.eventRefund', { amount: shownAmount(refundedHao) }));
  if (typeof failCode === 'string')
    words.push(
      translate(language, `enum.orderFailCode.${failCode}` as 'enum.orderFailCode.out-of-stock'),
    );
  if (typeof tries === 'number')
    words.push(translate(language, 'page.order.eventTries', { count: tries }));
  if (typeof reason === 'string' && reason !== '')
    words.push(translate(language, 'page.order.eventReason', { reason }));
  return words;
}

function ofTry(language: Language, one: TryRow): Moment {
  const isGood = one.failure === null;
  const answer = one.http_status === null ? '' : `HTTP ${one.http_status}`;
  const duration = translate(language, 'page.order.duration', { ms: one.duration_ms });
  return {
    atMs: one.sent_at.getTime(),
    rank: 0,
    at: shanghaiTime(one.sent_at),
    title: `${translate(language, 'page.order.callbacks')} · ${translate(language, 'page.order.tryNo', { no: one.try_no })}`,
    who: askedByWords(language, one.asked_by),
    detail: [answer, one.failure && failureWords(language, one.failure), duration]
      .filter(Boolean)
      .join(' · '),
    tone: isGood ? 'good' : 'bad',
  };
}

function ofAudit(language: Language, entry: AuditRow): Moment {
  return {
    atMs: entry.created_at.getTime(),
    rank: Number.MAX_SAFE_INTEGER,
    at: shanghaiTime(entry.created_at),
    title: actionWords(language, entry.action),
    who: `${translate(language, 'page.order.staffDid')} ${entry.staff_email}`,
    detail: entry.reason ?? '',
    tone: 'staff',
  };
}

/** What went wrong, and what was given for it; the number of a re-order. */
function compensationWords(
  language: Language,
  { cause, remedy, amountHao, merchantOrderNo, incidentNo, days }: NonNullable<EventRow['detail']>,
): string[] {
  const words: string[] = [];
  if (typeof cause === 'string')
    words.push(translate(language, `enum.compensationCause.${cause as CompensationCause}`));
  if (typeof remedy === 'string')
    words.push(giftWords(language, remedy as CompensationRemedy, Number(amountHao ?? 0)));
  if (typeof merchantOrderNo === 'string') words.push(merchantOrderNo);
  if (typeof days === 'number')
    words.push(translate(language, 'page.incident.eventDays', { count: days }));
  if (typeof incidentNo === 'string') words.push(incidentNo);
  return words;
}
