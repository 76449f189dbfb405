import { useTranslation } from 'adminjs';
import React from 'react';
import type { TieOutRow } from './statement-views';
import { useData } from './use-data';
import { Waiting } from './waiting';

const AMOUNTS = [
  'theirsGross',
  'theirsRefund',
  'theirsNet',
  'oursGross',
  'oursRefund',
  'oursNet',
  'gap',
] as const;

/** What platforms report of us by the quarter, beside our books. */
const TieOutPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<{ rows: readonly TieOutRow[] }>('tie-out');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg inner" data-testid="tie-out">
      <div className="kg-row apart">
        <div>
          <h1>{t('page.reconciliation.tieOut')}</h1>
          <p className="muted">{t('page.reconciliation.tieOutHint')}</p>
        </div>
        <a className="kg-button" href="/admin/data/tie-out.csv">
          {t('page.reconciliation.exportTieOut')}
        </a>
      </div>
      <div className="kg-card scroll">
        {data.rows.length === 0 ? (
          <p className="muted">{t('page.reconciliation.noTieOut')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th>{t('page.reconciliation.party')}</th>
                <th>{t('page.reconciliation.quarter')}</th>
                {AMOUNTS.map((name) => (
                  <th key={name} className="right">
                    {t(`page.reconciliation.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={`${row.party} ${row.quarter}`}>
                  <td>{row.party}</td>
                  <td>{row.quarter}</td>
                  {row.amounts.map((amount, index) => (
                    <td key={AMOUNTS[index]} className="right">
                      {index === AMOUNTS.length - 1 && !row.isEven ? (
                        <span className="kg-tag bad">{amount}</span>
                      ) : (
                        amount
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
};

export default TieOutPage;
