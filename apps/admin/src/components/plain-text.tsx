import { ValueGroup } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import type { ValueProps } from './types';

/** Text of several lines on a record's page. */
const PlainText = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { tp } = useTranslation();
  const value = record?.params[property.path];
  return (
    <ValueGroup label={tp(property.propertyPath, resource.id)}>
      <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {value === null || value === undefined || value === '' ? '—' : String(value)}
      </span>
    </ValueGroup>
  );
};

export default PlainText;
