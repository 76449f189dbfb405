import {
  HOUR_MS,
  type IncidentTerms,
  isIncidentOpen,
  type IncidentStatus,
  MINUTE_MS,
  UPDATE_EVERY_MINUTES,
} from '#domain';
import { type Language, type Messages, translate } from '#domain/i18n';
import type { RelatedCell } from '../components/views.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { shownAmount, shownCount } from '../resource/shown-amount.js';

export type IncidentText = keyof Messages['page']['incident'];

/** A text of the pages of incidents. */
export const say = (
  language: Language,
  name: IncidentText,
  params: Readonly<Record<string, string | number>> = {},
): string => translate(language, `page.incident.${name}`, params);

/** The values of a closed list as a person chooses among them. */
export const choicesOf = <Value extends string>(
  values: readonly Value[],
  textOf: (value: Value) => string,
): { readonly value: string; readonly text: string }[] =>
  values.map((value) => ({ value, text: textOf(value) }));

/** What each order gets, in words. */
export function termsWords(language: Language, terms: IncidentTerms): string {
  if (terms.remedy === 'service-days')
    return say(language, 'daysTerms', {
      days: terms.days,
      cost: shownAmount(terms.dayCostHao),
    });
  const remedy = translate(language, `enum.incidentRemedy.${terms.remedy}`);
  const much =
    terms.fixedHao > 0
      ? say(language, 'fixedTerms', { amount: shownAmount(terms.fixedHao) })
      : say(language, 'percentTerms', { percent: terms.percent });
  return `${remedy} · ${much}`;
}

/** How long it lasted, or has lasted so far. */
export function lastingWords(language: Language, fromMs: number, toMs: number): string {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / MINUTE_MS));
  if (minutes < HOUR_MS / MINUTE_MS) return say(language, 'minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return `${hours}:${String(minutes % 60).padStart(2, '0')} h`;
}

/** Until when something new must be said; nothing where the incident is over. */
export function nextUpdateCell(
  language: Language,
  incident: { readonly status: IncidentStatus; readonly lastUpdateAt: Date },
  nowMs: number,
): RelatedCell | undefined {
  if (!isIncidentOpen(incident.status)) return undefined;
  const due = new Date(incident.lastUpdateAt.getTime() + UPDATE_EVERY_MINUTES * MINUTE_MS);
  const text = shanghaiTime(due);
  return due.getTime() > nowMs ? { text } : { text, note: say(language, 'late') };
}

export const progressWords = (language: Language, done: number, total: number): string =>
  say(language, 'ofOrders', { done: shownCount(done), total: shownCount(total) });
