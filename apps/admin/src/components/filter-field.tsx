import { useTranslation } from 'adminjs';
import React from 'react';
import { ReferenceSelect } from './reference-select';

/** One filter of a list: a choice where the values are known, days for times, else the exact text. */
const FilterField = (props: any) => {
  const { property, resource } = props;
  const { tp } = useTranslation();
  return (
    <div className="kg-form-field">
      <label htmlFor={`filter-${property.path}`}>{tp(property.path, resource.id)}</label>
      <Filter {...props} />
    </div>
  );
};

const Filter = ({ property, filter, onChange, resource }: any) => {
  const { t, tl } = useTranslation();
  const { path } = property;
  const id = `filter-${path}`;
  const kind = property.custom?.kind;
  const value = filter[path] ?? '';
  if (kind === 'instant' || kind === 'day')
    return (
      <>
        {['from', 'to'].map((side) => (
          <input
            key={side}
            type="date"
            className="kg-field"
            aria-label={t(`page.common.${side}`)}
            value={filter[`${path}~~${side}`] ?? ''}
            onChange={(event) => onChange(`${path}~~${side}`, event.target.value)}
            style={{ marginBottom: 6 }}
          />
        ))}
      </>
    );
  if (property.reference)
    return (
      <ReferenceSelect
        id={id}
        resourceId={property.reference}
        value={value}
        empty={t('page.common.all')}
        onChange={(chosen) => onChange(path, chosen)}
      />
    );
  const choices =
    property.type === 'boolean'
      ? ['true', 'false']
      : property.availableValues?.map((one: any) => one.value);
  if (choices)
    return (
      <select
        id={id}
        className="kg-field"
        value={String(value)}
        onChange={(event) => onChange(path, event.target.value)}
      >
        <option value="">{t('page.common.all')}</option>
        {choices.map((one: string) => (
          <option key={one} value={one}>
            {tl(`${path}.${one}`, resource.id)}
          </option>
        ))}
      </select>
    );
  return (
    <input
      id={id}
      className="kg-field"
      value={value}
      onChange={(event) => onChange(path, event.target.value)}
    />
  );
};

export default FilterField;
