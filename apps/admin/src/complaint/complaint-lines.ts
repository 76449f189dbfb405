import type { ComplaintSeverity, ResolutionCode } from '#domain';
import { type Language, translate } from '#domain/i18n';
import type {
  BreachView,
  PauseView,
  StepView,
  TrailLine,
  UpstreamView,
} from '../components/complaint-views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import type {
  BreachRow,
  PauseRow,
  StepRow,
  TrailRow,
  UpstreamRow,
} from './complaint-page.queries.js';
import { say, spanWords } from './complaint-words.js';

/** One line of the story, in words. */
export function trailLine(language: Language, row: TrailRow): TrailLine {
  const author = translate(language, `enum.complaintAuthor.${row.author}`);
  return {
    id: row.id,
    at: shanghaiTime(row.at),
    author: row.author,
    who: row.staff_email === null ? author : `${author} ${row.staff_email}`,
    title: [
      translate(language, `enum.complaintEventType.${row.type}`),
      ...detailWords(language, row.detail ?? {}),
    ].join(' · '),
    text: row.text ?? '',
    images: row.images,
  };
}

/** Names what it shows: a detail that is added later stays unseen until it is written here. */
function detailWords(
  language: Language,
  detail: Readonly<Record<string, unknown>>,
): readonly string[] {
  const { severity, resolutionCode, reason, assignee, deadlineMs } = detail;
  const words: string[] = [];
  if (typeof severity === 'string')
    words.push(translate(language, `enum.complaintSeverity.${severity as ComplaintSeverity}`));
  if (typeof resolutionCode === 'string')
    words.push(translate(language, `enum.resolutionCode.${resolutionCode as ResolutionCode}`));
  if (assignee === null) words.push(say(language, 'nobody'));
  if (typeof assignee === 'string') words.push(assignee);
  if (typeof deadlineMs === 'number') words.push(shanghaiTime(new Date(deadlineMs)));
  if (typeof reason === 'string' && reason !== '') words.push(reason);
  return words;
}

export function pauseView(language: Language, row: PauseRow): PauseView {
  return {
    title: `${say(language, 'pauseNo', { no: row.pause_no })} · ${translate(language, `enum.pauseReason.${row.reason}`)}`,
    from: shanghaiTime(row.from_at),
    to: shanghaiTime(row.to_at),
    isOpen: row.is_open,
  };
}

export function stepView(language: Language, row: StepRow): StepView {
  const at =
    row.percent === 0
      ? translate(language, 'enum.escalationCause.unassigned')
      : `${translate(language, `enum.clockKind.${row.kind}`)} ${row.percent}%`;
  const isEarly = row.cause === 'unacknowledged';
  return {
    id: row.id,
    title: isEarly ? `${at} · ${translate(language, 'enum.escalationCause.unacknowledged')}` : at,
    levels: row.levels
      .map((level) => translate(language, `enum.escalationLevel.${level}`))
      .join(' '),
    firedAt: shanghaiTime(row.fired_at),
    acknowledged:
      row.acknowledged_at === null
        ? null
        : `${row.acknowledged_by ?? ''} ${shanghaiTime(row.acknowledged_at)}`,
    isOpen: row.acknowledged_at === null && row.closed_at === null,
  };
}

export function breachView(language: Language, row: BreachRow): BreachView {
  return {
    id: row.id,
    title: translate(language, `enum.clockKind.${row.kind}`),
    breachedAt: shanghaiTime(row.breached_at),
    overshoot:
      row.overshoot_seconds === null
        ? say(language, 'stillLate')
        : spanWords(language, row.overshoot_seconds),
    cause: row.cause && translate(language, `enum.breachCause.${row.cause}`),
    remark: row.cause_remark ?? '',
    isExcused: row.is_excused,
    isAnnulled: row.annulled_at !== null,
    isExcuseAsked: row.is_excuse_asked,
  };
}

export function upstreamView(language: Language, row: UpstreamRow): UpstreamView {
  const status = translate(language, `enum.upstreamStatus.${row.status}`);
  return {
    id: row.id,
    title: [row.supplier, row.supplier_ref, status].filter(Boolean).join(' · '),
    text: row.text,
    answer: row.answer,
    at: shanghaiTime(row.asked_at),
    isOpen: row.status === 'asked' || row.status === 'filed',
  };
}
