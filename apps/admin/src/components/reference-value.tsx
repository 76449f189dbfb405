import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import type { ValueProps } from './types';

/** A price without a platform is everybody's. */
const emptyKeyOf = ({ property, resource }: ValueProps): string | undefined =>
  resource?.id === 'Price' && property.path === 'platformId'
    ? 'page.common.everyPlatform'
    : undefined;

/** The record that another one points at, by its name. */
const ReferenceValue = (props: ValueProps) => {
  const { property, record } = props;
  const { t } = useTranslation();
  const id = record.params[property.path] ?? '';
  if (id === '') {
    const key = emptyKeyOf(props);
    return <span>{key === undefined ? '—' : t(key)}</span>;
  }
  const known = record.populated?.[property.path];
  const name = known?.title ?? String(id);
  const mayShow = known?.recordActions?.some((action) => action.name === 'show');
  if (!mayShow) return <span>{name}</span>;
  return (
    <Link className="kg-link" to={`/admin/resources/${property.reference}/records/${id}/show`}>
      {name}
    </Link>
  );
};

export default ReferenceValue;
