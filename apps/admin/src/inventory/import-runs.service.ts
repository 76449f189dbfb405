import type { Request } from 'express';
import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { type EncodingChoice, shanghaiDate } from '#domain';
import { CardVault, importCards, writeAudit } from '#domain/stores';
import { bytesOf } from '../http/request-bytes.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { beginningAfter, limited, UPLOAD_BYTES_MAX } from './upload.js';

export interface ImportAsk {
  readonly productCode: string;
  readonly fileName: string;
  readonly batchName: string | undefined;
  readonly encoding: EncodingChoice;
  readonly formKey: string;
}

const RUNS_REMEMBERED = 1_000;

/** Imports that came through this panel, by the key of the form they were handed in with. */
@Injectable()
export class ImportRunsService {
  private readonly log = new Logger('import');
  private readonly importIds = new Map<string, string | null>();

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly vault: CardVault,
  ) {}

  /** The import of this form; null while it has not begun, undefined where the form was never handed in. */
  importIdOf(formKey: string): string | null | undefined {
    return this.importIds.get(formKey);
  }

  /** Reads the upload into stock. The record of the import tells how it went, also to those who look later. */
  async run(staff: PanelStaff, ask: ImportAsk, request: Request): Promise<string> {
    this.remember(ask.formKey);
    const leaving = new AbortController();
    const leave = (): void => {
      if (!request.complete) leaving.abort();
    };
    request.once('close', leave);
    try {
      return await this.read(staff, ask, { request, signal: leaving.signal });
    } catch (error) {
      const begun = this.importIds.get(ask.formKey);
      // A file that cannot be imported is told by the record; without a record the refusal is the answer.
      if (typeof begun !== 'string') {
        this.importIds.delete(ask.formKey);
        throw error;
      }
      this.log.warn(`${staff.requestId} import ${begun} failed: ${String(error)}`);
      await this.noteEnd(staff, begun, { status: 'failed' });
      return begun;
    } finally {
      request.off('close', leave);
      request.resume();
    }
  }

  /** No line is read before it is written down who hands it in. */
  private async read(
    staff: PanelStaff,
    { formKey, ...settings }: ImportAsk,
    { request, signal }: { readonly request: Request; readonly signal: AbortSignal },
  ): Promise<string> {
    let noting: Promise<void> | undefined;
    const { productCode, fileName } = settings;
    const onStart = (id: string): void => {
      this.importIds.set(formKey, id);
      noting = this.note(staff, id, { status: 'running', productCode, fileName });
      // Whoever reads the first line hears of it.
      noting.catch(() => undefined);
    };
    const bytes = limited(bytesOf(request), UPLOAD_BYTES_MAX);
    const { importId, importedCount, refusedCount } = await importCards(
      this.pool,
      this.vault,
      beginningAfter(() => noting, bytes),
      {
        ...settings,
        startedBy: staff.email,
        today: shanghaiDate(Date.now()),
        onStart,
        signal,
      },
    );
    await this.noteEnd(staff, importId, { status: 'done', importedCount, refusedCount });
    return importId;
  }

  /** The import has ended in its own transaction and its record says how: a note that fails does not undo it. */
  private async noteEnd(
    staff: PanelStaff,
    importId: string,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.note(staff, importId, after).catch((error: unknown) =>
      this.log.error(
        `${staff.requestId} the end of import ${importId} is not in the audit log: ${String(error)}`,
      ),
    );
  }

  private note(
    staff: PanelStaff,
    importId: string,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return writeAudit(this.pool, {
      staffEmail: staff.email,
      action: 'import',
      resource: 'CardImport',
      recordId: importId,
      after,
      requestId: staff.requestId,
      address: staff.address,
    });
  }

  private remember(formKey: string): void {
    const [oldest] = this.importIds.keys();
    if (this.importIds.size >= RUNS_REMEMBERED && oldest !== undefined)
      this.importIds.delete(oldest);
    this.importIds.set(formKey, null);
  }
}
