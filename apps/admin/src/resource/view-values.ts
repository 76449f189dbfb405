import type { Value } from '../components/views.js';
import { LINE_FORMS } from './json-lines.js';
import type { PanelColumn } from './panel-columns.js';
import { shanghaiTime } from './shanghai-time.js';
import { shownAmount, shownUnitPrice } from './shown-amount.js';

/** A column's value as a person reads it, and as the form sends it back: yuan, Beijing time, one entry a line. */
export function viewValue(column: PanelColumn, value: unknown): Value {
  if (value === null || value === undefined) return null;
  switch (column.kind) {
    case 'money':
      return column.name.startsWith('unitPrice')
        ? shownUnitPrice(value as number)
        : shownAmount(value as number);
    case 'instant':
      return shanghaiTime(value as Date);
    case 'day':
      return viewDay(value);
    case 'lines':
    case 'numbers':
      return (value as readonly (string | number)[]).join('\n');
    case 'json':
      return LINE_FORMS[column.name]?.lines(value) ?? JSON.stringify(value, null, 1);
    default:
      return value as Value;
  }
}

/** A card that never expires is stored as infinity; in the panel the field is empty. */
function viewDay(value: unknown): string | null {
  const text = value instanceof Date ? shanghaiTime(value).slice(0, 10) : String(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}
