import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openSqlPool } from '#domain/database';
import {
  CardVault,
  importCards,
  importReport,
  type ImportResult,
  type ImportSettings,
  MasterKeys,
} from '#domain/stores';
import { createTestDatabase, type TestDatabase } from './postgres.js';

export const TODAY = '2026-11-24';

/** A database of its own, a vault with fresh keys, and what tests of the import ask of them. */
export class ImportBench {
  readonly vault = new CardVault(
    MasterKeys.parse(`m1:${randomBytes(32).toString('base64')}`),
    randomBytes(32),
  );
  private lastProduct = 0;

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: pg.Pool,
  ) {}

  static async open(): Promise<ImportBench> {
    const database = await createTestDatabase();
    return new ImportBench(database, openSqlPool(database.url, 4, 'test'));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }

  get url(): string {
    return this.database.url;
  }

  /** A fresh product; answers its code. */
  async aProduct(kind = 'card'): Promise<string> {
    this.lastProduct += 1;
    const code = `P-${this.lastProduct}`;
    await this.pool.query('INSERT INTO products (code, name, kind) VALUES ($1, $1, $2)', [
      code,
      kind,
    ]);
    return code;
  }

  handIn(
    productCode: string,
    file: string | AsyncIterable<Uint8Array>,
    choices: Partial<ImportSettings> = {},
  ): Promise<ImportResult> {
    const source = typeof file === 'string' ? inPieces(file) : file;
    const settings = { encoding: 'auto', fileName: 'cards.txt', startedBy: 'a test' } as const;
    return importCards(this.pool, this.vault, source, {
      ...settings,
      productCode,
      today: TODAY,
      ...choices,
    });
  }

  /** The rows of an import's report, without its header. */
  async reportOf(importId: string): Promise<string[]> {
    let text = '';
    for await (const part of importReport(this.pool, importId)) text += part;
    return text.trimEnd().split('\r\n').slice(1);
  }

  async one<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row> {
    const found = await this.pool.query<Row>(sql, values);
    return found.rows[0] as Row;
  }

  /** Cards in the queue that really belong to this product. */
  async stockOf(productCode: string): Promise<number> {
    const row = await this.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM card_stock s JOIN products p ON p.id = s.product_id
       JOIN cards c ON c.id = s.card_id AND c.product_id = s.product_id AND c.batch_id = s.batch_id
       WHERE p.code = $1`,
      [productCode],
    );
    return row.count;
  }

  statusOf(importId: string): Promise<{ status: string; fail_code: string | null }> {
    return this.one('SELECT status, fail_code FROM card_imports WHERE id = $1', [importId]);
  }
}

/** `count` lines of number and password. */
export const cardLines = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, at) => `${name}-${at},PW${at}`);

/** The file in pieces, as an upload or a disk hands it over. */
async function* inPieces(file: string, size = 64 * 1024): AsyncIterable<Buffer> {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
