import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { command, formKey, read } from './calls';
import type { ExportProgress } from './find-views';

const POLL_MS = 1000;
const FORMATS = [
  ['csv', 'exportCsv'],
  ['xlsx', 'exportXlsx'],
] as const;

const isOpen = (progress: ExportProgress | null): boolean =>
  progress?.status === 'queued' || progress?.status === 'running';

/** Exports what the list shows, all pages of it: made in the background, offered here once it is ready. */
export const ExportList = ({ resource }: { resource: string }) => {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => setProgress(null), [resource]);
  useProgress(progress, setProgress);
  const ask = (format: string) => {
    setError(null);
    const asked = { resource, query: search.replace(/^\?/, ''), format, formKey: formKey() };
    command<{ id: string }>('exports', asked, t)
      .then(({ id }) => setProgress({ id, status: 'queued', rowCount: 0, isCut: false }))
      .catch((refused: Error) => setError(refused.message));
  };
  return (
    <div className="kg-export" data-testid="export">
      <details>
        <summary className="kg-view">{t('page.find.exportAs')}</summary>
        <div>
          {FORMATS.map(([format, label]) => (
            <button
              key={format}
              type="button"
              disabled={isOpen(progress)}
              data-testid={`export-${format}`}
              onClick={() => ask(format)}
            >
              {t(`page.find.${label}`)}
            </button>
          ))}
        </div>
      </details>
      {error ? <span className="kg-error">{error}</span> : null}
      {progress ? <Progress progress={progress} /> : null}
    </div>
  );
};

const Progress = ({ progress }: { progress: ExportProgress }) => {
  const { t } = useTranslation();
  const rows = progress.rowCount.toLocaleString('en-US');
  if (isOpen(progress)) return <span role="status">{t('page.find.exporting', { rows })}</span>;
  if (progress.status !== 'done')
    return <span className="kg-error">{t('page.find.exportFailed')}</span>;
  return (
    <span role="status">
      {t('page.find.exportDone', { rows })}{' '}
      {progress.isCut ? <b>{t('page.find.exportCut')}</b> : null}{' '}
      <a href={`/admin/data/exports/${progress.id}/file`} data-testid="export-file">
        {t('page.find.download')}
      </a>
    </span>
  );
};

function useProgress(
  progress: ExportProgress | null,
  onProgress: (progress: ExportProgress) => void,
): void {
  const { t } = useTranslation();
  const id = isOpen(progress) ? progress?.id : undefined;
  useEffect(() => {
    if (id === undefined) return undefined;
    const look = async () => onProgress(await read<ExportProgress>(`exports/${id}`, t));
    const timer = setInterval(() => void look().catch(() => undefined), POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
}
