import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { dayOfDate, DomainError, HAO_PER_FEN, PAYMENT_SOURCES } from '#domain';
import { inTransaction } from '#domain/database';
import {
  confirmStatement,
  draftNextAgreement,
  issueStatement,
  lockStatement,
  noteArrival,
  openDispute,
  readStatementById,
  writeAudit,
} from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const reasonForm = z.strictObject({ reason: reasonField });
const decidedForm = z.strictObject({ reason: reasonField, formKey: formKeyField });
const paymentForm = z.strictObject({
  amount: z.string().trim(),
  bankReference: z.string().trim().min(3).max(64),
  receivedOn: z.string().trim(),
  source: z.enum(PAYMENT_SOURCES),
  note: z.string().trim().max(200).optional(),
  formKey: formKeyField,
});
const disputeForm = z.strictObject({
  amount: z.string().trim(),
  orderNo: z.string().trim().max(32).optional(),
  reason: reasonField,
});
const resolutionForm = z.strictObject({
  conceded: z.string().trim(),
  reason: reasonField,
  formKey: formKeyField,
});

/** An amount that the bank can move: whole fen. */
function fenOf(text: string, minHao: number): number {
  const hao = parseShownYuan(text);
  if (hao === undefined) throw new Refusal('notAnAmount');
  if (hao < minHao) throw new Refusal('notPositive');
  if (hao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
  return hao;
}

/** What finance does about statements and agreements. */
@Controller('admin/command')
export class SettlementCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  @Requires('money.write')
  @HttpCode(200)
  @Post('statements/:id/issue')
  issue(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const statementId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      { action: 'issueStatement', notice: 'statementIssued', recordId: statementId, reason },
      async (client, by) => {
        await issueStatement(client, await lockStatement(client, statementId), by);
      },
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('statements/:id/confirm')
  confirm(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const statementId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      { action: 'confirmStatement', notice: 'statementConfirmed', recordId: statementId, reason },
      async (client, by) => {
        await confirmStatement(client, await lockStatement(client, statementId), by);
      },
    );
  }

  /** The bank's own number makes it count once. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('statements/:id/payments')
  pay(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const statementId = uuidOf(id);
    const { amount, bankReference, receivedOn, source, note, formKey } = checked(paymentForm, body);
    if (dayOfDate(receivedOn) === undefined) throw new Refusal('notADay');
    const amountHao = fenOf(amount, 1);
    return this.approvals.submit(staff, {
      kind: 'statement-payment',
      formKey,
      resource: 'Statement',
      recordId: statementId,
      payload: {
        statementId,
        amountHao,
        source,
        bankReference,
        receivedOn,
        note: note === undefined || note === '' ? null : note,
      },
      amountHao,
      reason: bankReference,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('statements/:id/disputes')
  dispute(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const statementId = uuidOf(id);
    const { amount, orderNo, reason } = checked(disputeForm, body);
    const amountHao = fenOf(amount, 1);
    return this.act(
      staff,
      { action: 'openDispute', notice: 'disputeOpened', recordId: statementId, reason },
      async (client, by) => {
        await openDispute(client, {
          statementId,
          amountHao,
          orderNo: orderNo === undefined || orderNo === '' ? null : orderNo,
          reason,
          ...by,
        });
      },
    );
  }

  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post('statements/:id/write-off')
  async writeOff(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const statementId = uuidOf(id);
    const { reason, formKey } = checked(decidedForm, body);
    const statement = await readStatementById(this.pool, statementId);
    if (!statement) throw new DomainError('statement.not-found', { statementNo: '?' });
    if (statement.outstandingHao <= 0) throw new DomainError('statement.not-open');
    return this.approvals.submit(staff, {
      kind: 'statement-write-off',
      formKey,
      resource: 'Statement',
      recordId: statementId,
      payload: { statementId, amountHao: statement.outstandingHao },
      amountHao: statement.outstandingHao,
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('statement-payments/:id/arrival')
  arrive(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const paymentId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      {
        action: 'notePaymentArrival',
        notice: 'paymentArrived',
        resource: 'StatementPayment',
        recordId: paymentId,
        reason,
      },
      (client, by) => noteArrival(client, { paymentId, ...by }),
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('statement-disputes/:id/resolve')
  async resolve(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const disputeId = uuidOf(id);
    const { conceded, reason, formKey } = checked(resolutionForm, body);
    const concededHao = fenOf(conceded, 0);
    const { rows } = await this.pool.query<{ statement_id: string }>(
      'SELECT statement_id FROM statement_disputes WHERE id = $1',
      [disputeId],
    );
    const statementId = rows[0]?.statement_id;
    if (statementId === undefined) throw new DomainError('request.not-found');
    return this.approvals.submit(staff, {
      kind: 'dispute-resolution',
      formKey,
      resource: 'StatementDispute',
      recordId: disputeId,
      payload: { disputeId, statementId, concededHao },
      amountHao: concededHao,
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('agreements/:id/draft')
  draft(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const agreementId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      {
        action: 'draftAgreement',
        notice: 'agreementDrafted',
        resource: 'SettlementAgreement',
        recordId: agreementId,
        reason,
      },
      async (client, by) => {
        await draftNextAgreement(client, { agreementId, ...by });
      },
    );
  }

  /** The draft as it is now: edited later, it must be handed in again. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('agreements/:id/activate')
  async activate(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const agreementId = uuidOf(id);
    const { reason, formKey } = checked(decidedForm, body);
    const { rows } = await this.pool.query<{ version: number }>(
      `SELECT version FROM settlement_agreements WHERE id = $1 AND status = 'draft'`,
      [agreementId],
    );
    const version = rows[0]?.version;
    if (version === undefined) throw new DomainError('agreement.not-open');
    return this.approvals.submit(staff, {
      kind: 'settlement-agreement',
      formKey,
      resource: 'SettlementAgreement',
      recordId: agreementId,
      payload: { agreementId, version },
      amountHao: null,
      reason,
    });
  }

  /** A change and its audit entry are one transaction. */
  private async act<Notice extends string>(
    staff: PanelStaff,
    done: {
      readonly action: string;
      readonly notice: Notice;
      readonly resource?: string;
      readonly recordId: string;
      readonly reason: string;
    },
    change: (
      client: pg.PoolClient,
      by: { readonly actor: string; readonly nowMs: number },
    ) => Promise<void>,
  ): Promise<{ notice: Notice }> {
    const { notice, resource = 'Statement', ...noted } = done;
    await inTransaction(this.pool, async (client) => {
      await change(client, { actor: staff.email, nowMs: Date.now() });
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        resource,
        ...noted,
      });
    });
    return { notice };
  }
}
