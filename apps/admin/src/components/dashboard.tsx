import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { Link } from 'react-router-dom';
import { Tag } from './tag';
import { useData } from './use-data';
import { Waiting } from './waiting';

const ORDERS = '/admin/resources/Order';
const IMPORT = '/admin/resources/CardImport/actions/import';
const LATE_OUTBOX_SECONDS = 60;

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

/** How today goes, and the two things that staff come for: an order and an import. */
const Dashboard = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const { data, error, load } = useData('dashboard');
  if (!data) return <Waiting error={error} onRetry={() => void load()} />;
  const { backlog, money, orders, stock } = data;
  const find = (event: React.FormEvent) => {
    event.preventDefault();
    if (number.trim() !== '') navigate(`${ORDERS}?filters.q=${encodeURIComponent(number.trim())}`);
  };
  const isOutboxLate = (backlog.outboxAgeSeconds ?? 0) > LATE_OUTBOX_SECONDS;
  return (
    <div className="kg">
      <div className="kg-row apart" style={{ marginBottom: 20 }}>
        <div>
          <h1>{t('page.dashboard.title')}</h1>
          <span className="muted">{t('page.dashboard.lead')}</span>
        </div>
        <div className="kg-row">
          <form className="kg-row" onSubmit={find}>
            <input
              type="search"
              aria-label={t('page.dashboard.findOrder')}
              placeholder={t('page.dashboard.findOrderHint')}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              style={{ width: 300 }}
              data-testid="find-order"
            />
            <button type="submit" className="kg-button">
              {t('page.dashboard.findOrder')}
            </button>
          </form>
          {data.mayImport ? (
            <Link className="kg-button main" to={IMPORT}>
              {t('page.dashboard.importCards')}
            </Link>
          ) : null}
        </div>
      </div>
      <div className="kg-grid">
        <Figure label={t('page.dashboard.ordersToday')} to={ORDERS}>
          {data.orderCount}
        </Figure>
        <Figure
          label={t('page.dashboard.fulfilment')}
          hint={t('page.dashboard.fulfilmentHint')}
          isBad={data.fulfilment !== null && Number(data.fulfilment) < 99.8}
        >
          {data.fulfilment === null ? '—' : `${data.fulfilment}%`}
        </Figure>
        <Figure
          label={t('page.dashboard.waiting')}
          hint={t('page.dashboard.waitingHint')}
          isBad={backlog.waiting > 0}
          to={`${ORDERS}?filters.status=processing`}
        >
          {backlog.waiting}
        </Figure>
        {money ? (
          <Figure
            label={t('page.dashboard.salesToday')}
            hint={`${t('page.dashboard.refunded')} ${money.refunded} ${t('page.common.yuan')}`}
          >
            {money.sales} <small>{t('page.common.yuan')}</small>
          </Figure>
        ) : null}
      </div>
      <div className="kg-two">
        <div className="kg-card">
          <h2>{t('page.dashboard.stock')}</h2>
          {stock.length === 0 ? (
            <p className="muted">{t('page.dashboard.noProducts')}</p>
          ) : (
            <div className="scroll">
              <StockTable stock={stock} mayImport={data.mayImport} />
            </div>
          )}
        </div>
        <div>
          <div className="kg-card">
            <h2>
              {t('page.dashboard.ordersToday')} · {t('page.dashboard.byStatus')}
            </h2>
            {orders.length === 0 ? (
              <p className="muted">{t('page.dashboard.noOrders')}</p>
            ) : (
              <table>
                <tbody>
                  {orders.map(({ status, count }: any) => (
                    <tr key={status}>
                      <td>
                        <Tag value={status} label={t(`enum.orderStatus.${status}`)} />
                      </td>
                      <td className="right">
                        <Link to={`${ORDERS}?filters.status=${status}`}>{count}</Link>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
          <div className="kg-card">
            <table>
              <tbody>
                <tr>
                  <td>{t('page.dashboard.callbacksDead')}</td>
                  <td className="right">
                    <Link to="/admin/resources/CallbackDelivery?filters.status=dead">
                      {backlog.callbacksDead}
                    </Link>
                  </td>
                </tr>
                <tr>
                  <td>{t('page.dashboard.callbacksLate')}</td>
                  <td className="right">
                    <Link to="/admin/resources/CallbackDelivery?filters.status=scheduled">
                      {backlog.callbacksLate}
                    </Link>
                  </td>
                </tr>
                <tr>
                  <td>
                    {t('page.dashboard.outbox')}
                    <div className={isOutboxLate ? 'kg-error' : 'muted small'}>
                      {backlog.outboxCount === 0
                        ? t('page.dashboard.outboxEmpty')
                        : t('page.dashboard.outboxOldest', {
                            seconds: backlog.outboxAgeSeconds ?? 0,
                          })}
                    </div>
                  </td>
                  <td className="right">{backlog.outboxCount}</td>
                </tr>
              </tbody>
            </table>
          </div>
        </div>
      </div>
    </div>
  );
};

const StockTable = ({ stock, mayImport }: { stock: any[]; mayImport: boolean }) => {
  const { t } = useTranslation();
  return (
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
          <tr key={line.productId}>
            <td>
              <Link to={`/admin/resources/Product/records/${line.productId}/show`}>
                {line.name}
              </Link>
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
              {line.waitingUnits > 0 ? <strong>{line.waitingUnits}</strong> : 0}
            </td>
            <td className="right">
              {mayImport && line.level !== 'plenty' ? (
                <Link
                  className="kg-button tiny"
                  to={`${IMPORT}?product=${encodeURIComponent(line.code)}`}
                >
                  {t('page.dashboard.restock')}
                </Link>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export default Dashboard;
