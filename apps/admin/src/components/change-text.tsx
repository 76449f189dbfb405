import { ValueGroup } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import type { ValueProps } from './types';

/** Codes of events; those of records have the words that their own pages use. */
const WORDS: Readonly<Record<string, string>> = {
  failCode: 'enum.orderFailCode',
  failure: 'page.callbackFailure',
};

/** A set of named values, written by the server as JSON, one a line and each under its name. */
const ChangeText = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { t, tp, i18n } = useTranslation();
  const subject = resource.id === 'AuditEntry' ? String(record.params['resource']) : resource.id;
  const lines = linesOf(record.params[property.path]);
  const wordOf = (name: string, value: string): string => {
    const ofRecord = `resources.${subject}.labels.${name}.${value}`;
    const known = [ofRecord, `${WORDS[name]}.${value}`].find((key) => i18n.exists(key));
    return known === undefined ? value : t(known);
  };
  const nameOf = (name: string): string => {
    const known = [`page.detail.${name}`, `field.${subject}.${name}`].find((key) =>
      i18n.exists(key),
    );
    return known === undefined ? name : t(known);
  };
  return (
    <ValueGroup label={tp(property.propertyPath, resource.id)}>
      {lines.length === 0 ? (
        <span>—</span>
      ) : (
        lines.map(([name, value]) => (
          <div key={name} style={{ overflowWrap: 'anywhere' }}>
            <span className="muted">{nameOf(name)}</span> {wordOf(name, value)}
          </div>
        ))
      )}
    </ValueGroup>
  );
};

function linesOf(json: unknown): (readonly [string, string])[] {
  if (typeof json !== 'string' || json === '') return [];
  const values = JSON.parse(json) as Record<string, unknown> | null;
  const told = Object.entries(values ?? {}).filter(([, value]) => value !== null && value !== '');
  return told.map(([name, value]) => [name, textOf(name, value)]);
}

function textOf(name: string, value: unknown): string {
  if (name.endsWith('Hao') && typeof value === 'number') return (value / 10_000).toFixed(2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export default ChangeText;
