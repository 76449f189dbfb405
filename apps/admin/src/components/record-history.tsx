import { useTranslation } from 'adminjs';
import React from 'react';
import type { HistoryView } from './find-views';

/** Who did what to this record, newest first, and the run that works on it. */
export const RecordHistory = ({ history }: { history: HistoryView }) => {
  const { t } = useTranslation();
  const { lines, runUrl } = history;
  if (lines.length === 0 && runUrl === null) return null;
  return (
    <div className="kg-card" data-testid="history">
      <div className="kg-row apart">
        <h2>{t('page.history.title')}</h2>
        {runUrl ? (
          <a href={runUrl} target="_blank" rel="noreferrer">
            {t('action.openRun')}
          </a>
        ) : null}
      </div>
      <ol className="kg-timeline">
        {lines.map((line, index) => (
          <li key={index} className="staff">
            <strong>{line.what}</strong> {line.reason ? <span>{line.reason}</span> : null}
            {line.changes.map(({ name, before, after }) => (
              <div key={name} className="small">
                <span className="muted">{name}</span>{' '}
                {before === '' ? null : <del className="muted">{before}</del>} {after}
              </div>
            ))}
            <div className="muted small">
              {line.at} · {line.who}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
};
