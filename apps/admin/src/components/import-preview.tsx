import { useTranslation } from 'adminjs';
import React from 'react';
import type { PreviewView } from './views';
import { PREVIEW_BYTES } from './import-upload';
import { Tag } from './tag';

const counted = (count: number): string => count.toLocaleString('en-US');

/** How many lines the whole file has, judged by its beginning. */
export const linesOf = ({ isWhole, lineCount }: PreviewView, file: File): number =>
  isWhole ? lineCount : Math.round((lineCount * file.size) / PREVIEW_BYTES);

/** How the file is read, with its first lines; codes are masked. */
export const ImportPreview = ({ preview, file }: { preview: PreviewView; file: File }) => {
  const { t } = useTranslation();
  const { layout, lines, encoding } = preview;
  const hasPassword = layout.columns.includes('password');
  const hasExpiry = layout.columns.includes('expiry');
  return (
    <div className="kg-card" data-testid="import-preview">
      <h2>{t('page.import.preview')}</h2>
      <p className="muted">{t('page.import.previewHint')}</p>
      <dl style={{ margin: '14px 0' }}>
        <div>
          <dt>{t('page.import.separator')}</dt>
          <dd>{t(`enum.cardSeparator.${layout.separator}`)}</dd>
        </div>
        <div>
          <dt>{t('page.import.header')}</dt>
          <dd>{t(layout.hasHeader ? 'page.import.hasHeader' : 'page.import.noHeader')}</dd>
        </div>
        <div>
          <dt>{t('page.import.detectedEncoding')}</dt>
          <dd>{encoding.toUpperCase()}</dd>
        </div>
        <div>
          <dt>{t('page.import.total')}</dt>
          <dd>
            {preview.isWhole
              ? t('page.import.lines', { count: preview.lineCount })
              : t('page.import.aboutLines', { lines: counted(linesOf(preview, file)) })}
          </dd>
        </div>
      </dl>
      <Refused preview={preview} />
      <table>
        <thead>
          <tr>
            <th>{t('page.import.line')}</th>
            <th>{t('enum.cardColumn.number')}</th>
            {hasPassword ? <th>{t('enum.cardColumn.password')}</th> : null}
            {hasExpiry ? <th>{t('enum.cardColumn.expiry')}</th> : null}
            <th />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.lineNo}>
              <td>{line.lineNo}</td>
              <td className="mono">{line.cardNo || '—'}</td>
              {hasPassword ? <td className="mono">{line.cardPassword || '—'}</td> : null}
              {hasExpiry ? <td>{line.expiresOn ?? '—'}</td> : null}
              <td>
                {line.reason ? (
                  <span className="kg-tag bad">
                    {t('page.import.willRefuse')} · {t(`enum.refusedLineReason.${line.reason}`)}
                  </span>
                ) : (
                  <Tag value="active" label={t('page.import.ok')} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** What the import would leave out, as far as the preview has looked. */
const Refused = ({ preview }: { preview: PreviewView }) => {
  const { t } = useTranslation();
  const { refused, isWhole, lineCount } = preview;
  const looked = isWhole ? '' : t('page.import.lookedAt', { lines: counted(lineCount) });
  if (refused.length === 0)
    return (
      <p className="muted">
        {t('page.import.noneRefused')} {looked}
      </p>
    );
  return (
    <p className="kg-error" data-testid="preview-refused">
      {refused
        .map(
          ({ reason, count }) =>
            `${t(`enum.refusedLineReason.${reason}`)} ${t('page.import.lines', { count })}`,
        )
        .join('；')}{' '}
      {looked}
    </p>
  );
};
