import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COPY_STAGED_LINES, CREATE_STAGED_LINES, type StagedLines } from './staged-lines.store.js';

/** One import at a time writes cards; so two files with the same cards in another order cannot lock each other. */
const IMPORT_QUEUE_LOCK = 7702;

/** What the rows of an import have in common. */
export interface ImportTarget {
  readonly importId: string;
  readonly productId: string;
  readonly batchId: string;
  readonly dataKeySealed: Buffer;
}

/** What the batch is called once there are cards for it. */
export interface BatchName {
  /** `YYYY-MM-DD` in Shanghai. */
  readonly today: string;
  readonly name: string | null;
}

/** The statements of one import, all in one transaction on one connection of its own. */
export class ImportTables {
  constructor(
    private readonly client: Client,
    private readonly target: ImportTarget,
  ) {}

  /** Waits until no other import writes. */
  async begin(): Promise<void> {
    await this.client.query('BEGIN');
    await this.client.query(`SELECT pg_advisory_xact_lock($1)`, [IMPORT_QUEUE_LOCK]);
    await this.client.query(CREATE_STAGED_LINES);
    await this.client.query(
      'CREATE TEMP TABLE import_places (card_id bigint, line_no int) ON COMMIT DROP',
    );
    await this.client.query(
      'CREATE TEMP TABLE import_doubles (line_no int, card_id bigint, batch_id uuid) ON COMMIT DROP',
    );
    // Nothing is known about temporary tables: without this, each chunk might read all cards to find a few.
    await this.client.query('SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off');
  }

  /** Writes a chunk; answers how many of its cards were new. The first of equal cards wins. */
  async write(chunk: StagedLines): Promise<number> {
    await this.copy(chunk.end());
    const { productId, batchId, importId } = this.target;
    const taken = await this.client.query<{ count: string }>(TAKE_CARDS, [productId, batchId]);
    const takenCount = Number(taken.rows[0]?.count ?? 0);
    if (takenCount < chunk.cardCount) await this.client.query(NOTE_DOUBLES);
    if (chunk.cardCount < chunk.lineCount) await this.client.query(REFUSE_LINES, [importId]);
    await this.client.query('TRUNCATE staged_lines');
    return takenCount;
  }

  /** Refuses the doubles, names the batch, tells the worker, commits; answers the batch number, null without cards. */
  async finish(batch: BatchName, readCount: number, importedCount: number): Promise<string | null> {
    const { importId, productId, batchId, dataKeySealed } = this.target;
    await this.client.query('SET LOCAL enable_hashjoin = on');
    await this.client.query(REFUSE_DOUBLES, [importId, batchId]);
    let batchNo: string | null = null;
    if (importedCount > 0) {
      batchNo = await this.nextBatchNo(batch.today);
      const name = batch.name ?? batchNo;
      const values = [batchId, batchNo, name, productId, importedCount, dataKeySealed];
      await this.client.query(INSERT_BATCH, values);
      await this.client.query(TELL_WORKER, [productId]);
    }
    const storedBatchId = importedCount > 0 ? batchId : null;
    await this.client.query(END_IMPORT, [importId, storedBatchId, readCount, importedCount]);
    await this.client.query('COMMIT');
    return batchNo;
  }

  private async copy(bytes: Buffer): Promise<void> {
    const stream = this.client.query(copyFrom(COPY_STAGED_LINES));
    await new Promise<void>((resolve, reject) => {
      stream.once('finish', resolve);
      stream.once('error', reject);
      stream.end(bytes);
    });
  }

  /** Safe beside other imports: the import queue is held until the commit. */
  private async nextBatchNo(today: string): Promise<string> {
    const prefix = `B${today.replaceAll('-', '')}-`;
    const last = await this.client.query<{ last: number | null }>(
      `SELECT max(substring(batch_no FROM $1)::int) AS last FROM card_batches WHERE starts_with(batch_no, $2)`,
      [`^${prefix}(\\d{1,9})$`, prefix],
    );
    return `${prefix}${String((last.rows[0]?.last ?? 0) + 1).padStart(4, '0')}`;
  }
}

const TAKE_CARDS = `
  WITH taken AS (
    INSERT INTO cards (id, product_id, batch_id, sealed, fingerprint, expires_on)
    SELECT card_id, $1::uuid, $2::uuid, sealed, fingerprint, expires_on FROM staged_lines WHERE reason IS NULL
    ORDER BY card_id
    ON CONFLICT (fingerprint) DO NOTHING RETURNING id, expires_on
  ), queued AS (
    INSERT INTO card_stock (card_id, product_id, batch_id, expires_on)
    SELECT id, $1::uuid, $2::uuid, coalesce(expires_on, 'infinity') FROM taken
  ), placed AS (
    INSERT INTO import_places SELECT card_id, line_no FROM staged_lines WHERE reason IS NULL
  )
  SELECT count(*) FROM taken`;

const NOTE_DOUBLES = `
  INSERT INTO import_doubles SELECT s.line_no, c.id, c.batch_id FROM staged_lines s
  JOIN cards c ON c.fingerprint = s.fingerprint AND c.id <> s.card_id`;

const REFUSE_LINES = `
  INSERT INTO card_import_lines (import_id, line_no, reason)
  SELECT $1, line_no, reason FROM staged_lines WHERE reason IS NOT NULL ORDER BY line_no`;

const REFUSE_DOUBLES = `
  INSERT INTO card_import_lines (import_id, line_no, reason, seen_at)
  SELECT $1, d.line_no, CASE WHEN d.batch_id = $2 THEN 'duplicate-in-file' ELSE 'duplicate-in-stock' END,
    coalesce(b.batch_no, 'line ' || p.line_no)
  FROM import_doubles d
  LEFT JOIN card_batches b ON b.id = d.batch_id
  LEFT JOIN import_places p ON p.card_id = d.card_id
  ORDER BY d.line_no`;

const INSERT_BATCH = `
  INSERT INTO card_batches (id, batch_no, name, product_id, imported_count, data_key_sealed)
  VALUES ($1, $2, $3, $4, $5, $6)`;

const TELL_WORKER = `
  INSERT INTO outbox_messages (kind, subject, not_before) VALUES ('fill-stock', $1::uuid::text, now())`;

const END_IMPORT = `
  UPDATE card_imports SET status = 'done', batch_id = $2, read_count = $3, imported_count = $4::int,
    refused_count = $3::int - $4::int, finished_at = now(), updated_at = now(), version = version + 1
  WHERE id = $1`;
