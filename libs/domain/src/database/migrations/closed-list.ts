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
