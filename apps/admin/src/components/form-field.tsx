import { useTranslation } from 'adminjs';
import React, { useEffect } from 'react';
import { ReferenceSelect } from './reference-select';

const MANY_LINES = ['lines', 'numbers', 'json'];

/** The one input of our forms: a label, the value, how to write it, and what is wrong with it. */
const FormField = (props: any) => {
  const { property, record, resource, onChange } = props;
  const { tp, t } = useTranslation();
  const { kind, hint, isFixed, standard } = property.custom ?? {};
  const { path } = property;
  const resourceId = resource?.id ?? property.resourceId;
  const error = record.errors?.[path] ?? wholeFault(record, resource, path);
  const isNew = record.id === undefined || record.id === null || record.id === '';
  const given = record.params?.[path];
  useEffect(() => {
    if (isNew && given === undefined && standard !== null) onChange(path, standard);
  }, [isNew]);
  const isRequired = property.isRequired || (kind === 'password' && isNew);
  const isDisabled = isFixed && !isNew;
  const input = { ...props, given: given ?? '', isDisabled, resourceId };
  return (
    <div className="kg-form-field">
      {property.type === 'boolean' ? (
        <label htmlFor={path}>
          <input
            id={path}
            type="checkbox"
            checked={given === true || given === 'true'}
            disabled={isDisabled}
            onChange={(event) => onChange(path, event.target.checked)}
          />{' '}
          {tp(path, resourceId)}
        </label>
      ) : (
        <>
          <label htmlFor={path}>
            {isRequired ? <span className="kg-must">* </span> : null}
            {tp(path, resourceId)}
          </label>
          <Input {...input} kind={kind} />
        </>
      )}
      {hint && !(kind === 'password' && isNew) ? (
        <p className="kg-hint">{t(`page.common.${hint}`)}</p>
      ) : null}
      {error ? (
        <p className="kg-fault" role="alert">
          {error.message}
        </p>
      ) : null}
    </div>
  );
};

/** A fault of the whole record stands above the first field. */
const wholeFault = (record: any, resource: any, path: string) =>
  resource?.editProperties?.[0]?.path === path ? record.errors?._record : undefined;

const Input = ({ property, record, onChange, given, isDisabled, resourceId, kind }: any) => {
  const { t, tl } = useTranslation();
  const { path } = property;
  const common = {
    id: path,
    name: path,
    value: given,
    disabled: isDisabled,
    className: 'kg-field',
    onChange: (event: any) => onChange(path, event.target.value),
  };
  if (property.reference)
    return (
      <ReferenceSelect
        id={path}
        resourceId={property.reference}
        value={given}
        known={record.populated?.[path]}
        empty={property.isRequired ? t('page.common.choose') : '—'}
        isDisabled={isDisabled}
        onChange={(id, chosen) => (id === '' ? onChange(path, null) : onChange(path, id, chosen))}
      />
    );
  if (property.availableValues)
    return (
      <select {...common}>
        {given === '' ? <option value="">{t('page.common.choose')}</option> : null}
        {property.availableValues.map(({ value }: any) => (
          <option key={value} value={value}>
            {tl(`${path}.${value}`, resourceId)}
          </option>
        ))}
      </select>
    );
  if (MANY_LINES.includes(kind)) return <textarea {...common} rows={4} />;
  return (
    <input
      {...common}
      type={kind === 'password' ? 'password' : 'text'}
      autoComplete={kind === 'password' ? 'new-password' : 'off'}
      inputMode={kind === 'integer' ? 'numeric' : kind === 'money' ? 'decimal' : undefined}
      maxLength={property.custom?.length ?? undefined}
    />
  );
};

export default FormField;
