import { useTranslation } from 'adminjs';
import React, { useEffect } from 'react';
import { FormInput } from './form-input';
import type { FieldProps, RecordJson } from './types';

const isNewRecord = ({ id }: RecordJson): boolean => !id;

/** A fault of the field; one of the whole record stands at the first field. */
function faultOf({ property, record, resource }: FieldProps): string | undefined {
  const isFirst = resource.editProperties[0]?.propertyPath === property.propertyPath;
  const fault =
    record.errors?.[property.path] ?? (isFirst ? record.errors?.['_record'] : undefined);
  return fault?.message;
}

/** The one input of our forms: a label, the value, how to write it, and what is wrong with it. */
const FormField = (props: FieldProps) => {
  const { property, record, resource, onChange } = props;
  const { tp, t } = useTranslation();
  const { kind, hint, isFixed = false, standard = null } = property.custom ?? {};
  const isNew = isNewRecord(record);
  const given = record.params[property.path];
  useEffect(() => {
    // What the database would fill in is shown before it does, also after an address has filled in something else.
    if (isNew && given === undefined && standard !== null) onChange(property.path, standard);
  }, [isNew, record]);
  const isNewPassword = kind === 'password' && isNew;
  const fault = faultOf(props);
  const label = tp(property.path, resource.id);
  return (
    <div className="kg-form-field">
      {property.type === 'boolean' ? null : (
        <label htmlFor={property.path}>
          {property.isRequired || isNewPassword ? <span className="kg-must">* </span> : null}
          {label}
        </label>
      )}
      <FormInput {...props} label={label} isDisabled={isFixed && !isNew} />
      {hint && !isNewPassword ? <p className="kg-hint">{t(`page.common.${hint}`)}</p> : null}
      {fault === undefined ? null : (
        <p className="kg-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
};

export default FormField;
