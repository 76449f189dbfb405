import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { type Actor, DomainError, HAO_PER_FEN, type LargePaymentSource } from '#domain';
import { type AfterChange } from '#domain/database';
import { acceptStage, writeAudit } from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, recordIdOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const bankPayment = z.strictObject({
  amount: z.string().trim(),
  reference: z.string().trim().min(1).max(64),
  payer: z.string().trim().max(120),
  formKey: formKeyField,
});
const balancePayment = z.strictObject({
  amount: z.string().trim(),
  reason: reasonField,
  formKey: formKeyField,
});
const acceptance = z.strictObject({ stageNo: z.string().regex(/^\d{1,2}$/), reason: reasonField });
const extension = z.strictObject({ dueAt: z.string(), reason: reasonField, formKey: formKeyField });

const byAddress = (staff: PanelStaff): Actor => ({ kind: 'staff', name: staff.email });

/** What staff do about large orders. The row comes first; the order's run hears of it by the relay. */
@Controller('admin/command/large-orders')
export class LargeOrderCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  /** Money that has arrived at the bank, under the bank's own number. */
  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/payments')
  recordPayment(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { amount, reference, payer, formKey } = checked(bankPayment, body);
    const payment = { source: 'bank', reference, payer: payer === '' ? null : payer } as const;
    return this.submit(staff, recordIdOf(id), {
      ...payment,
      amount,
      formKey,
      reason: `${reference} ${payer}`.trim(),
    });
  }

  /** Taken from the platform's balance, because the platform asked for it; never by itself. */
  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/pay-from-balance')
  payFromBalance(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { amount, reason, formKey } = checked(balancePayment, body);
    const payment = { source: 'balance', reference: formKey, payer: null } as const;
    return this.submit(staff, recordIdOf(id), { ...payment, amount, formKey, reason });
  }

  @Requires('order.cancel')
  @HttpCode(200)
  @Post(':id/accept-stage')
  async accept(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'stageAccepted' }> {
    const { stageNo, reason } = checked(acceptance, body);
    const orderId = recordIdOf(id);
    const command = {
      orderId,
      stageNo: Number(stageNo),
      actor: byAddress(staff),
      nowMs: Date.now(),
    };
    const after = { stageNo: Number(stageNo) };
    await acceptStage(
      this.pool,
      command,
      audit(staff, { action: 'acceptStage', orderId, reason, after }),
    );
    return { notice: 'stageAccepted' };
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/extend-deadline')
  async extend(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { dueAt, reason, formKey } = checked(extension, body);
    const orderId = recordIdOf(id);
    const at = parseShanghaiTime(dueAt);
    if (!at) throw new Refusal('notATime');
    return this.approvals.submit(staff, {
      ...{ kind: 'large-order-deadline', formKey, resource: 'LargeOrder', recordId: orderId },
      payload: { orderId, dueAtMs: at.getTime() },
      amountHao: await unpaidHao(this.pool, orderId),
      reason,
    });
  }

  /** The same form, or the same number of the bank, books once. */
  private submit(
    staff: PanelStaff,
    orderId: string,
    payment: {
      readonly source: LargePaymentSource;
      readonly reference: string;
      readonly payer: string | null;
      readonly amount: string;
      readonly formKey: string;
      readonly reason: string;
    },
  ): Promise<Submitted> {
    const { amount, formKey, reason, source, reference, payer } = payment;
    const amountHao = parseShownYuan(amount);
    if (amountHao === undefined) throw new Refusal('notAnAmount');
    if (amountHao <= 0) throw new Refusal('notPositive');
    if (amountHao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
    return this.approvals.submit(staff, {
      kind: 'large-payment',
      formKey,
      resource: 'LargeOrder',
      recordId: orderId,
      payload: { orderId, source, reference, amountHao, payer },
      amountHao,
      reason,
    });
  }
}

async function unpaidHao(pool: pg.Pool, orderId: string): Promise<number> {
  const { rows } = await pool.query<{ unpaid: string }>(
    'SELECT amount_hao - paid_hao AS unpaid FROM large_orders WHERE order_id = $1',
    [orderId],
  );
  if (!rows[0]) throw new DomainError('order.not-found');
  return Number(rows[0].unpaid);
}

const audit =
  (
    staff: PanelStaff,
    done: {
      readonly action: 'acceptStage';
      readonly orderId: string;
      readonly reason: string;
      readonly after: Readonly<Record<string, unknown>>;
    },
  ): AfterChange =>
  (client) =>
    writeAudit(client, {
      staffEmail: staff.email,
      action: done.action,
      resource: 'LargeOrder',
      recordId: done.orderId,
      after: done.after,
      reason: done.reason,
      requestId: staff.requestId,
      address: staff.address,
    });
