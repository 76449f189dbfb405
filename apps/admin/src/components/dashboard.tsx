import { useTranslation } from 'adminjs';
import React from 'react';
import { DashboardBacklog, DashboardFigures, DashboardOrders } from './dashboard-figures';
import { DashboardHead } from './dashboard-head';
import { DashboardLicences } from './dashboard-licences';
import { DashboardPeak } from './dashboard-peak';
import { DashboardStock } from './dashboard-stock';
import type { DashboardView } from './views';
import { useData } from './use-data';
import { Waiting } from './waiting';

/** How today goes, and the two things that staff come for: an order and an import. */
const Dashboard = () => {
  const { t } = useTranslation();
  const { data, error, load } = useData<DashboardView>('dashboard');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  return (
    <div className="kg">
      <DashboardHead mayImport={data.mayImport} />
      <DashboardFigures data={data} />
      <div className="kg-two">
        <div className="kg-card">
          <h2>{t('page.dashboard.stock')}</h2>
          <DashboardStock stock={data.stock} mayImport={data.mayImport} />
        </div>
        <div>
          {data.licences ? <DashboardLicences licences={data.licences} /> : null}
          {data.peak ? <DashboardPeak peak={data.peak} /> : null}
          <DashboardOrders orders={data.orders} />
          <DashboardBacklog backlog={data.backlog} />
        </div>
      </div>
    </div>
  );
};

export default Dashboard;
