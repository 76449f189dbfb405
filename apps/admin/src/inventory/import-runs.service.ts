import type { Request } from 'express';
import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { type EncodingChoice, shanghaiDate } from '#domain';
import { CardVault, importCards } from '#domain/stores';
import { bytesOf } from '../http/request-bytes.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { limited, UPLOAD_BYTES_MAX } from './upload.js';

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
      const { importId } = await importCards(
        this.pool,
        this.vault,
        limited(bytesOf(request), UPLOAD_BYTES_MAX),
        {
          productCode: ask.productCode,
          fileName: ask.fileName,
          batchName: ask.batchName,
          encoding: ask.encoding,
          startedBy: staff.email,
          today: shanghaiDate(Date.now()),
          onStart: (id) => this.importIds.set(ask.formKey, id),
          signal: leaving.signal,
        },
      );
      return importId;
    } catch (error) {
      const begun = this.importIds.get(ask.formKey);
      // A file that cannot be imported is told by the record; without a record the refusal is the answer.
      if (typeof begun !== 'string') {
        this.importIds.delete(ask.formKey);
        throw error;
      }
      this.log.warn(`${staff.requestId} import ${begun} failed: ${String(error)}`);
      return begun;
    } finally {
      request.off('close', leave);
      request.resume();
    }
  }

  private remember(formKey: string): void {
    const [oldest] = this.importIds.keys();
    if (this.importIds.size >= RUNS_REMEMBERED && oldest !== undefined)
      this.importIds.delete(oldest);
    this.importIds.set(formKey, null);
  }
}
