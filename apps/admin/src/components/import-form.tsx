import { useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import type { PreviewView } from './views';
import { FileDrop } from './file-drop';
import { ImportPreview, linesOf } from './import-preview';
import { FILE_BYTES_MAX, previewOf } from './import-upload';

const ENCODINGS = ['auto', 'utf-8', 'gbk'];

export interface ImportChoice {
  readonly productCode: string;
  readonly batchName: string;
  readonly encoding: string;
  readonly file: File;
  /** How many lines it has, or about how many. */
  readonly lineCount: number;
}

/** How the chosen file would be read, or why it cannot be. */
function usePreview(file: File | null, encoding: string) {
  const { t } = useTranslation();
  const [preview, setPreview] = useState<PreviewView | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    setPreview(null);
    setFault(null);
    if (!file) return undefined;
    if (file.size > FILE_BYTES_MAX) {
      setFault(t('page.import.tooBig'));
      return undefined;
    }
    let isCurrent = true;
    previewOf(file, encoding, t('notice.network'))
      .then((found) => isCurrent && setPreview(found))
      .catch((refused: Error) => isCurrent && setFault(refused.message));
    return () => {
      isCurrent = false;
    };
  }, [file, encoding]);
  return { preview, fault };
}

export const ImportForm = (props: {
  products: readonly { code: string; name: string }[];
  fault: string | null;
  onStart: (choice: ImportChoice) => void;
}) => {
  const { t } = useTranslation();
  const asked = new URLSearchParams(useLocation().search).get('product') ?? '';
  const [productCode, setProduct] = useState(asked);
  const [batchName, setBatchName] = useState('');
  const [encoding, setEncoding] = useState('auto');
  const [file, setFile] = useState<File | null>(null);
  const { preview, fault } = usePreview(file, encoding);
  const error = fault ?? props.fault;
  const start = () => {
    if (!file || !preview) return;
    const lineCount = linesOf(preview, file);
    props.onStart({ productCode, batchName, encoding, file, lineCount });
  };
  return (
    <>
      <div className="kg-card" style={{ marginTop: 16 }}>
        <div className="kg-row" style={{ alignItems: 'flex-end', gap: 20 }}>
          <Choice
            id="import-product"
            label={t('page.import.product')}
            value={productCode}
            onChange={setProduct}
            options={[
              ['', t('page.import.chooseProduct')],
              ...props.products.map(({ code, name }) => [code, `${code} ${name}`] as const),
            ]}
          />
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
          <Choice
            id="import-encoding"
            label={t('page.import.encoding')}
            value={encoding}
            onChange={setEncoding}
            options={ENCODINGS.map((one) => [
              one,
              one === 'auto' ? t('page.import.encodingAuto') : one.toUpperCase(),
            ])}
          />
        </div>
        <FileDrop file={file} onFile={setFile} />
      </div>
      <Fault text={error} />
      {preview && file ? <ImportPreview preview={preview} file={file} /> : null}
      <button
        type="button"
        className="kg-button main"
        disabled={!preview || productCode === ''}
        onClick={start}
        data-testid="import-start"
      >
        {t('page.import.start')}
      </button>
    </>
  );
};

const Fault = ({ text }: { text: string | null }) =>
  text ? (
    <p className="kg-error" role="alert">
      {text}
    </p>
  ) : null;

const Choice = (props: {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) => (
  <div style={{ flex: '1 1 200px' }}>
    <label htmlFor={props.id}>{props.label}</label>
    <select
      id={props.id}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      style={{ width: '100%' }}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </div>
);
