import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { DomainError } from '../shared/domain-error.js';
import type { CardVault } from '../vault/card-vault.js';
import type { EncodingChoice } from './card-encoding.js';
import { CardFileReader, type NumberedCardLine } from './card-file.js';
import { CardIds } from './card-ids.store.js';
import {
  failDeadImports,
  failImportRecord,
  importFailCode,
  type ImportProgress,
  noteProgress,
  startImportRecord,
} from './import-record.store.js';
import { ImportTables, type ImportTarget } from './import-tables.store.js';
import { StagedLines } from './staged-lines.store.js';

/** Non-empty lines of one file. */
export const IMPORT_LINES_MAX = 1_000_000;

const CHUNK_LINES = 10_000;
/** So many lines are encrypted before the event loop gets its turn: about 3 ms. */
const TURN_LINES = 256;
const PROGRESS_EVERY_MS = 1_000;
/** A sender that is silent for so long must not keep other imports waiting. */
const SOURCE_SILENT_MAX_MS = 60_000;

export interface ImportSettings {
  readonly productCode: string;
  readonly fileName: string;
  readonly batchName?: string | undefined;
  readonly encoding: EncodingChoice;
  /** Who hands the file in: a staff member's address, or the command's name. */
  readonly startedBy: string;
  /** `YYYY-MM-DD` in Shanghai. */
  readonly today: string;
  readonly onStart?: (importId: string) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Aborting rolls everything back. */
  readonly signal?: AbortSignal | undefined;
}

export interface ImportResult {
  readonly importId: string;
  /** Null where no line was taken. */
  readonly batchNo: string | null;
  /** Non-empty lines, without the header. */
  readonly lineCount: number;
  readonly importedCount: number;
  readonly refusedCount: number;
}

/**
 * Takes a card file into stock: all of its good lines, or, where anything goes wrong, none. Codes leave this process only
 * encrypted. Throws `product.not-found` (also where the product is not sold as cards; then with its `kind`), `import.empty`,
 * `import.encoding-unknown`, `import.layout-unknown`, `import.too-many-lines`, `import.interrupted`.
 */
