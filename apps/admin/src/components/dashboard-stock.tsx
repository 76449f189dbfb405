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
            <th>{t('page.dashboard.runway')}</th>
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
      <td>
        <Runway line={line} />
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

const BAR_WIDTH = 3;
const BARS_HEIGHT = 22;

/** Demand of the last day as bars, the present on the right, and how long the stock lasts at this pace. */
const Runway = ({ line }: { line: Props['stock'][number] }) => {
  const { t } = useTranslation();
  const bars = line.hourly.toReversed();
  const highest = Math.max(1, ...bars);
  const left =
    line.hoursLeft === null
      ? t('page.dashboard.noDemand')
      : line.hoursLeft >= 72
        ? t('page.dashboard.daysLeft', { days: Math.floor(line.hoursLeft / 24) })
        : t('page.dashboard.hoursLeft', { hours: Math.floor(line.hoursLeft) });
  return (
    <div className="kg-runway">
      {bars.length > 0 && line.hoursLeft !== null ? (
        <svg width={bars.length * BAR_WIDTH} height={BARS_HEIGHT} role="img" aria-label={left}>
          {bars.map((units, index) => {
            const height = (units / highest) * BARS_HEIGHT;
            return (
              <rect
                key={index}
                x={index * BAR_WIDTH}
                y={BARS_HEIGHT - height}
                width={BAR_WIDTH - 1}
                height={height}
              />
            );
          })}
        </svg>
      ) : null}
      <span className={line.runway === 'crossed' ? 'kg-error' : 'small'}>{left}</span>
    </div>
  );
};
