import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { inTransaction, type Sql } from '#domain/database';
import {
  activateSlaPolicy,
  answerUpstream,
  copySlaPolicy,
  fileUpstream,
  writeAudit,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, recordIdOf, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const TEXT_MAX = 500;
const filing = z.strictObject({
  text: z.string().trim().min(1).max(TEXT_MAX),
  supplierRef: z.string().trim().max(80).optional(),
});
const answering = z.strictObject({ text: z.string().trim().min(1).max(1_000) });

interface Note {
  readonly action: string;
  readonly resource: string;
  readonly recordId: string;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Versions of what is promised, and complaints of ours at suppliers. */
@Controller('admin/command')
export class SlaPolicyCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('complaint.lead')
  @HttpCode(200)
  @Post('sla-policies/:id/copy')
  async copy(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
  ): Promise<{ notice: 'slaPolicyCopied' }> {
    const recordId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      await copySlaPolicy(client, recordId);
      await note(client, staff, {
        action: 'copySlaPolicy',
        resource: 'SlaPolicyVersion',
        recordId,
      });
    });
    return { notice: 'slaPolicyCopied' };
  }

  @Requires('complaint.lead')
  @HttpCode(200)
  @Post('sla-policies/:id/activate')
  async activate(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
  ): Promise<{ notice: 'slaPolicyActivated' }> {
    const recordId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      await activateSlaPolicy(client, { policyId: recordId, staffEmail: staff.email });
      await note(client, staff, {
        action: 'activateSlaPolicy',
        resource: 'SlaPolicyVersion',
        recordId,
      });
    });
    return { notice: 'slaPolicyActivated' };
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('complaints/:id/upstream')
  async file(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'upstreamFiled' }> {
    const complaintId = recordIdOf(id);
    const { text, supplierRef = '' } = checked(filing, body);
    const command = {
      complaintId,
      text,
      supplierRef: supplierRef === '' ? null : supplierRef,
      staffEmail: staff.email,
      nowMs: Date.now(),
    };
    await fileUpstream(this.pool, command, (client) =>
      note(client, staff, {
        action: 'fileUpstream',
        resource: 'Complaint',
        recordId: complaintId,
        after: { text, supplierRef },
      }),
    );
    return { notice: 'upstreamFiled' };
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('upstream-complaints/:id/answer')
  async answer(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'upstreamAnswered' }> {
    const upstreamId = recordIdOf(id);
    const { text } = checked(answering, body);
    const command = { upstreamId, answer: text, staffEmail: staff.email, nowMs: Date.now() };
    await answerUpstream(this.pool, command, (client) =>
      note(client, staff, {
        action: 'answerUpstream',
        resource: 'UpstreamComplaint',
        recordId: upstreamId,
        after: { answer: text },
      }),
    );
    return { notice: 'upstreamAnswered' };
  }
}

const note = (sql: Sql, staff: PanelStaff, entry: Note): Promise<void> =>
  writeAudit(sql, {
    ...entry,
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
  });
