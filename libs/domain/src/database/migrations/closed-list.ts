import type { QueryRunner } from 'typeorm';

/** A closed list of texts that a column takes, and the CHECK that says so (see `EnumColumn`). */
export interface ClosedList {
  readonly table: string;
  readonly constraint: string;
  readonly column: string;
  readonly values: readonly string[];
}

/** Puts a longer list in the place of the one before it. */
export async function widenClosedList(runner: QueryRunner, list: ClosedList): Promise<void> {
  const { table, constraint, column, values } = list;
  const texts = values.map((value) => `'${value}'`).join(', ');
  await runner.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${constraint}"`);
  await runner.query(
    `ALTER TABLE "${table}" ADD CONSTRAINT "${constraint}" CHECK ("${column}" IN (${texts}))`,
  );
}

/** Adds values to a list, whatever it holds by then: others may have added theirs. */
export async function extendClosedList(runner: QueryRunner, list: ClosedList): Promise<void> {
  const found = (await runner.query(
    `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1 AND conrelid = $2::regclass`,
    [list.constraint, list.table],
  )) as { definition: string }[];
  const held = [...(found[0]?.definition ?? '').matchAll(/'([^']*)'/g)].map(
    ([, value = '']) => value,
  );
  await widenClosedList(runner, { ...list, values: [...new Set([...held, ...list.values])] });
}
