import { List, useTranslation } from 'adminjs';
import React, { type ComponentProps, useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { OrderFilters } from './order-filters';
import { useFindOrder } from './use-find-order';

/** What the address filters by, and how to change that. */
function useFilters() {
  const location = useLocation();
  const navigate = useNavigate();
  const search = new URLSearchParams(location.search);
  const given = (name: string): string => search.get(`filters.${name}`) ?? '';
  const onApply = (changes: Readonly<Record<string, string>>): void => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes))
      if (value === '') next.delete(`filters.${name}`);
      else next.set(`filters.${name}`, value);
    next.delete('page');
    next.set('refresh', 'true');
    navigate(`${location.pathname}?${next.toString()}`);
  };
  return { given, onApply, address: location.search };
}

/** The order list with one search box for every number and the usual filters in one line above it. */
const OrderList = (props: ComponentProps<typeof List>) => {
  const { t } = useTranslation();
  const { given, onApply, address } = useFilters();
  const [number, setNumber] = useState(given('q'));
  useEffect(() => setNumber(given('q')), [address]);
  const findOrder = useFindOrder((asked) => onApply({ q: asked }));
  const search = (event: React.FormEvent) => {
    event.preventDefault();
    findOrder(number.trim());
  };
  return (
    <>
      <div className="kg" style={{ padding: '8px 0 16px' }}>
        <form className="kg-row" onSubmit={search}>
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
        <OrderFilters given={given} onApply={onApply} />
      </div>
      <List {...props} />
    </>
  );
};

export default OrderList;
