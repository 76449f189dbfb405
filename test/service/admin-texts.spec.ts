import type { DataSource } from 'typeorm';
import { ERROR_KIND } from '#domain';
import { openDataSource } from '#domain/database';
import * as entities from '#domain/entities';
import { flatMessagesOf, LANGUAGES } from '#domain/i18n';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await openDataSource(database.url, 1);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

describe.each(LANGUAGES)('texts in %s', (language) => {
  const texts = flatMessagesOf(language);

  it.each(Object.entries(entities))(
    'name %s and each of its columns that staff can see',
    (name, entity) => {
      expect(texts.has(`entity.${name}`)).toBe(true);
      const columns = dataSource.getMetadata(entity).columns.filter((column) => column.isSelect);
      for (const column of columns.filter(({ type }) => type !== 'bytea'))
        expect([
          name,
          column.propertyPath,
          texts.has(`field.${name}.${column.propertyPath}`),
        ]).toEqual([name, column.propertyPath, true]);
    },
  );

  it('have a word for every value of every closed list in the database', () => {
    const words = new Set(
      [...texts.keys()]
        .filter((key) => key.startsWith('enum.'))
        .map((key) => key.split('.').slice(2).join('.')),
    );
    for (const { columns } of dataSource.entityMetadatas)
      for (const value of columns.flatMap((column) => column.enum ?? []))
        expect([value, words.has(String(value))]).toEqual([value, true]);
  });

  it('say for every error what it is and what to do', () => {
    for (const code of Object.keys(ERROR_KIND))
      expect([code, texts.has(`error.${code}`), texts.has(`errorTitle.${code}`)]).toEqual([
        code,
        true,
        true,
      ]);
  });
});
