import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { recordPage } from './places';
import type { ImportView } from './views';

const UPLOAD_SHARE = 0.2;
/** Whole is only what has ended. */
const DONE_MAX = 99;

/** The upload is the smaller part of the way: the bar follows the lines that are read, and ends with the import only. */
export const ImportProgress = (props: {
  readCount: number;
  lineCount: number;
  percent: number;
}) => {
  const { readCount, lineCount, percent } = props;
  const { t } = useTranslation();
  const read = Math.min(1, readCount / Math.max(1, lineCount));
  const done = Math.min(
    DONE_MAX,
    Math.round(percent * UPLOAD_SHARE + read * 100 * (1 - UPLOAD_SHARE)),
  );
  return (
    <div className="kg-card" style={{ marginTop: 16 }} data-testid="import-progress">
      <h2>{percent < 100 ? t('page.import.uploading', { percent }) : t('page.import.running')}</h2>
      <div
        className="kg-bar"
        role="progressbar"
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ width: `${done}%` }} />
      </div>
      <p className="muted">
        {t('page.import.progress', {
          read: readCount.toLocaleString('en-US'),
          lines: lineCount.toLocaleString('en-US'),
          percent,
        })}
      </p>
    </div>
  );
};

export const ImportResult = ({ run, onAgain }: { run: ImportView; onAgain: () => void }) => {
  const { t } = useTranslation();
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
        <Counts run={run} />
      )}
      {run.reasons.length > 0 ? <Reasons run={run} /> : null}
      <p style={{ marginTop: 16 }}>
        <button type="button" className="kg-button main" onClick={onAgain}>
          {t('page.import.again')}
        </button>
      </p>
    </div>
  );
};

const Counts = ({ run }: { run: ImportView }) => {
  const { t } = useTranslation();
  return (
    <>
      <div className="kg-row" style={{ gap: 40, marginBottom: 12 }}>
        <span className="kg-figure">{t('page.import.imported', { count: run.importedCount })}</span>
        <span className={`kg-figure ${run.refusedCount > 0 ? 'bad' : ''}`}>
          {t('page.import.refused', { count: run.refusedCount })}
        </span>
      </div>
      {run.batchId ? (
        <p>
          <Link to={recordPage('CardBatch', run.batchId)}>
            {t('page.import.batch', { batchNo: run.batchNo })}
          </Link>
        </p>
      ) : null}
    </>
  );
};

const Reasons = ({ run }: { run: ImportView }) => {
  const { t } = useTranslation();
  return (
    <>
      <table style={{ maxWidth: 480, margin: '12px 0' }}>
        <thead>
          <tr>
            <th>{t('page.import.refusedReasons')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {run.reasons.map(({ reason, count }) => (
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
  );
};
