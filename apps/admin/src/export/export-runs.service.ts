import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Filter } from 'adminjs';
import pg from 'pg';
import { DomainError, mayStaff } from '#domain';
import {
  addExportPart,
  claimExport,
  endExport,
  type ExportClaim,
  expireExports,
  noteExportRows,
} from '#domain/stores';
import type { CurrentStaff } from '../auth/current-staff.js';
import { readStaff } from '../auth/staff.store.js';
import { entityName } from '../resource/resource-definition.js';
import { SafeResource } from '../resource/safe-resource.js';
import { RESOURCES } from '../resources/registry.js';
import { ExportTable } from './export-table.js';
import { exportWriter, roomFor } from './export-writer.js';

const LOOK_EVERY_MS = 15_000;
const PAGE_ROWS = 1_000;

/**
 * Makes exported files, one after the other. An export is a row before it is work: one whose program died is taken up by the
 * next that looks. What the person may read is asked again when it is made.
 */
@Injectable()
export class ExportRunsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('export');
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private isEnding = false;

  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    clearInterval(this.timer);
    await this.working;
  }

  /** Looks for work now. */
  wake(): void {
    this.working ??= this.workOff()
      .catch((error: unknown) => this.log.warn(`exports wait: ${String(error)}`))
      .finally(() => (this.working = undefined));
  }

  private async workOff(): Promise<void> {
    await expireExports(this.pool);
    while (!this.isEnding) {
      const claim = await claimExport(this.pool);
      if (!claim) return;
      await this.make(claim);
    }
  }

  private async make(claim: ExportClaim): Promise<void> {
    try {
      const end = await this.write(claim);
      if (end) await endExport(this.pool, claim.id, { status: 'done', ...end });
    } catch (error) {
      this.log.warn(`export ${claim.id} failed: ${String(error)}`);
      const failure = error instanceof DomainError ? error.code : 'internal';
      await endExport(this.pool, claim.id, { status: 'failed', failure });
    }
  }

  /** Nothing where the program ends first: the row keeps its place and somebody else begins it anew. */
  private async write(
    claim: ExportClaim,
  ): Promise<{ readonly rowCount: number; readonly isCut: boolean } | undefined> {
    const { staff, resource } = await this.allowed(claim);
    const table = new ExportTable(resource, staff);
    const keep = (bytes: Buffer): Promise<void> => addExportPart(this.pool, claim.id, bytes);
    const writer = exportWriter(claim.format, table.heads(), keep);
    let rowCount = 0;
    let isCut = false;
    const filter = new Filter(filtersOf(claim.query), resource);
    const context = { currentAdmin: staff } as never;
    for await (const page of resource.pages(filter, context, PAGE_ROWS)) {
      if (this.isEnding) return undefined;
      const rows = page.slice(0, roomFor(claim.format, rowCount));
      isCut = rows.length < page.length;
      await writer.write(await table.cells(rows));
      rowCount += rows.length;
      await noteExportRows(this.pool, claim.id, rowCount);
      if (isCut) break;
    }
    await writer.end();
    return { rowCount, isCut };
  }

  private async allowed(
    claim: ExportClaim,
  ): Promise<{ readonly staff: CurrentStaff; readonly resource: SafeResource }> {
    const definition = RESOURCES.find((one) => entityName(one) === claim.resource);
    const staff = await readStaff(this.pool, claim.staffId);
    if (!definition) throw new DomainError('request.not-found');
    if (!staff || !mayStaff(staff.role, definition.read)) throw new DomainError('staff.forbidden');
    return { staff, resource: new SafeResource(definition) };
  }
}

/** `filters.status=held` as the library's own filter reads it. */
const filtersOf = (query: string): Record<string, string> =>
  Object.fromEntries(
    [...new URLSearchParams(query)].flatMap(([name, value]) =>
      name.startsWith('filters.') ? [[name.slice('filters.'.length), value]] : [],
    ),
  );
