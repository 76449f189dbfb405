import React from 'react';
import { Link } from 'react-router-dom';

/** The record that another one points at, by its name. */
const ReferenceValue = ({ property, record }: any) => {
  const id = record.params[property.path];
  if (id === null || id === undefined || id === '') return <span>—</span>;
  const known = record.populated?.[property.path];
  const name = known?.title ?? id;
  const mayShow = known?.recordActions?.some((action: any) => action.name === 'show');
  if (!mayShow) return <span>{name}</span>;
  return (
    <Link className="kg-link" to={`/admin/resources/${property.reference}/records/${id}/show`}>
      {name}
    </Link>
  );
};

export default ReferenceValue;
