import { useTranslation } from 'adminjs';
import React from 'react';
import { Tag } from './tag';
import type { ValueProps } from './types';

/** Texts that are keys: the audit log writes codes, so that it reads in both languages. */
const CODED: Readonly<Record<string, string>> = {
  'AuditEntry.action': 'action',
  'AuditEntry.resource': 'entity',
};

/** A value in lists and on pages: enums as coloured words, everything else as the server wrote it. */
const PropertyValue = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { tl, t } = useTranslation();
  const value = record?.params[property.path];
  if (value === undefined || value === null || value === '') return <span>—</span>;
  if (property.availableValues)
    return (
      <Tag value={String(value)} label={tl(`${property.propertyPath}.${value}`, resource.id)} />
    );
  const word = CODED[`${resource.id}.${property.path}`];
  if (word) return <span>{t(`${word}.${String(value)}`)}</span>;
  const kind = property.custom?.kind;
  const style =
    kind === 'instant' || kind === 'day' ? { whiteSpace: 'nowrap' as const } : undefined;
  return <span style={style}>{String(value)}</span>;
};

export default PropertyValue;
