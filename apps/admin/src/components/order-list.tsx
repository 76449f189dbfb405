import { List, useTranslation } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useData } from './use-data';

const STATUSES = [
  'accepted',
  'held',
  'awaiting-payment',
  'processing',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
];
const FILTERS = ['q', 'status', 'platformId', 'productId', 'createdAt~~from', 'createdAt~~to'];

/** The order list with one search box for every number and the usual filters in one line above it. */
const OrderList = (props: any) => {
  const { t } = useTranslation();
  const location = useLocation();
  const navigate = useNavigate();
  const search = new URLSearchParams(location.search);
  const valueOf = (name: string) => search.get(`filters.${name}`) ?? '';
  const [number, setNumber] = useState(valueOf('q'));
  const { data: choices } = useData('order-choices');
  useEffect(() => setNumber(valueOf('q')), [location.search]);

  const apply = (changes: Record<string, string>) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes))
      if (value === '') next.delete(`filters.${name}`);
      else next.set(`filters.${name}`, value);
    next.delete('page');
    next.set('refresh', 'true');
    navigate(`${location.pathname}?${next.toString()}`);
  };
  const choose = (name: string, all: string, options: [string, string][]) => (
    <select
      aria-label={all}
      value={valueOf(name)}
      onChange={(event) => apply({ [name]: event.target.value })}
      style={{ maxWidth: 200 }}
    >
      <option value="">{all}</option>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
  const day = (side: 'from' | 'to') => (
    <input
      type="date"
      aria-label={t(`page.common.${side}`)}
      value={valueOf(`createdAt~~${side}`)}
      onChange={(event) => apply({ [`createdAt~~${side}`]: event.target.value })}
    />
  );
  const isFiltered = FILTERS.some((name) => valueOf(name) !== '');
  const clear = () => apply(Object.fromEntries(FILTERS.map((name) => [name, ''])));
  return (
    <>
      <div className="kg" style={{ padding: '8px 0 16px' }}>
        <form
          className="kg-row"
          onSubmit={(event) => {
            event.preventDefault();
            apply({ q: number.trim() });
          }}
        >
          <input
            type="search"
            aria-label={t('page.orderList.search')}
            placeholder={t('page.orderList.search')}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            style={{ flex: '1 1 320px' }}
            data-testid="order-search"
          />
          <button type="submit" className="kg-button main">
            {t('action.search')}
          </button>
        </form>
        <div className="kg-row" style={{ marginTop: 10 }}>
          {choose(
            'status',
            t('page.orderList.allStatus'),
            STATUSES.map((status) => [status, t(`enum.orderStatus.${status}`)]),
          )}
          {choose(
            'platformId',
            t('page.orderList.allPlatforms'),
            (choices?.platforms ?? []).map((one: any) => [one.id, one.name]),
          )}
          {choose(
            'productId',
            t('page.orderList.allProducts'),
            (choices?.products ?? []).map((one: any) => [one.id, `${one.code} ${one.name}`]),
          )}
          {day('from')}
          <span className="muted">–</span>
          {day('to')}
          {isFiltered ? (
            <button type="button" className="kg-button tiny" onClick={clear}>
              {t('page.orderList.clear')}
            </button>
          ) : null}
        </div>
      </div>
      <List {...props} />
    </>
  );
};

export default OrderList;
