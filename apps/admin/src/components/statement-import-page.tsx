import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { recordPage, STATEMENTS_IN } from './places';
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
  const { data, error, load } = useData<{ parties: readonly { code: string; name: string }[] }>(
    'statement-parties',
  );
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

const StatementForm = ({ parties }: { parties: readonly { code: string; name: string }[] }) => {
  const { t } = useTranslation();
  const [party, setParty] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<Record<string, string>>({});
  const [period, setPeriod] = useState({ from: '', to: '' });
  const [percent, setPercent] = useState<number | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { preview, fault } = usePreview(file, party, columns);
  const start = () => {
    if (!file) return;
    setError(null);
    setPercent(0);
    const days = period.from && period.to ? period : {};
    const settings = { party, fileName: file.name, columns: JSON.stringify(columns), ...days };
    sendStatement<Taken>(file, settings, setPercent, t('notice.network'))
      .then(setTaken)
      .catch((refused: Error) =>
        setError(t('page.reconciliation.refused', { reason: refused.message })),
      )
      .finally(() => setPercent(null));
  };
  if (taken)
    return <Result taken={taken} onAgain={() => (setTaken(null), setFile(null), setColumns({}))} />;
  const isReady = preview?.isUsable === true && percent === null;
  return (
    <>
      <div className="kg-card" style={{ marginTop: 16 }}>
        <div className="kg-row" style={{ alignItems: 'flex-end', gap: 20 }}>
          <div style={{ flex: '1 1 220px' }}>
            <label htmlFor="statement-party">{t('page.reconciliation.party')}</label>
            <select
              id="statement-party"
              value={party}
              style={{ width: '100%' }}
              onChange={(event) => setParty(event.target.value)}
            >
              <option value="">{t('page.reconciliation.chooseParty')}</option>
              {parties.map(({ code, name }) => (
                <option key={code} value={code}>
                  {code === 'bank' ? t('enum.partyKind.bank') : `${name}（${code}）`}
                </option>
              ))}
            </select>
          </div>
          {(['from', 'to'] as const).map((name) => (
            <div key={name}>
              <label htmlFor={`statement-${name}`}>{t(`page.reconciliation.${name}`)}</label>
              <input
                id={`statement-${name}`}
                type="date"
                value={period[name] || preview?.period?.[name] || ''}
                onChange={(event) => setPeriod({ ...period, [name]: event.target.value })}
              />
            </div>
          ))}
        </div>
        <label className="kg-drop" style={{ marginTop: 18 }}>
          <input
            type="file"
            accept=".csv,.txt,.xlsx"
            className="kg-unseen"
            data-testid="statement-file"
            onChange={(event) => {
              setColumns({});
              setFile(event.target.files?.[0] ?? null);
            }}
          />
          {file ? (
            <strong>
              {file.name}（{(file.size / 1024).toFixed(1)} KB）
            </strong>
          ) : (
            <span className="muted">{t('page.reconciliation.drop')}</span>
          )}
        </label>
      </div>
      {(error ?? fault) ? (
        <p className="kg-error" role="alert">
          {error ?? fault}
        </p>
      ) : null}
      {preview && preview.headings.length > 0 && !fault ? (
        <StatementColumns preview={preview} columns={columns} onChange={setColumns} />
      ) : null}
      <button
        type="button"
        className="kg-button main"
        disabled={!isReady}
        onClick={start}
        data-testid="statement-start"
      >
        {percent === null
          ? t('page.reconciliation.start')
          : percent < 100
            ? t('page.reconciliation.uploading', { percent })
            : t('page.reconciliation.running')}
      </button>
    </>
  );
};

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
