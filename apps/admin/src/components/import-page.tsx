import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Link } from 'react-router-dom';
import { formKey, read } from './calls';
import { ImportPreview } from './import-preview';
import { ImportResult } from './import-result';
import { FILE_BYTES_MAX, previewOf, upload } from './import-upload';
import { useData } from './use-data';
import { Waiting } from './waiting';

const POLL_MS = 1000;
const ENCODINGS = ['auto', 'utf-8', 'gbk'];

/** Cards come in: choose a product and a file, look at how it is read, start, watch, see the result. */
const ImportPage = () => {
  const { t } = useTranslation();
  const location = useLocation();
  const { data, error: loadError, load } = useData('import-products');
  const [product, setProduct] = useState(new URLSearchParams(location.search).get('product') ?? '');
  const [batchName, setBatchName] = useState('');
  const [encoding, setEncoding] = useState('auto');
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<any>(null);
  const [error, setError] = useState<string | null>(null);
  const [key, setKey] = useState(formKey);
  const [percent, setPercent] = useState<number | null>(null);
  const [run, setRun] = useState<any>(null);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    setPreview(null);
    setError(null);
    if (!file) return;
    if (file.size > FILE_BYTES_MAX) {
      setError(t('page.import.tooBig'));
      return;
    }
    let isCurrent = true;
    previewOf(file, encoding, t('notice.network'))
      .then((found) => isCurrent && setPreview(found))
      .catch((refused: Error) => isCurrent && setError(refused.message));
    return () => {
      isCurrent = false;
    };
  }, [file, encoding]);

  const isRunning = percent !== null && run?.status !== 'done' && run?.status !== 'failed';
  useEffect(() => {
    if (!isRunning) return;
    const poll = () =>
      read(`import-runs/${key}`, t)
        .then((answer) => answer.run && setRun(answer.run))
        .catch(() => undefined);
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => clearInterval(timer);
  }, [isRunning, key]);

  if (!data) return <Waiting error={loadError} onRetry={() => void load()} />;
  const start = () => {
    if (!file) return;
    setError(null);
    setPercent(0);
    const settings = {
      productCode: product,
      fileName: file.name,
      batchName,
      encoding,
      formKey: key,
    };
    upload(file, settings, setPercent, t('notice.network'))
      .then((answer) => {
        if (!answer.isRepeated) setRun(answer);
      })
      .catch((refused: Error) => {
        setError(refused.message);
        setPercent(null);
        setKey(formKey());
      });
  };
  const again = () => {
    setFile(null);
    setRun(null);
    setPercent(null);
    setBatchName('');
    setKey(formKey());
  };
  const take = (files: FileList | null) => {
    if (files?.[0]) setFile(files[0]);
  };

  return (
    <div className="kg inner" data-testid="import-page">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.import.title')}</h1>
          <p className="muted">{t('page.import.lead')}</p>
        </div>
        <Link className="kg-button" to="/admin/resources/CardImport">
          {t('page.import.history')}
        </Link>
      </div>
      {percent !== null ? (
        <ImportResult run={run} percent={percent} isRunning={isRunning} onAgain={again} />
      ) : (
        <>
          <div className="kg-card" style={{ marginTop: 16 }}>
            <div className="kg-row" style={{ alignItems: 'flex-end', gap: 20 }}>
              <div style={{ flex: '2 1 260px' }}>
                <label htmlFor="import-product">{t('page.import.product')}</label>
                <select
                  id="import-product"
                  value={product}
                  onChange={(event) => setProduct(event.target.value)}
                  style={{ width: '100%' }}
                >
                  <option value="">{t('page.import.chooseProduct')}</option>
                  {data.products.map((one: any) => (
                    <option key={one.code} value={one.code}>
                      {one.code} {one.name}
                    </option>
                  ))}
                </select>
              </div>
              <div style={{ flex: '2 1 220px' }}>
                <label htmlFor="import-batch">{t('page.import.batchName')}</label>
                <input
                  id="import-batch"
                  type="text"
                  maxLength={120}
                  value={batchName}
                  onChange={(event) => setBatchName(event.target.value)}
                  style={{ width: '100%' }}
                />
              </div>
              <div style={{ flex: '1 1 140px' }}>
                <label htmlFor="import-encoding">{t('page.import.encoding')}</label>
                <select
                  id="import-encoding"
                  value={encoding}
                  onChange={(event) => setEncoding(event.target.value)}
                  style={{ width: '100%' }}
                >
                  {ENCODINGS.map((one) => (
                    <option key={one} value={one}>
                      {one === 'auto' ? t('page.import.encodingAuto') : one.toUpperCase()}
                    </option>
                  ))}
                </select>
              </div>
            </div>
            <label
              className={`kg-drop ${isOver ? 'over' : ''}`}
              style={{ marginTop: 18 }}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                take(event.dataTransfer.files);
              }}
            >
              <input
                type="file"
                accept=".txt,.csv,.tsv,text/plain,text/csv"
                style={{ display: 'none' }}
                data-testid="import-file"
                onChange={(event) => take(event.target.files)}
              />
              {file ? (
                <strong>
                  {file.name}（{(file.size / 1024).toFixed(1)} KB）
                </strong>
              ) : (
                <span className="muted">{t('page.import.drop')}</span>
              )}
            </label>
          </div>
          {error ? (
            <p className="kg-error" role="alert">
              {error}
            </p>
          ) : null}
          {preview ? <ImportPreview preview={preview} /> : null}
          <button
            type="button"
            className="kg-button main"
            disabled={!file || !preview || product === ''}
            onClick={start}
            data-testid="import-start"
          >
            {t('page.import.start')}
          </button>
        </>
      )}
    </div>
  );
};

export default ImportPage;
