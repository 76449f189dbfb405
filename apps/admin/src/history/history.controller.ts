import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import pg from 'pg';
import { mayStaff } from '#domain';
import { type Language, messagesOf } from '#domain/i18n';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import type { HistoryView } from '../components/find-views.js';
import { AdminConfig } from '../config.js';
import { requireReadable } from '../find/list-address.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { shanghaiTime } from '../resource/shanghai-time.js';
import { changesOf } from './changes.js';
import { runAddress, runOf } from './run-of.js';

const LINES_MAX = 100;
const ID = /^[\w-]{1,40}$/;
const READ = `
  SELECT staff_email, action, before, after, reason, created_at FROM audit_entries
  WHERE resource = $1 AND record_id = $2 ORDER BY id DESC LIMIT ${LINES_MAX}`;

interface AuditLine {
  readonly staff_email: string;
  readonly action: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly created_at: Date;
}

/** Who did what to a record, and the run that works on it. What was changed is told to who may read the audit log. */
@Controller('admin/data/history')
export class HistoryController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly config: AdminConfig,
  ) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get(':entity/:id')
  async read(
    @Staff() staff: PanelStaff,
    @Param('entity') entity: string,
    @Param('id') id: string,
  ): Promise<HistoryView> {
    requireReadable(staff, entity);
    if (!ID.test(id)) return { lines: [], runUrl: null };
    const { rows } = await this.pool.query<AuditLine>(READ, [entity, id]);
    const workflowId = await runOf(this.pool, entity, id);
    const mayReadAll = mayStaff(staff.role, 'audit.read');
    return {
      runUrl: workflowId === null ? null : runAddress(this.config, workflowId),
      lines: rows.map((row) => ({
        at: shanghaiTime(row.created_at),
        who: row.staff_email,
        what: actionWord(staff.language, row.action),
        reason: mayReadAll ? row.reason : null,
        changes: mayReadAll ? changesOf(staff.language, entity, row) : [],
      })),
    };
  }
}

function actionWord(language: Language, action: string): string {
  return (
    (messagesOf(language).action as Readonly<Record<string, string | undefined>>)[action] ?? action
  );
}
