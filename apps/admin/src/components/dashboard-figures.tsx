import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import {
  ALERTS,
  APPROVALS,
  CALLBACKS,
  COMPLAINT_WORK,
  HELD_ORDERS,
  ORDERS,
  UNDECIDED,
  sectionsPage,
} from './places';
import type { ComplaintFigures } from './figures-views';
import { Tag } from './tag';
import type { DashboardView } from './views';

const LATE_OUTBOX_SECONDS = 60;
const FULFILMENT_AIM = 99.8;
const counted = (count: number): string => count.toLocaleString('en-US');

const Figure = (props: {
  label: string;
  children: React.ReactNode;
  hint?: string;
  isBad?: boolean;
  to?: string;
}) => (
  <div className="kg-card">
    <span className="muted">{props.label}</span>
    <span className={`kg-figure ${props.isBad ? 'bad' : ''}`}>
      {props.to ? <Link to={props.to}>{props.children}</Link> : props.children}
    </span>
    {props.hint ? <span className="muted small">{props.hint}</span> : null}
  </div>
);

const ComplaintFigure = (props: { complaints: ComplaintFigures }) => {
  const { t } = useTranslation();
  const { open, overdue, unassigned, rate, isHigh } = props.complaints;
  return (
    <Figure
      label={t('page.complaint.tile')}
      hint={t('page.complaint.tileHint', {
        overdue,
        unassigned,
        rate: rate === null ? t('page.complaint.noRate') : `${rate}%`,
      })}
      isBad={overdue > 0 || isHigh}
      to={COMPLAINT_WORK}
    >
      {counted(open)}
    </Figure>
  );
};

export const DashboardFigures = ({ data }: { data: DashboardView }) => {
  const { t } = useTranslation();
  const { backlog, fulfilment, money } = data;
  const yuan = t('page.common.yuan');
  return (
    <div className="kg-grid">
      <Figure label={t('page.dashboard.ordersToday')} to={ORDERS}>
        {counted(data.orderCount)}
      </Figure>
      <Figure
        label={t('page.dashboard.fulfilment')}
        hint={t('page.dashboard.fulfilmentHint')}
        isBad={fulfilment !== null && Number(fulfilment) < FULFILMENT_AIM}
      >
        {fulfilment === null ? '—' : `${fulfilment}%`}
      </Figure>
      <Figure
        label={t('page.dashboard.waiting')}
        hint={t('page.dashboard.waitingHint')}
        isBad={backlog.waiting > 0}
        to={`${ORDERS}?filters.status=processing`}
      >
        {counted(backlog.waiting)}
      </Figure>
      {data.complaints ? <ComplaintFigure complaints={data.complaints} /> : null}
      {data.compensation ? (
        <Figure
          label={t('page.compensation.dashboard')}
          hint={t('page.compensation.dashboardHint', {
            limit: data.compensation.limit,
            count: data.compensation.proposed,
          })}
          isBad={data.compensation.isFull}
          to={sectionsPage('Compensation', 'budgets')}
        >
          {data.compensation.spent} <small>{yuan}</small>
        </Figure>
      ) : null}
      {data.moneyDue ? (
        <Figure
          label={t('page.dashboard.moneyDue')}
          hint={t('page.dashboard.moneyDueHint', {
            open: data.moneyDue.open,
            differences: data.moneyDue.differences,
          })}
          isBad={data.moneyDue.overdueCount > 0}
          to={sectionsPage('Statement', 'moneyDue')}
        >
          {data.moneyDue.overdue} <small>{yuan}</small>
        </Figure>
      ) : null}
      {money ? (
        <Figure
          label={t('page.dashboard.salesToday')}
          hint={`${t('page.dashboard.refunded')} ${money.refunded} ${yuan}`}
        >
          {money.sales} <small>{yuan}</small>
        </Figure>
      ) : null}
    </div>
  );
};

export const DashboardOrders = ({ orders }: Pick<DashboardView, 'orders'>) => {
  const { t } = useTranslation();
  return (
    <div className="kg-card">
      <h2>
        {t('page.dashboard.ordersToday')} · {t('page.dashboard.byStatus')}
      </h2>
      {orders.length === 0 ? <p className="muted">{t('page.dashboard.noOrders')}</p> : null}
      <table>
        <tbody>
          {orders.map(({ status, count }) => (
            <tr key={status}>
              <td>
                <Tag value={status} label={t(`enum.orderStatus.${status}`)} />
              </td>
              <td className="right">
                <Link to={`${ORDERS}?filters.status=${status}`}>{counted(count)}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

export const DashboardBacklog = ({ backlog }: Pick<DashboardView, 'backlog'>) => {
  const { t } = useTranslation();
  const seconds = backlog.outboxAgeSeconds ?? 0;
  return (
    <div className="kg-card">
      <table>
        <tbody>
          {backlog.approvals === null ? null : (
            <tr>
              <td>{t('page.dashboard.approvals')}</td>
              <td className="right">
                <Link to={APPROVALS}>{counted(backlog.approvals)}</Link>
              </td>
            </tr>
          )}
          {backlog.held === null ? null : (
            <tr>
              <td>{t('page.dashboard.held')}</td>
              <td className="right">
                <Link to={HELD_ORDERS}>{counted(backlog.held)}</Link>
              </td>
            </tr>
          )}
          <tr>
            <td>{t('page.dashboard.alerts')}</td>
            <td className="right">
              <Link to={ALERTS}>{counted(backlog.alerts)}</Link>
            </td>
          </tr>
          <tr>
            <td>{t('page.dashboard.undecided')}</td>
            <td className="right">
              <Link to={UNDECIDED}>{counted(backlog.undecided)}</Link>
            </td>
          </tr>
          <tr>
            <td>{t('page.dashboard.callbacksDead')}</td>
            <td className="right">
              <Link to={`${CALLBACKS}?filters.status=dead`}>{counted(backlog.callbacksDead)}</Link>
            </td>
          </tr>
          <tr>
            <td>{t('page.dashboard.callbacksLate')}</td>
            <td className="right">
              <Link to={`${CALLBACKS}?filters.status=scheduled`}>
                {counted(backlog.callbacksLate)}
                {backlog.isLateCapped ? '+' : ''}
              </Link>
            </td>
          </tr>
          <tr>
            <td>
              {t('page.dashboard.outbox')}
              <div className={seconds > LATE_OUTBOX_SECONDS ? 'kg-error' : 'muted small'}>
                {backlog.outboxCount === 0
                  ? t('page.dashboard.outboxEmpty')
                  : t('page.dashboard.outboxOldest', { seconds })}
              </div>
            </td>
            <td className="right">{counted(backlog.outboxCount)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
};