export async function importCards(
  pool: pg.Pool,
  vault: CardVault,
  source: AsyncIterable<Uint8Array>,
  settings: ImportSettings,
): Promise<ImportResult> {
  const productId = await requireCardProduct(pool, settings.productCode);
  await failDeadImports(pool);
  const client = await ownConnection(pool);
  try {
    const { fileName, startedBy } = settings;
    const importId = await startImportRecord(client, { productId, fileName, startedBy });
    settings.onStart?.(importId);
    const made = await client.query<{ id: string }>('SELECT uuidv7() AS id');
    const batchId = made.rows[0]?.id ?? '';
    const target = { importId, productId, batchId, dataKeySealed: vault.newDataKey(batchId) };
    return await new CardImporter({ pool, client, vault, target, settings }).run(source);
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface ImportParts {
  readonly pool: pg.Pool;
  readonly client: pg.Client;
  readonly vault: CardVault;
  readonly target: ImportTarget;
  readonly settings: ImportSettings;
}

/** One import: encrypts a chunk of lines while Postgres writes the one before. */
class CardImporter {
  private readonly tables: ImportTables;
  private readonly ids: CardIds;
  private readonly signal: AbortSignal;
  private chunk = new StagedLines();
  private writing: Promise<void> = Promise.resolve();
  private counts: ImportProgress = { readCount: 0, importedCount: 0, refusedCount: 0 };
  private noting: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ImportParts) {
    this.tables = new ImportTables(parts.client, parts.target);
    this.ids = new CardIds(parts.pool);
    this.signal = parts.settings.signal ?? new AbortController().signal;
  }

  async run(source: AsyncIterable<Uint8Array>): Promise<ImportResult> {
    const { pool, target, settings } = this.parts;
    const ticker = setInterval(() => this.tick(), PROGRESS_EVERY_MS);
    const pid = (this.parts.client as pg.Client & { processID: number }).processID;
    // A statement that runs is cancelled; between statements the flag is seen.
    const cancel = (): void => void pool.query('SELECT pg_cancel_backend($1)', [pid]).catch(ignore);
    this.signal.addEventListener('abort', cancel);
    try {
      await this.tables.begin();
      await this.readAll(source);
      clearInterval(ticker);
      await this.noting;
      const { readCount, importedCount, refusedCount } = this.counts;
      const batch = { today: settings.today, name: settings.batchName ?? null };
      const batchNo = await this.tables.finish(batch, readCount, importedCount);
      settings.onProgress?.(this.counts);
      return {
        importId: target.importId,
        batchNo,
        lineCount: readCount,
        importedCount,
        refusedCount,
      };
    } catch (error) {
      const cause = this.signal.aborted ? new DomainError('import.interrupted') : error;
      await this.rollBack(importFailCode(cause));
      throw cause;
    } finally {
      clearInterval(ticker);
      this.signal.removeEventListener('abort', cancel);
    }
  }

  private async readAll(source: AsyncIterable<Uint8Array>): Promise<void> {
    const { encoding, today } = this.parts.settings;
    const reader = new CardFileReader(encoding, today);
    for await (const bytes of withoutSilence(source, this.signal))
      await this.add(reader.push(bytes));
    await this.add(reader.end());
    if (this.counts.readCount === 0) throw new DomainError('import.empty');
    await this.flush();
    await this.writing;
  }

  private async add(lines: readonly NumberedCardLine[]): Promise<void> {
    for (let from = 0; from < lines.length; from += TURN_LINES) {
      const turn = lines.slice(from, from + TURN_LINES);
      await this.ids.provide(turn.length);
      for (const line of turn) this.stage(line);
      const readCount = this.counts.readCount + turn.length;
      this.counts = { ...this.counts, readCount };
      if (readCount > IMPORT_LINES_MAX)
        throw new DomainError('import.too-many-lines', { lines: IMPORT_LINES_MAX });
      if (this.chunk.lineCount >= CHUNK_LINES) await this.flush();
      await nextTurn();
      this.signal.throwIfAborted();
    }
  }

  private stage({ lineNo, line }: NumberedCardLine): void {
    if (typeof line === 'string') {
      this.chunk.addRefused(lineNo, line);
      return;
    }
    const { vault, target } = this.parts;
    const { productId, batchId, dataKeySealed } = target;
    const cardId = this.ids.take();
    const { cardNo, cardPassword, expiresOn } = line;
    const bound = { cardNo, cardPassword, cardId, productId, batchId };
    const sealed = vault.seal(bound, dataKeySealed);
    const fingerprint = vault.fingerprint(line);
    this.chunk.addCard(lineNo, { cardId, sealed, fingerprint, expiresOn });
  }

  /** Hands the chunk to Postgres once it is done with the one before, and goes on without waiting for it. */
  private async flush(): Promise<void> {
    const chunk = this.chunk;
    this.chunk = new StagedLines();
    await this.writing;
    this.writing = this.tables.write(chunk).then((takenCount) => {
      const { readCount, importedCount, refusedCount } = this.counts;
      this.counts = {
        readCount,
        importedCount: importedCount + takenCount,
        refusedCount: refusedCount + chunk.lineCount - takenCount,
      };
    });
    this.writing.catch(ignore); // told to whoever waits for the chunk
  }

  private tick(): void {
    this.parts.settings.onProgress?.(this.counts);
    const { pool, target } = this.parts;
    this.noting = this.noting
      .then(() => noteProgress(pool, target.importId, this.counts))
      .catch(ignore);
  }

  private async rollBack(code: ReturnType<typeof importFailCode>): Promise<void> {
    const { pool, client, target } = this.parts;
    await this.writing.catch(ignore);
    await client.query('ROLLBACK').catch(ignore);
    await this.noting;
    // Where the database is away, the next import finds the record without its lock.
    await failImportRecord(pool, target.importId, code).catch(ignore);
  }
}

const ignore = (): void => undefined;

async function requireCardProduct(pool: pg.Pool, productCode: string): Promise<string> {
  const found = await pool.query<{ id: string; kind: string }>(
    'SELECT id, kind FROM products WHERE code = $1',
    [productCode],
  );
  const product = found.rows[0];
  if (!product) throw new DomainError('product.not-found', { productCode });
  if (product.kind !== 'card') throw new DomainError('import.not-a-card-product', { productCode });
  return product.id;
}

/** COPY needs a connection that is not pipelined, and the life lock one that nobody else uses. */
async function ownConnection(pool: pg.Pool): Promise<pg.Client> {
  const { connectionString } = pool.options;
  const client = new pg.Client({
    ...(connectionString === undefined ? {} : { connectionString }),
    connectionTimeoutMillis: 5_000,
    application_name: 'kagong-import',
    options: '-c jit=off -c synchronize_seqscans=off',
  });
  client.on('error', ignore); // the statement that is under way, or the next one, tells
  await client.connect();
  return client;
}

/** The pieces of the source; a sender that stops sending ends the import, and so does an abort. */
async function* withoutSilence(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await beforeSilence(iterator.next(), signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a generator that hangs in `next` would never return.
    iterator.return?.().catch(ignore);
  }
}

function beforeSilence<Value>(next: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    const stop = (): void => {
      end();
      reject(new DomainError('import.interrupted'));
    };
    const timer = setTimeout(stop, SOURCE_SILENT_MAX_MS);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    next.then(resolve, reject).finally(end).catch(ignore);
  });
}
