import { isMonthKept, keptShare, type StatusComplaint, type StatusMonth } from '#domain';
import { type Language, translate } from '#domain/i18n';
import { escaped } from './escape.js';
import { inLanguage, percent, say } from './status-words.js';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="card scroll"><table><thead><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table></div>`;

/** What was promised and what was kept, month by month; what was missed says so. */
export function promiseSection(language: Language, months: readonly StatusMonth[]): string {
  const t = (name: Parameters<typeof say>[1], params = {}): string => say(language, name, params);
  const heads = (['month', 'fulfilment', 'ack', 'resolve', 'rate', 'kept'] as const).map((name) =>
    t(name),
  );
  const clock = (met: number, breached: number): string => {
    const share = escaped(percent(keptShare(met, breached)));
    return breached === 0
      ? share
      : `${share} <span class="bad">${escaped(t('breaches', { count: breached }))}</span>`;
  };
  const rows = months.map((month) => {
    const isKept = isMonthKept(month);
    const rate = month.fulfilled === 0 ? null : month.complaints / month.fulfilled;
    return [
      escaped(month.month),
      escaped(percent(keptShare(month.fulfilled, month.failed))),
      clock(month.ackMet, month.ackBreached),
      clock(month.resolveMet, month.resolveBreached),
      escaped(rate === null ? '–' : `${(Math.ceil(rate * 10_000) / 100).toFixed(2)}%`),
      `<span class="state ${isKept ? 'good' : 'bad'}">${escaped(t(isKept ? 'isKept' : 'isMissed'))}</span>`,
    ];
  });
  return `<section><h2>${escaped(t('promises'))}</h2><p class="muted">${escaped(t('promiseLead'))}</p>${
    rows.length === 0 ? `<p>${escaped(t('noMonths'))}</p>` : table(heads, rows)
  }</section>`;
}

/** Complaints without anything that says whose they are. */
export function ledgerSection(language: Language, complaints: readonly StatusComplaint[]): string {
  const t = (name: Parameters<typeof say>[1], params = {}): string => say(language, name, params);
  const heads = (
    ['received', 'category', 'line', 'ackHours', 'resolveHours', 'outcome'] as const
  ).map((name) => t(name));
  const hours = (count: number | null): string =>
    count === null ? '–' : escaped(t('hours', { count: count.toFixed(1) }));
  const rows = complaints.map((one) => [
    escaped(one.day),
    escaped(translate(language, `enum.complaintCategory.${one.category}`)),
    escaped(one.line === null ? t('otherLine') : inLanguage(language, one.line)),
    hours(one.ackHours),
    hours(one.resolveHours),
    `${escaped(one.outcome === null ? t('open') : translate(language, `enum.resolutionCode.${one.outcome}`))}${
      one.isBreached ? ` <span class="bad">${escaped(t('breached'))}</span>` : ''
    }`,
  ]);
  return `<section><h2>${escaped(t('ledger'))}</h2><p class="muted">${escaped(t('ledgerLead'))}</p>${
    rows.length === 0 ? `<p>${escaped(t('noComplaints'))}</p>` : table(heads, rows)
  }</section>`;
}
