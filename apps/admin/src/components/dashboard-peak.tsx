import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { recordPage } from './places';
import type { DashboardView } from './views';

/** The festival that comes next: how far away it is, and how much is missing. */
export const DashboardPeak = ({ peak }: { peak: NonNullable<DashboardView['peak']> }) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card" data-testid="peak">
      <h2>
        {t('page.stock.peakTitle')} · <Link to={recordPage('PeakPlan', peak.id)}>{peak.name}</Link>
      </h2>
      <span className="kg-figure">{peak.countdown}</span>
      <p className={peak.isShort ? 'kg-error' : 'muted'}>{peak.missing}</p>
    </div>
  );
};
