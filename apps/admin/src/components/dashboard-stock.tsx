import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { importPage, recordPage } from './places';
import { Tag } from './tag';
import type { DashboardView } from './views';

type Props = Pick<DashboardView, 'stock' | 'mayImport'>;

export const DashboardStock = ({ stock, mayImport }: Props) => {
  const { t } = useTranslation();
  if (stock.length === 0) return <p className="muted">{t('page.dashboard.noProducts')}</p>;
  return (
    <div className="scroll">
      <table data-testid="stock">
        <thead>
          <tr>
            <th>{t('page.dashboard.product')}</th>
            <th className="right">{t('page.dashboard.available')}</th>
            <th>{t('page.dashboard.level')}</th>
            <th className="right">{t('page.dashboard.waitingUnits')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {stock.map((line) => (
            <StockRow key={line.productId} line={line} mayImport={mayImport} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const StockRow = ({ line, mayImport }: { line: Props['stock'][number]; mayImport: boolean }) => {
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        <Link to={recordPage('Product', line.productId)}>{line.name}</Link>
        <div className="muted small">{line.code}</div>
      </td>
      <td className="right">
        {line.available.toLocaleString('en-US')}
        {line.isCapped ? '+' : ''}
      </td>
      <td>
        <Tag value={line.level} label={t(`enum.stockLevel.${line.level}`)} />
      </td>
      <td className="right">
        {line.waitingUnits > 0 ? <strong>{line.waitingUnits.toLocaleString('en-US')}</strong> : 0}
      </td>
      <td className="right">
        {mayImport && line.level !== 'plenty' ? (
          <Link className="kg-button tiny" to={importPage(line.code)}>
            {t('page.dashboard.restock')}
          </Link>
        ) : null}
      </td>
    </tr>
  );
};
