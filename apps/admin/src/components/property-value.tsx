import { useTranslation } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import { recordPage } from './places';
import { Tag } from './tag';
import type { ValueProps } from './types';

/** Texts that are keys: the audit log writes codes, so that it reads in both languages. */
const CODED: Readonly<Record<string, string>> = {
  'AuditEntry.action': 'action',
  'AuditEntry.resource': 'entity',
  'OrderEvent.actorName': 'page.systemPart',
  'CallbackTry.failure': 'page.callbackFailure',
  'CallbackTry.askedBy': 'page.callbackAsked',
};

const ID_SHOWN = 12;

/** A value in lists and on pages: enums as coloured words, everything else as the server wrote it. */
const PropertyValue = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { tl } = useTranslation();
  const value = record?.params[property.path] ?? '';
  if (value === '') return <span>—</span>;
  if (property.availableValues)
    return (
      <Tag
        of={`${resource.id}.${property.path}`}
        value={String(value)}
        label={tl(`${property.propertyPath}.${value}`, resource.id)}
      />
    );
  if (isRecordId(props))
    return <RecordLink id={String(value)} entity={record.params['resource']} />;
  const kind = property.custom?.kind;
  const style =
    kind === 'instant' || kind === 'day' ? { whiteSpace: 'nowrap' as const } : undefined;
  return (
    <span style={style}>
      <Words {...props} value={String(value)} />
    </span>
  );
};

/** A code in words where it has some. */
const Words = ({ property, resource, value }: ValueProps & { readonly value: string }) => {
  const { t, i18n } = useTranslation();
  const section = CODED[`${resource.id}.${property.path}`];
  const key = `${section}.${value}`;
  return <>{section !== undefined && i18n.exists(key) ? t(key) : value}</>;
};

const isRecordId = ({ property, resource }: ValueProps): boolean =>
  resource.id === 'AuditEntry' && property.path === 'recordId';

/** The record that somebody changed; the end of a long id tells records apart, its beginning does not. */
const RecordLink = ({ id, entity }: { id: string; entity: unknown }) => (
  <Link
    className="kg-link"
    to={recordPage(String(entity), id)}
    title={id}
    onClick={(event) => event.stopPropagation()}
  >
    {id.length > ID_SHOWN ? `…${id.slice(-ID_SHOWN)}` : id}
  </Link>
);

export default PropertyValue;
