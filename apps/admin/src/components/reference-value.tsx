import React from 'react';
import { Link } from 'react-router-dom';
import type { ValueProps } from './types';

/** The record that another one points at, by its name. */
const ReferenceValue = ({ property, record }: ValueProps) => {
  const id = record.params[property.path];
  if (id === null || id === undefined || id === '') return <span>—</span>;
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
