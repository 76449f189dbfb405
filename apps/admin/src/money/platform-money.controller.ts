import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { HAO_PER_FEN } from '#domain';
import { type DepositKind } from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const text = z.string().trim();
const named = text.min(1).max(64);
const base = { amount: text, formKey: formKeyField } as const;
const topUpForm = z.strictObject({ ...base, receiptNo: named, payer: named });
const grantForm = z.strictObject({ ...base, expiresOn: text.max(20), reason: reasonField });
const payoutForm = z.strictObject({ ...base, payer: named, reason: reasonField });
const depositForm = z.strictObject({ ...base, reason: reasonField });

/** A positive amount; whole fen where it goes over a bank account. */
export function amountOf(typed: string, isOverBank: boolean): number {
  const amountHao = parseShownYuan(typed);
  if (amountHao === undefined) throw new Refusal('notAnAmount');
  if (amountHao <= 0) throw new Refusal('notPositive');
  // A bank knows no fraction of a fen.
  if (isOverBank && amountHao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
  return amountHao;
}

/** Money of platforms that moves by a decision of ours: within the limit at once, above it by two people. */
@Controller('admin/command/platforms')
export class PlatformMoneyController {
  constructor(private readonly approvals: ApprovalsService) {}

  /** The same form handed in twice books once, and so does the same receipt on another form. */
  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/top-up')
  topUp(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const platformId = uuidOf(id);
    const { amount, receiptNo, payer, formKey } = checked(topUpForm, body);
    const amountHao = amountOf(amount, true);
    return this.approvals.submit(staff, {
      ...{ kind: 'platform-top-up', formKey, resource: 'Platform', recordId: platformId },
      payload: { platformId, amountHao, receiptNo, payer },
      amountHao,
      reason: receiptNo,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/grant')
  grant(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const platformId = uuidOf(id);
    const { amount, expiresOn, reason, formKey } = checked(grantForm, body);
    const amountHao = amountOf(amount, false);
    const expiresAt = /^(无|-|no|none|never)?$/i.test(expiresOn)
      ? null
      : parseShanghaiTime(expiresOn);
    if (expiresAt === undefined) throw new Refusal('notADate');
    return this.approvals.submit(staff, {
      ...{ kind: 'platform-grant', formKey, resource: 'Platform', recordId: platformId },
      payload: { platformId, amountHao, expiresAtMs: expiresAt?.getTime() ?? null },
      amountHao,
      reason,
    });
  }

  /** Only to who paid it in, and always by two people. */
  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/payout')
  payOut(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const platformId = uuidOf(id);
    const { amount, payer, reason, formKey } = checked(payoutForm, body);
    const amountHao = amountOf(amount, true);
    return this.approvals.submit(staff, {
      ...{ kind: 'platform-payout', formKey, resource: 'Platform', recordId: platformId },
      payload: { platformId, amountHao, payer },
      amountHao,
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/deposit-received')
  receiveDeposit(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.deposit(staff, 'deposit-received', id, body);
  }

  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/deposit-returned')
  returnDeposit(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.deposit(staff, 'deposit-returned', id, body);
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post(':id/deposit-used')
  useDeposit(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.deposit(staff, 'deposit-used', id, body);
  }

  private deposit(
    staff: PanelStaff,
    kind: DepositKind,
    id: string,
    body: unknown,
  ): Promise<Submitted> {
    const platformId = uuidOf(id);
    const { amount, reason, formKey } = checked(depositForm, body);
    const amountHao = amountOf(amount, kind !== 'deposit-used');
    return this.approvals.submit(staff, {
      ...{ kind, formKey, resource: 'Platform', recordId: platformId },
      payload: { platformId, amountHao },
      amountHao,
      reason,
    });
  }
}
