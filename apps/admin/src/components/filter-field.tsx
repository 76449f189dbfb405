import { useTranslation } from 'adminjs';
import React from 'react';
import { DayInput } from './day-input';
import { ReferenceSelect } from './reference-select';
import type { FilterProps } from './types';

/** One filter of a list: a choice where the values are known, days for times, else the exact text. */
const FilterField = (props: FilterProps) => {
  const { property, resource } = props;
  const { tp } = useTranslation();
  return (
    <div className="kg-form-field">
      <label htmlFor={`filter-${property.path}`}>{tp(property.path, resource.id)}</label>
      <Filter {...props} />
    </div>
  );
};

const Filter = (props: FilterProps) => {
  const { property, filter, onChange } = props;
  const { t } = useTranslation();
  const kind = property.custom?.kind;
  const value = filter[property.path] ?? '';
  if (kind === 'instant' || kind === 'day') return <Days {...props} />;
  if (kind === 'money' || kind === 'integer' || kind === 'decimal') return <Numbers {...props} />;
  if (property.reference)
    return (
      <ReferenceSelect
        id={`filter-${property.path}`}
        resourceId={property.reference}
        value={value}
        empty={t('page.common.all')}
        onChange={(chosen) => onChange(property.path, chosen)}
      />
    );
  if (property.type === 'boolean') return <Choices {...props} values={['true', 'false']} />;
  if (property.availableValues)
    return <AnyOf {...props} values={property.availableValues.map((one) => one.value)} />;
  return (
    <input
      id={`filter-${property.path}`}
      className="kg-field"
      value={value}
      onChange={(event) => onChange(property.path, event.target.value)}
    />
  );
};

const Days = ({ property: { path }, filter, onChange }: FilterProps) => {
  const { t } = useTranslation();
  return (
    <>
      {['from', 'to'].map((side) => (
        <DayInput
          key={side}
          className="kg-field"
          label={t(`page.common.${side}`)}
          value={filter[`${path}~~${side}`] ?? ''}
          onDay={(day) => onChange(`${path}~~${side}`, day)}
        />
      ))}
    </>
  );
};

const Numbers = ({ property: { path }, filter, onChange }: FilterProps) => {
  const { t } = useTranslation();
  return (
    <div className="kg-row">
      {['from', 'to'].map((side) => (
        <input
          key={side}
          className="kg-field"
          style={{ flex: '1 1 90px', width: 90 }}
          inputMode="decimal"
          aria-label={t(`page.find.${side}`)}
          placeholder={t(`page.find.${side}`)}
          value={filter[`${path}~~${side}`] ?? ''}
          onChange={(event) => onChange(`${path}~~${side}`, event.target.value)}
        />
      ))}
    </div>
  );
};

/** One value or several: a record with any of them is listed. */
const AnyOf = (props: FilterProps & { readonly values: readonly string[] }) => {
  const { property, filter, onChange, resource, values } = props;
  const { tl } = useTranslation();
  const chosen = String(filter[property.path] ?? '')
    .split(',')
    .filter((one) => one !== '');
  const toggle = (value: string) =>
    onChange(
      property.path,
      (chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]).join(
        ',',
      ),
    );
  return (
    <div className="kg-choices" id={`filter-${property.path}`}>
      {values.map((one) => (
        <label key={one}>
          <input type="checkbox" checked={chosen.includes(one)} onChange={() => toggle(one)} />{' '}
          {tl(`${property.path}.${one}`, resource.id)}
        </label>
      ))}
    </div>
  );
};

const Choices = (props: FilterProps & { readonly values: readonly string[] }) => {
  const { property, filter, onChange, resource, values } = props;
  const { t, tl } = useTranslation();
  return (
    <select
      id={`filter-${property.path}`}
      className="kg-field"
      value={String(filter[property.path] ?? '')}
      onChange={(event) => onChange(property.path, event.target.value)}
    >
      <option value="">{t('page.common.all')}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {tl(`${property.path}.${one}`, resource.id)}
        </option>
      ))}
    </select>
  );
};

export default FilterField;
