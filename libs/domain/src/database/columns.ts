import { Check, Column, type ColumnOptions, type ValueTransformer } from 'typeorm';

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** A closed list of texts: varchar with a CHECK made from the same array, so that Postgres, panel and types agree. */
export function EnumColumn(values: readonly string[], options: ColumnOptions = {}) {
  return (target: object, property: string): void => {
    Column({ type: 'varchar', length: 40, enum: [...values], ...options })(target, property);
    const column = options.name ?? snake(property);
    const list = values.map((value) => `'${value}'`).join(', ');
    Check(
      `ck_${snake(target.constructor.name).replace(/^_/, '')}_${column}`,
      `"${column}" IN (${list})`,
    )(target.constructor);
  };
}

const safeInteger: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => {
    if (value === null || value === undefined) return value;
    const hao = Number(value);
    if (!Number.isSafeInteger(hao)) throw new Error(`amount ${value} is beyond exact numbers`);
    return hao;
  },
};

/** An amount in whole hao (0.0001 yuan), bigint in Postgres and an exact number in code. */
export function MoneyColumn(options: ColumnOptions = {}) {
  return Column({ type: 'bigint', transformer: safeInteger, ...options });
}

/** The declared foreign-key column beside every relation (the panel needs it as a scalar of its own). */
export function ReferenceColumn(options: ColumnOptions = {}) {
  return Column({ type: 'uuid', ...options });
}

/** Reference to a row of a hot table. */
export function RecordReferenceColumn(options: ColumnOptions = {}) {
  return Column({ type: 'bigint', ...options });
}

/** An instant. */
export function InstantColumn(options: ColumnOptions = {}) {
  return Column({ type: 'timestamptz', precision: 3, ...options });
}
