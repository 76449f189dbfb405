import { useTranslation } from 'adminjs';
import React from 'react';
import { Tag } from './tag';
import type { ValueProps } from './types';

/** A value in lists and on pages: enums as coloured words, everything else as the server wrote it. */
const PropertyValue = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { tl } = useTranslation();
  const value = record?.params[property.path];
  if (value === undefined || value === null || value === '') return <span>—</span>;
  if (property.availableValues)
    return (
      <Tag value={String(value)} label={tl(`${property.propertyPath}.${value}`, resource.id)} />
    );
  const kind = property.custom?.kind;
  const style =
    kind === 'instant' || kind === 'day' ? { whiteSpace: 'nowrap' as const } : undefined;
  return <span style={style}>{String(value)}</span>;
};

export default PropertyValue;
