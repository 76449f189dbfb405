import { useTranslation } from 'adminjs';
import React from 'react';
import { ReferenceSelect } from './reference-select';
import type { FieldProps } from './types';

type InputProps = FieldProps & { readonly isDisabled: boolean; readonly label: string };

const MANY_LINES = ['lines', 'numbers', 'json'];
const KEYBOARDS: Readonly<Record<string, 'numeric' | 'decimal'>> = {
  integer: 'numeric',
  decimal: 'decimal',
  money: 'decimal',
};

/** The input that fits what the column holds. */
export const FormInput = (props: InputProps) => {
  const { property } = props;
  if (property.type === 'boolean') return <YesNo {...props} />;
  if (property.reference) return <Reference {...props} resourceId={property.reference} />;
  if (property.availableValues) return <Choice {...props} values={property.availableValues} />;
  return <Text {...props} />;
};

const YesNo = ({ property: { path }, record, onChange, isDisabled, label }: InputProps) => (
  <label htmlFor={path}>
    <input
      id={path}
      type="checkbox"
      checked={record.params[path] === true || record.params[path] === 'true'}
      disabled={isDisabled}
      onChange={(event) => onChange(path, event.target.checked)}
    />{' '}
    {label}
  </label>
);

const Reference = (props: InputProps & { readonly resourceId: string }) => {
  const { property, record, onChange, isDisabled, resourceId } = props;
  const { t } = useTranslation();
  const { path } = property;
  return (
    <ReferenceSelect
      id={path}
      resourceId={resourceId}
      value={String(record.params[path] ?? '')}
      known={record.populated?.[path]}
      empty={property.isRequired ? t('page.common.choose') : '—'}
      isDisabled={isDisabled}
      onChange={(id, chosen) => (id === '' ? onChange(path, null) : onChange(path, id, chosen))}
    />
  );
};

const Choice = (props: InputProps & { readonly values: readonly { readonly value: string }[] }) => {
  const { property, record, onChange, isDisabled, resource, values } = props;
  const { t, tl } = useTranslation();
  const { path } = property;
  const given = String(record.params[path] ?? '');
  return (
    <select
      id={path}
      name={path}
      className="kg-field"
      value={given}
      disabled={isDisabled}
      onChange={(event) => onChange(path, event.target.value)}
    >
      {given === '' ? <option value="">{t('page.common.choose')}</option> : null}
      {values.map(({ value }) => (
        <option key={value} value={value}>
          {tl(`${path}.${value}`, resource.id)}
        </option>
      ))}
    </select>
  );
};

const Text = ({ property, record, onChange, isDisabled }: InputProps) => {
  const { path, custom = {} } = property;
  const kind = custom.kind ?? 'text';
  const common = {
    id: path,
    name: path,
    className: 'kg-field',
    value: String(record.params[path] ?? ''),
    disabled: isDisabled,
    onChange: ({ target }: { target: { value: string } }) => onChange(path, target.value),
  };
  if (MANY_LINES.includes(kind)) return <textarea {...common} rows={4} />;
  const isPassword = kind === 'password';
  return (
    <input
      {...common}
      type={isPassword ? 'password' : 'text'}
      autoComplete={isPassword ? 'new-password' : 'off'}
      inputMode={KEYBOARDS[kind]}
      maxLength={custom.length ?? undefined}
    />
  );
};
