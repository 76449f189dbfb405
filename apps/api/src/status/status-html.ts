import {
  type ComponentState,
  isIncidentOpen,
  type StatusComponentView,
  type StatusFacts,
  type StatusIncident,
  type StatusUpdate,
  dateOfDay,
  worstState,
} from '#domain';
import { type Language, translate } from '#domain/i18n';
import { escaped } from './escape.js';
import { ledgerSection, promiseSection } from './status-figures.js';
import { POLICY, STYLE } from './status-style.js';
import { inLanguage, say, shown } from './status-words.js';

/** Where the page and its fellows are, as seen from the page. */
export interface StatusLinks {
  readonly otherLanguage: string;
  readonly feed: string;
  readonly data: string;
}

export interface StatusPage {
  readonly facts: StatusFacts;
  readonly language: Language;
  readonly links: StatusLinks;
  readonly madeMs: number;
}

const TONES: Readonly<Record<ComponentState, 'good' | 'plan' | 'busy' | 'bad'>> = {
  operational: 'good',
  maintenance: 'plan',
  degraded: 'busy',
  'partial-outage': 'bad',
  outage: 'bad',
};
const BANNERS = {
  good: 'allWell',
  plan: 'maintained',
  busy: 'troubled',
  bad: 'down',
} as const;

/** The whole page as one document that needs nothing else. */
export function statusHtml({ facts, language, links, madeMs }: StatusPage): string {
  const t = (name: Parameters<typeof say>[1], params = {}): string =>
    escaped(say(language, name, params));
  const tone = TONES[worstState(facts.components.map(({ state }) => state))];
  const open = facts.incidents.filter(({ status }) => isIncidentOpen(status));
  const past = facts.incidents.filter(({ status }) => !isIncidentOpen(status));
  const other = language === 'en' ? '中文' : 'English';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="60">
<meta name="referrer" content="no-referrer"><title>${t('title')}</title>
<link rel="alternate" type="application/rss+xml" title="${t('title')}" href="${escaped(links.feed)}">
<style>${STYLE}</style></head><body>
<header><div class="top"><h1>${t('title')}</h1><a href="${escaped(links.otherLanguage)}">${other}</a></div>
<p class="muted">${t('lead')}</p><div class="banner ${tone}">${t(BANNERS[tone])}</div></header>
<main>
${open.length === 0 ? '' : `<section><h2>${t('openIncidents')}</h2>${open.map((one) => incidentCard(language, one)).join('')}</section>`}
<section><h2>${t('components')}</h2><p class="muted">${t('bars')}</p>
${facts.components.length === 0 ? `<p>${t('noComponents')}</p>` : facts.components.map((one) => componentCard(language, one)).join('')}</section>
${promiseSection(language, facts.months)}
<section><h2>${t('pastIncidents')}</h2>${past.length === 0 ? `<p>${t('noPast')}</p>` : past.map((one) => incidentCard(language, one)).join('')}</section>
${ledgerSection(language, facts.complaints)}
</main>
<footer class="muted"><p>${t('zone')} ${t('made', { at: shown(madeMs) })}</p>
<p><a href="${escaped(links.feed)}">${t('feed')}</a><a href="${escaped(links.data)}">${t('data')}</a></p></footer>
</body></html>
`;
}

function componentCard(language: Language, component: StatusComponentView): string {
  const tone = TONES[component.state];
  const state = escaped(translate(language, `enum.componentState.${component.state}`));
  const bars = component.days.map((day, index) => {
    const name = translate(language, `enum.componentState.${day.state}`);
    const what =
      day.state === 'operational'
        ? say(language, 'dayFine', { day: dateOfDay(day.dayNumber) })
        : say(language, 'dayBad', {
            day: dateOfDay(day.dayNumber),
            state: name,
            minutes: day.minutes,
          });
    return `<rect class="${TONES[day.state]}" x="${index * 4}" width="3" height="30" rx="1"><title>${escaped(what)}</title></rect>`;
  });
  return `<div class="card"><div class="row"><h3>${escaped(inLanguage(language, component.name))}</h3><span class="state ${tone}">${state}</span></div>
<svg class="bars" viewBox="0 0 ${component.days.length * 4 - 1} 30" preserveAspectRatio="none" role="img" aria-label="${escaped(say(language, 'bars'))}">${bars.join('')}</svg></div>
`;
}

function incidentCard(language: Language, incident: StatusIncident): string {
  const status = escaped(translate(language, `enum.incidentStatus.${incident.status}`));
  const severity = escaped(translate(language, `enum.incidentSeverity.${incident.severity}`));
  const tone = isIncidentOpen(incident.status) ? 'bad' : 'good';
  const times = [
    say(language, 'occurred', { at: shown(incident.occurredMs) }),
    say(language, 'detected', { at: shown(incident.detectedMs) }),
    say(language, 'published', { at: shown(incident.publishedMs) }),
    ...(incident.fixedMs === null ? [] : [say(language, 'fixed', { at: shown(incident.fixedMs) })]),
  ].join(' · ');
  const names = incident.components
    .map((name) => inLanguage(language, name))
    .join(language === 'en' ? ', ' : '、');
  const given = incident.compensations
    .map((one) => `<p>${escaped(giftWords(language, one))}</p>`)
    .join('');
  return `<article class="card" id="${escaped(incident.incidentNo)}"><div class="row"><h3>${escaped(inLanguage(language, incident.title))}</h3><span class="state ${tone}">${status}</span></div>
<p class="muted">${severity} · ${escaped(incident.incidentNo)}${names === '' ? '' : ` · ${escaped(say(language, 'affects', { names }))}`}</p>
<p class="muted">${escaped(times)}</p>${given}
<ol class="updates">${incident.updates.map((update) => updateItem(language, update)).join('')}</ol></article>
`;
}

function updateItem(language: Language, update: StatusUpdate): string {
  const status = escaped(translate(language, `enum.incidentStatus.${update.status}`));
  const before = update.before
    .map(
      ({ text, atMs }) =>
        `<p class="text">${escaped(shown(atMs))} ${escaped(inLanguage(language, text))}</p>`,
    )
    .join('');
  const corrected =
    update.correctedMs === null
      ? ''
      : `<details class="muted"><summary>${escaped(say(language, 'corrected', { at: shown(update.correctedMs) }))}</summary>${before}</details>`;
  return `<li><span class="muted">${escaped(shown(update.atMs))} · ${status}</span><div class="text">${escaped(inLanguage(language, update.text))}</div>${corrected}</li>`;
}

function giftWords(language: Language, given: StatusIncident['compensations'][number]): string {
  const { remedy, days, givenCount: count } = given;
  if (remedy === 'service-days') return say(language, 'compensatedDays', { count, days });
  return say(language, remedy === 'credit' ? 'compensatedCredit' : 'compensatedRefund', { count });
}
