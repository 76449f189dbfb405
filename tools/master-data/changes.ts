import type { PoolClient } from 'pg';

/** A value of a jsonb column; a bare array is an array in Postgres. */
export class Json {
  constructor(readonly value: unknown) {}
}

export type ColumnValue = string | number | boolean | null | Buffer | readonly string[] | Json;
export type Columns = Readonly<Record<string, ColumnValue>>;

/** What a document would change in one record: for people, before anything is written. */
export interface Change {
  readonly what: string;
  readonly kind: 'created' | 'updated' | 'unchanged';
  readonly fields: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

export interface Upsert {
  readonly table: 'suppliers' | 'products' | 'prices' | 'supply_routes';
  /** How people know the record: `supplier acme`. */
  readonly what: string;
  /** Finds the one record; empty where it is known to be new. */
  readonly where: Columns;
  readonly columns: Columns;
  /** What a new record gets on top, where the document does not say it. */
  readonly defaults?: Columns;
  /** Columns whose values are never shown. */
  readonly secret?: readonly string[];
}

export interface Upserted {
  readonly id: string;
  readonly change: Change;
}

/** Writes one record so that it is as the document says, and tells what was different. */
export async function upsert(client: PoolClient, wish: Upsert): Promise<Upserted> {
  const found = await find(client, wish);
  return found ? update(client, wish, found) : insert(client, wish);
}

type Row = Record<string, unknown> & { id: string };

async function find(client: PoolClient, { table, where }: Upsert): Promise<Row | undefined> {
  const names = Object.keys(where);
  if (names.length === 0) return undefined;
  const condition = names
    .map((name, index) => `${name} IS NOT DISTINCT FROM $${index + 1}`)
    .join(' AND ');
  const { rows } = await client.query<Row>(
    `SELECT * FROM ${table} WHERE ${condition} FOR UPDATE`,
    Object.values(where),
  );
  return rows[0];
}

async function insert(client: PoolClient, wish: Upsert): Promise<Upserted> {
  const columns = { ...wish.defaults, ...wish.where, ...wish.columns };
  const names = Object.keys(columns);
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO ${wish.table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING id`,
    Object.values(columns).map(written),
  );
  const fields = Object.entries(wish.columns).map(([name, to]) => ({
    name,
    from: '',
    to: shown(wish, name, to),
  }));
  return { id: rows[0]?.id ?? '', change: { what: wish.what, kind: 'created', fields } };
}

async function update(client: PoolClient, wish: Upsert, row: Row): Promise<Upserted> {
  const different = Object.entries(wish.columns).filter(
    ([name, to]) => comparable(row[name]) !== comparable(to),
  );
  const fields = different.map(([name, to]) => ({
    name,
    from: shown(wish, name, row[name]),
    to: shown(wish, name, to),
  }));
  if (fields.length > 0)
    await client.query(
      `UPDATE ${wish.table} SET ${different.map(([name], index) => `${name} = $${index + 2}`).join(', ')},
         version = version + 1, updated_at = now() WHERE id = $1`,
      [row.id, ...different.map(([, to]) => written(to))],
    );
  return {
    id: row.id,
    change: { what: wish.what, kind: fields.length > 0 ? 'updated' : 'unchanged', fields },
  };
}

function written(value: ColumnValue): unknown {
  return value instanceof Json ? JSON.stringify(value.value) : value;
}

function comparable(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (value instanceof Json) return comparable(value.value);
  if (value === null || value === undefined) return 'null';
  return textOf(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function shown({ secret = [] }: Upsert, name: string, value: unknown): string {
  if (secret.includes(name)) return '•••';
  if (value instanceof Json) return JSON.stringify(value.value);
  return value === null || value === undefined ? '–' : textOf(value);
}

/** Numbers of bigint columns come as texts: both read the same. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
