import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { formKey } from './calls';
import { ImportForm, type ImportChoice } from './import-form';
import { ImportProgress, ImportResult } from './import-result';
import { upload } from './import-upload';
import { IMPORTS } from './places';
import type { ImportView } from './views';
import { useData } from './use-data';
import { useImportRun } from './use-import-run';
import { Waiting } from './waiting';

/** Cards come in: choose a product and a file, look at how it is read, start, watch, see the result. */
const ImportPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ products: { code: string; name: string }[] }>(
    'import-products',
  );
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg inner" data-testid="import-page">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.import.title')}</h1>
          <p className="muted">{t('page.import.lead')}</p>
        </div>
        <Link className="kg-button" to={IMPORTS}>
          {t('page.import.history')}
        </Link>
      </div>
      <Import products={data.products} />
    </div>
  );
};

const Import = ({ products }: { products: readonly { code: string; name: string }[] }) => {
  const { t } = useTranslation();
  const [key, setKey] = useState(formKey);
  const [percent, setPercent] = useState<number | null>(null);
  const [lineCount, setLines] = useState(0);
  const [run, setRun] = useState<ImportView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const hasEnded = run !== null && run.status !== 'running';
  useImportRun(percent !== null && !hasEnded ? key : null, setRun);

  const start = ({ file, lineCount, ...settings }: ImportChoice) => {
    setLines(lineCount);
    setError(null);
    setPercent(0);
    const sent = { ...settings, fileName: file.name, formKey: key };
    upload(file, sent, setPercent, t('notice.network'))
      .then((answer) => {
        if (!('isRepeated' in answer)) setRun(answer);
      })
      .catch((refused: Error) => {
        setError(refused.message);
        setPercent(null);
        setKey(formKey());
      });
  };
  const again = () => {
    setRun(null);
    setPercent(null);
    setKey(formKey());
  };
  if (run !== null && hasEnded) return <ImportResult run={run} onAgain={again} />;
  if (percent !== null)
    return (
      <ImportProgress readCount={run?.readCount ?? 0} lineCount={lineCount} percent={percent} />
    );
  return <ImportForm products={products} fault={error} onStart={start} />;
};

export default ImportPage;
