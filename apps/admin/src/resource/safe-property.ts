import { BaseProperty, type PropertyType } from 'adminjs';
import type { PanelColumn } from './panel-columns.js';

/** A column as the library sees it. Everything but yes/no and references is text: the library's own conversions lose digits. */
export class SafeProperty extends BaseProperty {
  constructor(
    private readonly column: PanelColumn,
    private readonly mayBeSorted: boolean,
    private readonly names: string,
  ) {
    super({ path: column.name, isId: column.isPrimary, position: column.position });
  }

  override type(): PropertyType {
    if (this.column.reference) return 'reference';
    if (this.column.kind === 'boolean') return 'boolean';
    if (['lines', 'numbers', 'json'].includes(this.column.kind)) return 'textarea';
    return 'string';
  }

  override reference(): string | null {
    return this.column.reference ?? null;
  }

  override availableValues(): string[] | null {
    return this.column.values ? [...this.column.values] : null;
  }

  override isSortable(): boolean {
    return this.mayBeSorted;
  }

  override isTitle(): boolean {
    return this.column.name === this.names;
  }

  override isVisible(): boolean {
    return true;
  }
}
