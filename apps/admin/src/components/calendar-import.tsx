import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { command } from './calls';

/** A file of days off is chosen and taken over at once. */
export const CalendarImport = (props: { calendarId: string; onDone: () => void }) => {
  const { calendarId, onDone } = props;
  const { t } = useTranslation();
  const [told, setTold] = useState<{ isFault: boolean; text: string } | null>(null);
  const take = (file: File) => {
    file
      .text()
      .then((document) =>
        command<{ notice: string; year: number }>(
          'calendars/import',
          { calendarId: calendarId === 'bank' ? 'statutory' : calendarId, document },
          t,
        ),
      )
      .then(({ notice, year }) => {
        setTold({
          isFault: notice === 'calendarNotAnnounced',
          text: t(`notice.${notice}`, { year }),
        });
        onDone();
      })
      .catch((refused: Error) => setTold({ isFault: true, text: refused.message }));
  };
  return (
    <div className="kg-row" style={{ marginTop: 12 }}>
      <label className="kg-button">
        {t('action.importCalendar')}
        <input
          type="file"
          accept=".json,application/json"
          className="kg-unseen"
          data-testid="calendar-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) take(file);
          }}
        />
      </label>
      <span className="muted small">{t('page.calendar.importHint')}</span>
      {told ? (
        <span className={told.isFault ? 'kg-error' : 'kg-ok'} role="status">
          {told.text}
        </span>
      ) : null}
    </div>
  );
};
