import {
  And,
  type BaseEntity,
  type FindOperator,
  MoreThanOrEqual,
  LessThanOrEqual,
  type Repository,
} from 'typeorm';
import type { Row, Where } from './list-query.js';
import type { ResourceDefinition } from './resource-definition.js';

/** A filter that no index answers looks through so many of the newest rows of a table that grows without end. */
export const WINDOW_ROWS = 200_000;
/** Rows are written almost in the order of their keys; neighbours may have changed places. */
const SLACK_ROWS = 2_000;
const EDGE_LASTS_MS = 30_000;

type Metadata = Repository<BaseEntity>['metadata'];

/** Whether lists of this resource look through the newest rows only, unless a filter names them more exactly. */
export function hasWindow(definition: ResourceDefinition, metadata: Metadata): boolean {
  const key = metadata.primaryColumns[0];
  return (
    key?.type === 'bigint' &&
    definition.sorts.length === 1 &&
    definition.sorts[0] === key.propertyName
  );
}

/** Columns that an index finds by themselves. */
function indexedColumns(metadata: Metadata): ReadonlySet<string> {
  const whole = metadata.indices.filter(
    ({ where, columns }) =>
      where === undefined || where === '' || where === `"${columns[0]?.databaseName}" IS NOT NULL`,
  );
  const first = [...whole, ...metadata.uniques].map(
    ({ columns }) => columns[0]?.propertyName ?? '',
  );
  return new Set([...first, ...metadata.primaryColumns.map((column) => column.propertyName)]);
}

/** Bounds of the key, so that a list of millions of rows is read within the time that a person waits. */
export class BigTable {
  private readonly indexed: ReadonlySet<string>;
  private readonly key: string;
  private edge: { readonly id: string | undefined; readonly untilMs: number } | undefined;

  constructor(private readonly repository: Repository<BaseEntity>) {
    this.indexed = indexedColumns(repository.metadata);
    this.key = repository.metadata.primaryColumns[0]?.propertyName ?? 'id';
  }

  /** The same rows, found by their keys where a filter names days; what no index answers is sought among the newest. */
  async narrowed(where: NonNullable<Where>): Promise<NonNullable<Where>> {
    const names = Object.keys(where);
    if (names.length === 0 || names.some((name) => this.indexed.has(name))) return where;
    const days = await this.daysAsKeys(where);
    if (days) return { ...where, [this.key]: days };
    const edge = await this.windowEdge();
    return edge === undefined ? where : { ...where, [this.key]: MoreThanOrEqual(edge) };
  }

  /** Where a filter has a beginning: keys from there on. The filter itself stays, so nothing is listed that does not fit. */
  private async daysAsKeys(where: Row): Promise<FindOperator<unknown> | undefined> {
    const filter = where['createdAt'] as FindOperator<Date | [Date, Date]> | undefined;
    if (!filter || !this.repository.metadata.findColumnWithPropertyName('createdAt'))
      return undefined;
    const [from, to] = boundsOf(filter);
    if (!from) return undefined;
    const first = MoreThanOrEqual(String((await this.keyAt(from)) - BigInt(SLACK_ROWS)));
    if (!to) return first;
    return And(first, LessThanOrEqual(String((await this.keyAt(to)) + BigInt(SLACK_ROWS))));
  }

  /** The first key that was written at or after a moment, found by halving: hot tables have no index on the time. */
  private async keyAt(moment: Date): Promise<bigint> {
    const { tableName, primaryColumns } = this.repository.metadata;
    const key = `"${primaryColumns[0]?.databaseName}"`;
    const rows: { key: string | null }[] = await this.repository.query(
      `WITH RECURSIVE b(lo, hi) AS (
         SELECT min(${key}), max(${key}) + 1 FROM "${tableName}"
         UNION ALL
         SELECT CASE WHEN m.at < $1 THEN m.key + 1 ELSE b.lo END, CASE WHEN m.at < $1 THEN b.hi ELSE x.mid END
         FROM b CROSS JOIN LATERAL (SELECT (b.lo + b.hi) / 2 AS mid) AS x
           CROSS JOIN LATERAL (SELECT ${key} AS key, created_at AS at FROM "${tableName}"
             WHERE ${key} >= x.mid ORDER BY ${key} LIMIT 1) AS m
         WHERE b.lo < b.hi
       )
       SELECT lo AS key FROM b ORDER BY hi - lo LIMIT 1`,
      [moment],
    );
    return BigInt(rows[0]?.key ?? 0);
  }

  /** Below it the table is not looked through; undefined where it is small. */
  private async windowEdge(): Promise<string | undefined> {
    if (this.edge && this.edge.untilMs > Date.now()) return this.edge.id;
    const { tableName, primaryColumns } = this.repository.metadata;
    const key = `"${primaryColumns[0]?.databaseName}"`;
    const rows: { key: string }[] = await this.repository.query(
      `SELECT ${key} AS key FROM "${tableName}" ORDER BY ${key} DESC OFFSET ${WINDOW_ROWS - 1} LIMIT 1`,
    );
    this.edge = { id: rows[0]?.key, untilMs: Date.now() + EDGE_LASTS_MS };
    return this.edge.id;
  }
}

function boundsOf({
  type,
  value,
}: FindOperator<Date | [Date, Date]>): readonly (Date | undefined)[] {
  if (Array.isArray(value)) return value;
  return type === 'moreThanOrEqual' ? [value, undefined] : [undefined, value];
}
