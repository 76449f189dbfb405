import { useTranslation } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { Link } from 'react-router-dom';
import { importPage, ORDERS } from './places';
import { useFindOrder } from './use-find-order';

export const DashboardHead = ({ mayImport }: { mayImport: boolean }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const findOrder = useFindOrder((asked) =>
    navigate(`${ORDERS}?filters.q=${encodeURIComponent(asked)}`),
  );
  const find = (event: React.FormEvent) => {
    event.preventDefault();
    if (number.trim() !== '') findOrder(number.trim());
  };
  return (
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
            style={{ width: 380 }}
            data-testid="find-order"
          />
          <button type="submit" className="kg-button">
            {t('page.dashboard.findOrder')}
          </button>
        </form>
        {mayImport ? (
          <Link className="kg-button main" to={importPage()}>
            {t('page.dashboard.importCards')}
          </Link>
        ) : null}
      </div>
    </div>
  );
};
