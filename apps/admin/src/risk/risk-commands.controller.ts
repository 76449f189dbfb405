import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { decideCase, decideSignal, endWatch, startWatch, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const caseForm = z.strictObject({
  decision: z.enum(['released', 'refused']),
  reason: reasonField,
});
const signalForm = z.strictObject({
  decision: z.enum(['confirmed', 'dismissed']),
  reason: reasonField,
});
const watchForm = z.strictObject({ customerNo: z.string().trim().max(64), reason: reasonField });
const withReason = z.strictObject({ reason: reasonField });

/** What a person says to held orders, signals and watches. */
@Controller('admin/command')
export class RiskCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('risk-cases/:id/decide')
  async decideCase(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'orderReleased' | 'orderRefused' }> {
    const { decision, reason } = checked(caseForm, body);
    const caseId = checked(recordId, id);
    await decideCase(
      this.pool,
      { caseId, decision, decider: staff.email, reason, nowMs: Date.now() },
      (client) =>
        note(client, staff, {
          action: decision === 'released' ? 'releaseOrder' : 'refuseOrder',
          resource: 'RiskCase',
          recordId: caseId,
          reason,
        }),
    );
    return { notice: decision === 'released' ? 'orderReleased' : 'orderRefused' };
  }

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('risk-signals/:id/decide')
  async decideSignal(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'signalDecided' }> {
    const { decision, reason } = checked(signalForm, body);
    const signalId = checked(recordId, id);
    await inTransaction(this.pool, async (client) => {
      await decideSignal(client, {
        signalId,
        decision,
        by: staff.email,
        reason,
        nowMs: Date.now(),
      });
      await note(client, staff, {
        action: decision === 'confirmed' ? 'confirmSignal' : 'dismissSignal',
        resource: 'RiskSignal',
        recordId: signalId,
        reason,
      });
    });
    return { notice: 'signalDecided' };
  }

  /** The platform, or the customer that the form names. */
  @Requires('risk.decide')
  @HttpCode(200)
  @Post('platforms/:id/watch')
  async watch(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'watchStarted' }> {
    const platformId = uuidOf(id);
    const { customerNo, reason } = checked(watchForm, body);
    const subject = customerNo === '*' ? '' : customerNo;
    await inTransaction(this.pool, async (client) => {
      const known = await client.query('SELECT 1 FROM platforms WHERE id = $1', [platformId]);
      if (known.rowCount === 0) throw new DomainError('request.not-found');
      await startWatch(client, {
        platformId,
        subject,
        reason,
        raisedBy: staff.email,
        signalId: null,
        nowMs: Date.now(),
      });
      await note(client, staff, {
        action: 'startWatch',
        resource: 'Platform',
        recordId: platformId,
        after: { customerNo: subject },
        reason,
      });
    });
    return { notice: 'watchStarted' };
  }

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('risk-watches/:id/end')
  async endWatch(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'watchEnded' }> {
    const watchId = checked(recordId, id);
    const { reason } = checked(withReason, body);
    await inTransaction(this.pool, async (client) => {
      await endWatch(client, { watchId, by: staff.email, nowMs: Date.now() });
      await note(client, staff, {
        action: 'endWatch',
        resource: 'RiskWatch',
        recordId: watchId,
        reason,
      });
    });
    return { notice: 'watchEnded' };
  }
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  done: {
    readonly action: string;
    readonly resource: string;
    readonly recordId: string;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason: string;
  },
): Promise<void> {
  return writeAudit(client, {
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
    ...done,
  });
}
