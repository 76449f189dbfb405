import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { recordPage, STATEMENTS_IN } from './places';
import { PartyChoice, type Party, Period, StatementFile } from './statement-fields';
import { StatementColumns } from './statement-columns';
import { previewOf, sendStatement } from './statement-upload';
import type { StatementPreview } from './statement-views';
import { useData } from './use-data';
import { Waiting } from './waiting';

interface Taken {
  readonly statementId: string;
  readonly lineCount: number;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly versionNo: number;
}

/** A statement comes in: whose it is, which column is which, then take it and reconcile. */
const StatementImportPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ parties: readonly Party[] }>('statement-parties');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg inner" data-testid="statement-import">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.reconciliation.title')}</h1>
          <p className="muted">{t('page.reconciliation.lead')}</p>
        </div>
        <Link className="kg-button" to={STATEMENTS_IN}>
          {t('page.reconciliation.history')}
        </Link>
      </div>
      <StatementForm parties={data.parties} />
    </div>
  );
};

/** Reads the beginning of the file anew whenever something about it is changed. */
function usePreview(file: File | null, party: string, columns: Record<string, string>) {
  const { t } = useTranslation();
  const [preview, setPreview] = useState<StatementPreview | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const chosen = JSON.stringify(columns);
  useEffect(() => {
    setFault(null);
    if (!file || party === '') return undefined;
    let isCurrent = true;
    previewOf<StatementPreview>(file, { party, columns: chosen }, t('notice.network'))
      .then((found) => isCurrent && setPreview(found))
      .catch((refused: Error) => isCurrent && setFault(refused.message));
    return () => {
      isCurrent = false;
    };
  }, [file, party, chosen]);
  return { preview, fault };
}

/** Sends the file and hears what became of it. */
function useTaking() {
  const { t } = useTranslation();
  const [percent, setPercent] = useState<number | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [error, setError] = useState<string | null>(null);
  const take = (file: File, settings: Record<string, string>) => {
    setError(null);
    setPercent(0);
    sendStatement<Taken>(file, settings, setPercent, t('notice.network'))
      .then(setTaken)
      .catch((refused: Error) =>
        setError(t('page.reconciliation.refused', { reason: refused.message })),
      )
      .finally(() => setPercent(null));
  };
  return { percent, taken, error, take, again: () => setTaken(null) };
}

const StatementForm = ({ parties }: { parties: readonly Party[] }) => {
  const { t } = useTranslation();
  const [party, setParty] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<Record<string, string>>({});
  const [period, setPeriod] = useState({ from: '', to: '' });
  const { percent, taken, error, take, again } = useTaking();
  const { preview, fault } = usePreview(file, party, columns);
  const choose = (chosen: File | null) => {
    setColumns({});
    setFile(chosen);
  };
  const start = () => {
    if (!file) return;
    const days = period.from && period.to ? period : {};
    take(file, { party, fileName: file.name, columns: JSON.stringify(columns), ...days });
  };
  if (taken) return <Result taken={taken} onAgain={() => (again(), choose(null))} />;
  const isReady = preview?.isUsable === true && percent === null;
  const said = error ?? fault;
  return (
    <>
      <div className="kg-card" style={{ marginTop: 16 }}>
        <div className="kg-row" style={{ alignItems: 'flex-end', gap: 20 }}>
          <PartyChoice parties={parties} party={party} onParty={setParty} />
          <Period period={period} stated={preview?.period ?? null} onPeriod={setPeriod} />
        </div>
        <StatementFile file={file} onFile={choose} />
      </div>
      {said ? (
        <p className="kg-error" role="alert">
          {said}{' '}
          <Link to={`${STATEMENTS_IN}?filters.status=refused`}>
            {t('page.reconciliation.history')}
          </Link>
        </p>
      ) : null}
      {preview && preview.headings.length > 0 ? (
        <StatementColumns preview={preview} columns={columns} onChange={setColumns} />
      ) : null}
      <button
        type="button"
        className="kg-button main"
        disabled={!isReady}
        onClick={start}
        data-testid="statement-start"
      >
        {startText(t, percent)}
      </button>
    </>
  );
};

function startText(t: (key: string, options?: object) => string, percent: number | null): string {
  if (percent === null) return t('page.reconciliation.start');
  return percent < 100
    ? t('page.reconciliation.uploading', { percent })
    : t('page.reconciliation.running');
}

const Result = ({ taken, onAgain }: { taken: Taken; onAgain: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card" style={{ marginTop: 16 }} data-testid="statement-taken">
      <p className="kg-ok" role="status">
        {t('page.reconciliation.imported', {
          count: taken.lineCount,
          from: taken.periodFrom,
          to: taken.periodTo,
          version: taken.versionNo,
        })}
      </p>
      <div className="kg-row">
        <Link className="kg-button main" to={recordPage('ExternalStatement', taken.statementId)}>
          {t('page.reconciliation.open')}
        </Link>
        <button type="button" className="kg-button" onClick={onAgain}>
          {t('page.reconciliation.again')}
        </button>
      </div>
    </div>
  );
};

export default StatementImportPage;
