import { List, useCurrentAdmin, useTranslation } from 'adminjs';
import React, { type ComponentProps, useState } from 'react';
import { CalendarImport } from './calendar-import';
import { CalendarYearPicture } from './calendar-year';
import type { CalendarView } from './calendar-views';
import { useData } from './use-data';
import { Waiting } from './waiting';

const thisYear = (): number => new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();

/** The year as a picture above the list of what was imported. */
const CalendarList = (props: ComponentProps<typeof List>) => {
  const { t } = useTranslation();
  const [year, setYear] = useState(thisYear);
  const [calendarId, setCalendar] = useState('statutory');
  const { data, error, load } = useData<CalendarView>(
    `calendar/${encodeURIComponent(calendarId)}/${year}`,
  );
  const mayImport = (useCurrentAdmin()[0] as { mayWriteMoney?: boolean } | null)?.mayWriteMoney;
  return (
    <>
      <div className="kg" style={{ padding: '8px 0 16px' }}>
        <div className="kg-row apart">
          <div className="kg-row">
            <button type="button" className="kg-button" onClick={() => setYear(year - 1)}>
              ‹ {year - 1}
            </button>
            <h2 style={{ margin: 0 }} data-testid="calendar-year">
              {year}
            </h2>
            <button type="button" className="kg-button" onClick={() => setYear(year + 1)}>
              {year + 1} ›
            </button>
          </div>
          <select
            aria-label={t('page.calendar.calendar')}
            value={calendarId}
            onChange={(event) => setCalendar(event.target.value)}
          >
            {(data?.calendarIds ?? [calendarId]).map((id) => (
              <option key={id} value={id}>
                {t(`page.calendar.${id.startsWith('own:') ? 'own' : id}`, {
                  code: id.replace('own:', ''),
                })}
              </option>
            ))}
          </select>
        </div>
        {data ? (
          <CalendarYearPicture view={data} />
        ) : (
          <Waiting error={error} onRetry={() => void load()} />
        )}
        {mayImport ? <CalendarImport calendarId={calendarId} onDone={() => void load()} /> : null}
      </div>
      <List {...props} />
    </>
  );
};

export default CalendarList;
