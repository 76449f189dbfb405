import { useTranslation } from 'adminjs';
import React from 'react';
import { COLUMN_ROLES_SHOWN, type StatementPreview } from './statement-views';

/** Which column is which, to be set right, and the first lines as they are read. */
export const StatementColumns = (props: {
  preview: StatementPreview;
  columns: Record<string, string>;
  onChange: (columns: Record<string, string>) => void;
}) => {
  const { preview, columns, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="kg-card" data-testid="statement-columns">
        <h2>{t('page.reconciliation.columns')}</h2>
        <p className="muted">{t('page.reconciliation.columnsHint')}</p>
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 14 }}>
          {COLUMN_ROLES_SHOWN.map((role) => (
            <div key={role}>
              <label htmlFor={`column-${role}`}>{t(`enum.columnRole.${role}`)}</label>
              <select
                id={`column-${role}`}
                value={preview.columns[role] ?? ''}
                style={{ width: '100%' }}
                onChange={(event) => onChange({ ...columns, [role]: event.target.value })}
              >
                <option value="">{t('page.reconciliation.notUsed')}</option>
                {preview.headings
                  .filter((heading) => heading !== '')
                  .map((heading) => (
                    <option key={heading} value={heading}>
                      {heading}
                    </option>
                  ))}
              </select>
            </div>
          ))}
        </div>
      </div>
      <div className="kg-card">
        <h2>{t('page.reconciliation.firstLines')}</h2>
        <table>
          <thead>
            <tr>
              <th>{t('field.ExternalLine.lineNo')}</th>
              <th>{t('field.ExternalLine.type')}</th>
              <th>{t('page.reconciliation.number')}</th>
              <th className="right">{t('field.ExternalLine.amountHao')}</th>
              <th>{t('field.ExternalLine.occurredAt')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.lines.map((line) => (
              <tr key={line.lineNo}>
                <td>{line.lineNo}</td>
                <td>
                  {line.fault ? (
                    <span className="kg-tag bad">{t(`enum.rowFault.${line.fault}`)}</span>
                  ) : (
                    t(`enum.externalLineType.${line.type}`)
                  )}
                </td>
                <td className="mono">{line.number}</td>
                <td className="right">{line.amount}</td>
                <td>{line.at}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
