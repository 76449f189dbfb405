import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  COMPLAINT_SEVERITIES,
  COMPLAINT_TEXT_MAX,
  DomainError,
  mayStaff,
  RESOLUTION_CODES,
  ROLE_PERMISSIONS,
  type StaffRole,
} from '#domain';
import {
  assignComplaint,
  changeSeverity,
  customerWrites,
  moveComplaint,
  offerSolution,
  staffWrites,
  takeNextComplaint,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { noteIn } from './complaint-audit.js';
import { complaintIdOf } from './complaint-data.controller.js';

const textField = z.string().trim().min(1).max(COMPLAINT_TEXT_MAX);
const timeField = z.string().trim().max(40).optional();
const sayForm = z.strictObject({
  type: z.enum(['staff-message', 'staff-question', 'internal-note']),
  text: textField,
});
const offerForm = z.strictObject({ resolutionCode: z.enum(RESOLUTION_CODES), text: textField });
const assignForm = z.strictObject({ assignee: z.string().trim().max(120) });
const severityForm = z.strictObject({
  severity: z.enum(COMPLAINT_SEVERITIES),
  deadline: timeField,
  reason: reasonField,
});
const moveForm = z.strictObject({ move: z.enum(['resumed', 'reopened']), reason: reasonField });
const customerForm = z.strictObject({
  act: z.enum(['message', 'confirm', 'withdraw']),
  text: z.string().trim().max(COMPLAINT_TEXT_MAX).default(''),
  sentAt: timeField,
});
const nothing = z.strictObject({});

interface Told {
  readonly notice: string;
}

/** What staff do with a complaint. */
@Controller('admin/command/complaints')
export class ComplaintCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('complaint.write')
  @HttpCode(200)
  @Post('take-next')
  async takeNext(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{ complaintId: string }> {
    checked(nothing, body);
    const given = { staffEmail: staff.email, nowMs: Date.now() };
    const complaintId = await takeNextComplaint(this.pool, given, (client, recordId) =>
      noteIn(staff, { action: 'takeComplaint', recordId })(client),
    );
    if (complaintId === null) throw new DomainError('complaint.none-waiting');
    return { complaintId };
  }

  /** An answer and a question are seen by the complainant; a note is not. */
  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/say')
  async say(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { type, text } = checked(sayForm, body);
    const recordId = complaintIdOf(id);
    const action = SAID[type];
    await staffWrites(
      this.pool,
      { ...by(staff, recordId), type, text },
      noteIn(staff, { action, recordId }),
    );
    return { notice: type === 'internal-note' ? 'noteWritten' : 'answerSent' } satisfies Told;
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/offer')
  async offer(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { resolutionCode, text } = checked(offerForm, body);
    const recordId = complaintIdOf(id);
    await offerSolution(
      this.pool,
      { ...by(staff, recordId), resolutionCode, text },
      noteIn(staff, { action: 'offerSolution', recordId, after: { resolutionCode } }),
    );
    return { notice: 'solutionOffered' } satisfies Told;
  }

  /** An empty name takes it out of everybody's hands. */
  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/assign')
  async assign(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { assignee } = checked(assignForm, body);
    const recordId = complaintIdOf(id);
    if (assignee !== '') await this.requireHandler(assignee);
    await assignComplaint(
      this.pool,
      { ...by(staff, recordId), assignee: assignee === '' ? null : assignee },
      noteIn(staff, { action: 'assignComplaint', recordId, after: { assignee } }),
    );
    return { notice: 'complaintAssigned' } satisfies Told;
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/severity')
  async severity(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { severity, deadline, reason } = checked(severityForm, body);
    const recordId = complaintIdOf(id);
    const deadlineMs = timeOf(deadline, '/deadline');
    await changeSeverity(
      this.pool,
      {
        ...by(staff, recordId),
        severity,
        reason,
        isLead: mayStaff(staff.role, 'complaint.lead'),
        deadlineMs,
      },
      noteIn(staff, { action: 'changeSeverity', recordId, after: { severity }, reason }),
    );
    return { notice: 'severityChanged' } satisfies Told;
  }

  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/move')
  async move(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { move, reason } = checked(moveForm, body);
    const recordId = complaintIdOf(id);
    const action = move === 'resumed' ? 'resumeComplaint' : 'reopenComplaint';
    await moveComplaint(
      this.pool,
      { ...by(staff, recordId), move, reason },
      noteIn(staff, { action, recordId, reason }),
    );
    return { notice: move === 'resumed' ? 'clockResumed' : 'complaintReopened' } satisfies Told;
  }

  /** What the complainant said on the phone or in a chat, at the time at which it was said. */
  @Requires('complaint.write')
  @HttpCode(200)
  @Post(':id/customer-said')
  async customerSaid(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { act, text, sentAt } = checked(customerForm, body);
    if (act === 'message' && text === '')
      throw new DomainError('request.invalid', { pointer: '/text' });
    const recordId = complaintIdOf(id);
    const nowMs = Date.now();
    await customerWrites(
      this.pool,
      {
        complaintId: recordId,
        act,
        text,
        sentMs: timeOf(sentAt, '/sentAt') ?? nowMs,
        staffEmail: staff.email,
        nowMs,
      },
      noteIn(staff, { action: 'noteCustomer', recordId, after: { act } }),
    );
    return { notice: 'customerNoted' } satisfies Told;
  }

  private async requireHandler(email: string): Promise<void> {
    const { rows } = await this.pool.query<{ role: StaffRole }>(
      `SELECT role FROM staff WHERE email = $1 AND status = 'active'`,
      [email],
    );
    const role = rows[0]?.role;
    if (role === undefined || !ROLE_PERMISSIONS[role].includes('complaint.write'))
      throw new DomainError('request.invalid', { pointer: '/assignee' });
  }
}

const SAID = {
  'staff-message': 'answerComplaint',
  'staff-question': 'askCustomer',
  'internal-note': 'noteComplaint',
} as const;

const by = (staff: PanelStaff, complaintId: string) => ({
  complaintId,
  staffEmail: staff.email,
  nowMs: Date.now(),
});

/** A time as people in China write it; null where none is given. */
export function timeOf(text: string | undefined, pointer: string): number | null {
  if (text === undefined || text === '') return null;
  const at = parseShanghaiTime(text);
  if (!at) throw new DomainError('request.invalid', { pointer });
  return at.getTime();
}
