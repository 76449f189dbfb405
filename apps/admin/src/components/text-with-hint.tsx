import { FormGroup, FormMessage, Input, TextArea } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';

const MANY_LINES = ['lines', 'numbers', 'json'];

/** The one input of our forms: a label, the text, how to write it, and what is wrong with it. */
const TextWithHint = (props: any) => {
  const { property, record, resource, onChange } = props;
  const { tp, tm, t } = useTranslation();
  const { kind, hint, isFixed, length } = property.custom ?? {};
  const error = record.errors?.[property.path];
  const isNew = record.id === undefined || record.id === null || record.id === '';
  const value = record.params?.[property.path] ?? '';
  const isRequired = property.isRequired || (kind === 'password' && isNew);
  const common = {
    id: property.path,
    name: property.path,
    value,
    disabled: isFixed && !isNew,
    onChange: (event: any) => onChange(property.path, event.target.value),
  };
  return (
    <FormGroup error={Boolean(error)}>
      <label htmlFor={property.path} style={{ display: 'block', marginBottom: 6, fontSize: 14 }}>
        {isRequired ? <span style={{ color: '#c8102e' }}>* </span> : null}
        {tp(property.propertyPath, resource?.id ?? property.resourceId)}
      </label>
      {MANY_LINES.includes(kind) ? (
        <TextArea {...common} rows={4} width="100%" />
      ) : (
        <Input
          {...common}
          type={kind === 'password' ? 'password' : 'text'}
          autoComplete={kind === 'password' ? 'new-password' : 'off'}
          inputMode={kind === 'integer' ? 'numeric' : kind === 'money' ? 'decimal' : undefined}
          maxLength={length ?? undefined}
        />
      )}
      {hint && !(kind === 'password' && isNew) ? (
        <p className="kg-hint">{t(`page.common.${hint}`)}</p>
      ) : null}
      <FormMessage>{error && tm(error.message, property.resourceId)}</FormMessage>
    </FormGroup>
  );
};

export default TextWithHint;
