import { FormGroup, Label } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';

/** From one day to another, both included, in Beijing time. */
const DateRangeFilter = (props: any) => {
  const { property, filter, onChange, resource } = props;
  const { tp, t } = useTranslation();
  const input = (side: 'from' | 'to') => (
    <input
      type="date"
      aria-label={t(`page.common.${side}`)}
      value={filter[`${property.path}~~${side}`] ?? ''}
      onChange={(event) => onChange(`${property.path}~~${side}`, event.target.value)}
      style={{
        padding: 6,
        borderRadius: 4,
        border: '1px solid #2b5a52',
        marginBottom: 6,
        width: '100%',
      }}
    />
  );
  return (
    <FormGroup variant="filter">
      <Label>{tp(property.propertyPath, resource.id)}</Label>
      {input('from')}
      {input('to')}
    </FormGroup>
  );
};

export default DateRangeFilter;
