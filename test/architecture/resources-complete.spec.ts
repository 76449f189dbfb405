import { getMetadataArgsStorage } from 'typeorm';
import * as entities from '#domain/entities';
import { RESOURCES, requireComplete } from '../../apps/admin/src/resources/registry.js';

const columns = getMetadataArgsStorage().columns;

/** Columns of an entity and of the classes it extends. */
function columnsOf(entity: {
  readonly name: string;
  readonly prototype: object;
}): Map<string, { isHidden: boolean }> {
  const found = columns.filter(
    ({ target }) =>
      typeof target === 'function' &&
      (target === entity || target.prototype.isPrototypeOf(entity.prototype)),
  );
  return new Map(
    found.map(({ propertyName, options }) => [
      propertyName,
      { isHidden: options.select === false },
    ]),
  );
}

describe('the panel', () => {
  it('shows every entity exactly once', () => {
    expect(RESOURCES.map(({ entity }) => entity.name).sort()).toEqual(Object.keys(entities).sort());
    expect(() => requireComplete()).not.toThrow();
  });

  it('does not start with an entity missing or doubled', () => {
    expect(() => requireComplete(RESOURCES.slice(1))).toThrow('missing');
    expect(() => requireComplete([...RESOURCES, ...RESOURCES.slice(0, 1)])).toThrow('doubled');
  });

  it.each(RESOURCES.map((definition) => [definition.entity.name, definition] as const))(
    '%s names only columns that it has, and none that is kept from queries',
    (_, definition) => {
      const known = columnsOf(definition.entity);
      const { list, filters, sorts, title, write, restricted = {} } = definition;
      const named = [
        title,
        ...list,
        ...filters,
        ...sorts,
        ...Object.keys(restricted),
        ...(write?.create ?? []),
        ...(write?.edit ?? []),
      ];
      const unknown = named.filter((name) => !known.has(name));
      expect(unknown).toEqual([]);
      expect(named.filter((name) => known.get(name)?.isHidden)).toEqual([]);
    },
  );

  it.each([
    'Order',
    'OrderUnit',
    'OrderEvent',
    'Delivery',
    'LedgerEntry',
    'LedgerPosting',
    'AuditEntry',
    'Card',
    'CardStock',
  ])('lets nobody write %s by a form', (name) => {
    const definition = RESOURCES.find(({ entity }) => entity.name === name);
    expect(definition?.write).toBeUndefined();
  });
});
