import { useTranslation } from 'adminjs';
import React from 'react';
import type { CalendarView } from './calendar-views';

const DAY_MS = 86_400_000;
const dateOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
/** Monday is 0. */
const weekdayOf = (atMs: number): number => (new Date(atMs).getUTCDay() + 6) % 7;

/** The days of a month, with the empty places before the first. */
function monthDays(year: number, month: number): readonly (string | null)[] {
  const firstMs = Date.UTC(year, month, 1);
  const count = Math.round((Date.UTC(year, month + 1, 1) - firstMs) / DAY_MS);
  const before = Array.from({ length: weekdayOf(firstMs) }, () => null);
  return [...before, ...Array.from({ length: count }, (_, at) => dateOf(firstMs + at * DAY_MS))];
}

/** Twelve months: days off, weekends that are worked, and what is due on which day. */
export const CalendarYearPicture = ({ view }: { view: CalendarView }) => {
  const { t } = useTranslation();
  return (
    <>
      {view.coverageUntil === null ? (
        <p className="kg-card warn" role="status" data-testid="calendar-unknown">
          {t('page.calendar.notAnnounced', { year: view.year })}
        </p>
      ) : (
        <p className="muted small">
          {t('page.calendar.source', {
            until: view.coverageUntil,
            source: view.source ?? '',
            edition: view.edition ?? 1,
          })}
        </p>
      )}
      <Legend hasDue={view.due.length > 0} />
      <div className="kg-months" data-testid="calendar-months">
        {Array.from({ length: 12 }, (_, month) => (
          <Month key={month} view={view} month={month} />
        ))}
      </div>
    </>
  );
};

const Legend = ({ hasDue }: { hasDue: boolean }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-row small muted">
      <span className="kg-day off">{t('page.calendar.offMark')}</span> {t('page.calendar.off')}
      <span className="kg-day worked">{t('page.calendar.workedMark')}</span>
      {t('page.calendar.worked')}
      <span className="kg-day weekend">6</span> {t('page.calendar.weekend')}
      {hasDue ? (
        <>
          <span className="kg-day due">8</span> {t('page.calendar.due')}
        </>
      ) : null}
    </div>
  );
};

const Month = ({ view, month }: { view: CalendarView; month: number }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-month">
      <strong>{t('page.calendar.month', { month: month + 1 })}</strong>
      <div className="kg-days">
        {t('page.calendar.weekdays')
          .split(' ')
          .map((name) => (
            <span key={name} className="head">
              {name}
            </span>
          ))}
        {monthDays(view.year, month).map((date, index) =>
          date === null ? (
            <span key={`before-${index}`} />
          ) : (
            <Day key={date} view={view} date={date} />
          ),
        )}
      </div>
    </div>
  );
};

const Day = ({ view, date }: { view: CalendarView; date: string }) => {
  const { t } = useTranslation();
  const special = view.days.find((one) => one.date === date);
  const due = view.due.find((one) => one.date === date);
  const isWeekend = weekdayOf(Date.parse(date)) >= 5;
  const kind = special ? (special.isWorkday ? 'worked' : 'off') : isWeekend ? 'weekend' : '';
  const dueClass = due ? (due.isOverdue ? 'due late' : 'due') : '';
  const told = [
    date,
    special?.name,
    due && t('page.calendar.dueOn', { count: due.count, amount: due.amount }),
  ].filter(Boolean);
  return (
    <span className={`kg-day ${kind} ${dueClass}`} title={told.join(' · ')}>
      {Number(date.slice(8))}
    </span>
  );
};
