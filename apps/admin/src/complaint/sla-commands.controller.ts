import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  BREACH_CAUSES,
  COMPENSATION_CAUSES,
  COMPENSATION_REMEDIES,
  DomainError,
  mayStaff,
} from '#domain';
import {
  acknowledgeEscalation,
  fillWaitingOrders,
  giveRemedy,
  nameBreachCause,
} from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { amountOf, noticeOf } from '../compensation/compensation-commands.controller.js';
import { unitsOf } from '../compensation/units-text.js';
import { checked, formKeyField, reasonField, recordId as idField } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { noteIn } from './complaint-audit.js';
import { complaintIdOf } from './complaint-data.controller.js';

const QUANTITY_MAX = 10_000;
const remedyForm = z.strictObject({
  cause: z.enum(COMPENSATION_CAUSES),
  units: z.string().trim().min(1).max(200),
  remedy: z.enum(COMPENSATION_REMEDIES).optional(),
  amount: z.string().trim().max(20).optional(),
  reason: reasonField,
});
const causeForm = z.strictObject({ cause: z.enum(BREACH_CAUSES), reason: reasonField });
const excuseForm = z.strictObject({ reason: reasonField, formKey: formKeyField });
const nothing = z.strictObject({});

interface Told {
  readonly notice: string;
}

/** Remedies, steps of the ladder and broken promises. */
@Controller('admin/command')
export class SlaCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  /** Gives what the rules of compensation say, or what a person says, and answers the complainant by it. */
  @Requires('complaint.write')
  @HttpCode(200)
  @Post('complaints/:id/remedy')
  async remedy(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Told> {
    if (!mayStaff(staff.role, 'compensation.write')) throw new DomainError('staff.forbidden');
    const { cause, units, remedy, amount, reason } = checked(remedyForm, body);
    const unitNos = unitsOf(units, QUANTITY_MAX);
    if (unitNos.length === 0) throw new DomainError('request.invalid', { pointer: '/units' });
    const complaintId = complaintIdOf(id);
    const nowMs = Date.now();
    const asked = await giveRemedy(
      this.pool,
      {
        complaintId,
        unitNos,
        cause,
        wanted: remedy && { remedy, amountHao: amountOf(amount) },
        remark: reason,
        staffEmail: staff.email,
        nowMs,
      },
      noteIn(staff, {
        action: 'giveRemedy',
        recordId: complaintId,
        after: { cause, units, ...(remedy ? { remedy } : {}), ...(amount ? { amount } : {}) },
        reason,
      }),
    );
    await this.fill(complaintId);
    return { notice: noticeOf(asked.map(({ outcome }) => outcome)) };
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('escalations/:id/acknowledge')
  async acknowledge(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Told> {
    checked(nothing, body);
    const escalationId = slaIdOf(id, 'escalation.not-found');
    await acknowledgeEscalation(
      this.pool,
      { escalationId, staffEmail: staff.email, nowMs: Date.now() },
      noteIn(staff, {
        action: 'acknowledgeStep',
        resource: 'SlaEscalation',
        recordId: escalationId,
      }),
    );
    return { notice: 'stepAcknowledged' };
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('breaches/:id/cause')
  async cause(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Told> {
    const { cause, reason } = checked(causeForm, body);
    const breachId = slaIdOf(id, 'breach.not-found');
    await nameBreachCause(
      this.pool,
      { breachId, cause, remark: reason, staffEmail: staff.email, nowMs: Date.now() },
      noteIn(staff, {
        action: 'nameCause',
        resource: 'SlaBreach',
        recordId: breachId,
        after: { cause },
        reason,
      }),
    );
    return { notice: 'causeNamed' };
  }

  /** Always needs a second person; the raw figures keep the breach whatever comes of it. */
  @Requires('complaint.write')
  @HttpCode(200)
  @Post('breaches/:id/excuse')
  async excuse(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { reason, formKey } = checked(excuseForm, body);
    const breachId = slaIdOf(id, 'breach.not-found');
    const known = await this.pool.query('SELECT 1 FROM sla_breaches WHERE id = $1', [breachId]);
    if (known.rowCount === 0) throw new DomainError('breach.not-found');
    return this.approvals.submit(staff, {
      kind: 'breach-excuse',
      formKey,
      resource: 'SlaBreach',
      recordId: breachId,
      payload: { breachId },
      amountHao: null,
      reason,
    });
  }

  /** Cards in stock go to a replacement at once; the worker would do it a moment later. */
  private async fill(complaintId: string): Promise<void> {
    const { rows } = await this.pool.query<{ product_id: string | null }>(
      'SELECT product_id FROM complaints WHERE id = $1',
      [complaintId],
    );
    const productId = rows[0]?.product_id ?? null;
    if (productId !== null) await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
  }
}

function slaIdOf(text: string, code: 'breach.not-found' | 'escalation.not-found'): string {
  const parsed = idField.safeParse(text);
  if (!parsed.success) throw new DomainError(code);
  return parsed.data;
}
