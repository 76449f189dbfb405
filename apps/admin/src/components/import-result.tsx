import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';

/** An import under way and at its end. */
export const ImportResult = ({ run, percent, isRunning, onAgain }: any) => {
  const { t } = useTranslation();
  if (isRunning)
    return (
      <div className="kg-card" style={{ marginTop: 16 }} data-testid="import-progress">
        <h2>
          {percent < 100 ? t('page.import.uploading', { percent }) : t('page.import.running')}
        </h2>
        <div
          className="kg-bar"
          role="progressbar"
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ width: `${percent}%` }} />
        </div>
        <p className="muted">{t('page.import.progress', { read: run?.readCount ?? 0, percent })}</p>
      </div>
    );
  return (
    <div className="kg-card" style={{ marginTop: 16 }} data-testid="import-result">
      <h2>
        {t('page.import.result')} · {run.fileName}
      </h2>
      {run.status === 'failed' ? (
        <p className="kg-error" role="alert">
          {t('page.import.failed', { reason: run.failText ?? '—' })}
        </p>
      ) : (
        <>
          <div className="kg-row" style={{ gap: 40, marginBottom: 12 }}>
            <span className="kg-figure">
              {t('page.import.imported', { count: run.importedCount })}
            </span>
            <span className={`kg-figure ${run.refusedCount > 0 ? 'bad' : ''}`}>
              {t('page.import.refused', { count: run.refusedCount })}
            </span>
          </div>
          {run.batchId ? (
            <p>
              <Link to={`/admin/resources/CardBatch/records/${run.batchId}/show`}>
                {t('page.import.batch', { batchNo: run.batchNo })}
              </Link>
            </p>
          ) : null}
          {run.reasons.length > 0 ? (
            <>
              <table style={{ maxWidth: 480, margin: '12px 0' }}>
                <thead>
                  <tr>
                    <th>{t('page.import.refusedReasons')}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {run.reasons.map(({ reason, count }: any) => (
                    <tr key={reason}>
                      <td>{t(`enum.refusedLineReason.${reason}`)}</td>
                      <td className="right">{t('page.import.lines', { count })}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <a className="kg-button" href={`/admin/data/imports/${run.id}/report.csv`}>
                {t('action.downloadReport')}
              </a>
            </>
          ) : null}
        </>
      )}
      <p style={{ marginTop: 16 }}>
        <button type="button" className="kg-button main" onClick={onAgain}>
          {t('page.import.again')}
        </button>
      </p>
    </div>
  );
};
