import { dateOfDay, type StatusFacts } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { escaped } from './escape.js';
import { inLanguage, say } from './status-words.js';

const ITEMS_MAX = 50;

/** Every update as an item, the newest first. */
export function statusFeed(facts: StatusFacts, language: Language, pageUrl: string): string {
  const items = facts.incidents
    .flatMap((incident) => incident.updates.map((update) => ({ incident, update })))
    .sort((a, b) => b.update.atMs - a.update.atMs)
    .slice(0, ITEMS_MAX)
    .map(({ incident, update }) => {
      const status = translate(language, `enum.incidentStatus.${update.status}`);
      const title = `[${status}] ${inLanguage(language, incident.title)}`;
      const guid = `kagong:${incident.incidentNo}:${update.id}:${update.correctedMs ?? update.atMs}`;
      return `<item><title>${escaped(title)}</title><link>${escaped(`${pageUrl}#${incident.incidentNo}`)}</link><guid isPermaLink="false">${escaped(guid)}</guid><pubDate>${new Date(update.atMs).toUTCString()}</pubDate><description>${escaped(inLanguage(language, update.text))}</description></item>`;
    });
  const lang = language === 'en' ? 'en' : 'zh-cn';
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>${escaped(say(language, 'title'))}</title><link>${escaped(pageUrl)}</link><description>${escaped(say(language, 'lead'))}</description><language>${lang}</language>
${items.join('\n')}
</channel></rss>
`;
}

/** The same for programs: days without news are left out, times are ISO 8601. */
export function statusJson(facts: StatusFacts): object {
  const iso = (atMs: number | null): string | null =>
    atMs === null ? null : new Date(atMs).toISOString();
  return {
    timeZone: 'Asia/Shanghai',
    components: facts.components.map(({ code, kind, name, state, days }) => ({
      code,
      kind,
      name,
      state,
      days: days
        .filter((day) => day.state !== 'operational')
        .map(({ dayNumber, state: worst, minutes }) => ({
          day: dateOfDay(dayNumber),
          state: worst,
          minutes,
        })),
    })),
    incidents: facts.incidents.map((incident) => ({
      incidentNo: incident.incidentNo,
      title: incident.title,
      status: incident.status,
      severity: incident.severity,
      occurredAt: iso(incident.occurredMs),
      detectedAt: iso(incident.detectedMs),
      publishedAt: iso(incident.publishedMs),
      fixedAt: iso(incident.fixedMs),
      components: incident.components,
      compensations: incident.compensations,
      updates: incident.updates.map(({ status, text, atMs, correctedMs, before }) => ({
        status,
        text,
        at: iso(atMs),
        correctedAt: iso(correctedMs),
        before: before.map((one) => ({ text: one.text, at: iso(one.atMs) })),
      })),
    })),
    months: facts.months,
    complaints: facts.complaints,
  };
}
