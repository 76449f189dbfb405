import { useTranslation } from 'adminjs';
import React from 'react';
import type { PreviewView } from './views';
import { Tag } from './tag';

/** How the file is read, with its first lines; codes are masked. */
export const ImportPreview = ({ preview }: { preview: PreviewView }) => {
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
      </dl>
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
