import { ValueGroup } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';
import React from 'react';
import type { ValueProps } from './types';

/** A set of named values, written by the server as JSON, one a line and each under its name. */
const ChangeText = (props: ValueProps) => {
  const { property, record, resource } = props;
  const { t, tp, i18n } = useTranslation();
  const subject = resource.id === 'AuditEntry' ? String(record.params['resource']) : resource.id;
  const lines = linesOf(record.params[property.path]);
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
            <span className="muted">{nameOf(name)}：</span>
            {value}
          </div>
        ))
      )}
    </ValueGroup>
  );
};

function linesOf(json: unknown): (readonly [string, string])[] {
  if (typeof json !== 'string' || json === '') return [];
  const values = JSON.parse(json) as Record<string, unknown> | null;
  return Object.entries(values ?? {}).map(([name, value]) => [name, textOf(name, value)]);
}

function textOf(name: string, value: unknown): string {
  if (value === null || value === '') return '—';
  if (name.endsWith('Hao') && typeof value === 'number') return (value / 10_000).toFixed(2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export default ChangeText;
