import { useTranslation } from 'adminjs';
import React from 'react';
import { DayInput } from './day-input';
import type { Choice } from './views';
import { useData } from './use-data';

const STATUSES: readonly string[] = [
  'accepted',
  'held',
  'awaiting-payment',
  'processing',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
];

interface Props {
  readonly given: (name: string) => string;
  readonly onApply: (changes: Readonly<Record<string, string>>) => void;
}

/** Status, platform, product and days, each applied as soon as it is chosen. */
export const OrderFilters = (props: Props) => {
  const { t } = useTranslation();
  const { data } = useData<{ platforms: Choice[]; products: Choice[] }>('order-choices');
  return (
    <div className="kg-row" style={{ marginTop: 10 }}>
      <Select
        {...props}
        name="status"
        all={t('page.orderList.allStatus')}
        options={STATUSES.map((status) => [status, t(`enum.orderStatus.${status}`)])}
      />
      <Select
        {...props}
        name="platformId"
        all={t('page.orderList.allPlatforms')}
        options={(data?.platforms ?? []).map((one) => [one.id, one.name])}
      />
      <Select
        {...props}
        name="productId"
        all={t('page.orderList.allProducts')}
        options={(data?.products ?? []).map((one) => [one.id, `${one.code} ${one.name}`])}
      />
      <Day {...props} side="from" />
      <span className="muted">–</span>
      <Day {...props} side="to" />
    </div>
  );
};

const Select = (
  props: Props & { name: string; all: string; options: readonly (readonly [string, string])[] },
) => {
  const { name, all, options, given, onApply } = props;
  return (
    <select
      aria-label={all}
      value={given(name)}
      onChange={(event) => onApply({ [name]: event.target.value })}
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
};

const Day = ({ side, given, onApply }: Props & { side: 'from' | 'to' }) => {
  const { t } = useTranslation();
  const name = `createdAt~~${side}`;
  return (
    <DayInput
      label={t(`page.common.${side}`)}
      value={given(name)}
      onDay={(day) => onApply({ [name]: day })}
    />
  );
};
