import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { LICENCE_REGISTER } from './places';
import type { DashboardView } from './views';

/** What has lapsed, what lapses next, and what is off sale for it. */
export const DashboardLicences = ({
  licences,
}: {
  licences: NonNullable<DashboardView['licences']>;
}) => {
  const { t } = useTranslation();
  const figures = [
    ['dashLapsed', licences.lapsed, licences.lapsed > 0],
    ['dashSoon', licences.soon, false],
    ['dashStopped', licences.stopped, licences.stopped > 0],
    ['dashOverrides', licences.overrides, licences.overrides > 0],
  ] as const;
  return (
    <div className="kg-card" data-testid="licences">
      <h2>
        <Link to={LICENCE_REGISTER}>{t('page.licence.dashTitle')}</Link>
      </h2>
      <div className="kg-row" style={{ gap: 28 }}>
        {figures.map(([name, value, isBad]) => (
          <span key={name}>
            <span className={isBad ? 'kg-figure kg-error' : 'kg-figure'}>{value}</span>{' '}
            <span className="muted">{t(`page.licence.${name}`)}</span>
          </span>
        ))}
      </div>
    </div>
  );
};
