import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { DayLine } from './day-line';
import type { BalanceLine, BalancesView } from './ledger-views';
import { recordPage } from './places';
import { useData } from './use-data';
import { Waiting } from './waiting';

const HEADS = [
  'balance',
  'available',
  'paidLots',
  'grantedLots',
  'held',
  'deposit',
  'prepayment',
  'creditLimit',
] as const;

/** What every platform has with us, at one glance. */
const BalancesPage = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<BalancesView>('ledger/balances');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg" data-testid="balances">
      <h1>{t('page.ledger.balancesTitle')}</h1>
      <p className="muted" style={{ marginBottom: 16 }}>
        {t('page.ledger.balancesLead')}
      </p>
      <div className="kg-card scroll">
        {data.lines.length === 0 ? <p className="muted">{t('page.ledger.noPlatform')}</p> : null}
        <table>
          <thead>
            <tr>
              <th>{t('page.ledger.platform')}</th>
              {HEADS.map((head) => (
                <th key={head} className="right">
                  {t(`page.ledger.${head}`)}
                </th>
              ))}
              <th>{t('page.ledger.last30')}</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <Line key={line.platformId} line={line} />
            ))}
            <tr>
              <th>{t('page.ledger.total')}</th>
              <th className="right">{data.total.balance}</th>
              <th colSpan={3} />
              <th className="right">{data.total.held}</th>
              <th className="right">{data.total.deposit}</th>
              <th colSpan={3} />
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
};

const Line = ({ line }: { line: BalanceLine }) => {
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        <Link to={recordPage('Platform', line.platformId)}>{line.name}</Link>
        <div className="muted small">{line.code}</div>
      </td>
      {HEADS.map((head) => (
        <td
          key={head}
          className={`right ${head === 'balance' && line.isNegative ? 'kg-error' : ''}`}
          style={{ whiteSpace: 'nowrap' }}
        >
          {head === 'balance' ? (
            <Link to={recordPage('LedgerAccount', line.accountId)}>{line.balance}</Link>
          ) : (
            line[head]
          )}
        </td>
      ))}
      <td>
        <DayLine values={line.days} label={t('page.ledger.last30')} />
      </td>
    </tr>
  );
};

export default BalancesPage;
