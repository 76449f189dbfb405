import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  DomainError,
  HAO_PER_FEN,
  paramsOf,
  ruleFault,
  shanghaiDate,
  type RiskRuleKind,
} from '#domain';
import { inTransaction } from '#domain/database';
import { translate } from '#domain/i18n';
import { decideCredit, readRiskRule, scorePlatform, writeAudit } from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan, shownAmount } from '../resource/shown-amount.js';

const amountForm = z.strictObject({
  amount: z.string().trim(),
  reason: reasonField,
  formKey: formKeyField,
});
const scoreForm = z.strictObject({
  score: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/),
  reason: reasonField,
  formKey: formKeyField,
});
const withReason = z.strictObject({ reason: reasonField });
const nothing = z.strictObject({});
const ruleForm = z.looseObject({ reason: reasonField, formKey: formKeyField });

/** What staff decide about the credit of a platform and about the rules of risk. */
@Controller('admin/command')
export class CreditCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  /** What is raised is weighed against the limits of four eyes; a cut is done at once. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('credit-lines/:id/limit')
  async setLimit(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { platformId, agreedHao: beforeHao } = await this.line(id);
    const { amount, reason, formKey } = checked(amountForm, body);
    const agreedHao = amountOf(amount);
    return this.approvals.submit(staff, {
      kind: 'credit-limit',
      formKey,
      resource: 'CreditLine',
      recordId: id,
      payload: { platformId, agreedHao, reason },
      amountHao: Math.max(0, agreedHao - beforeHao),
      reason,
    });
  }

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('credit-lines/:id/score')
  async overrideScore(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const { platformId } = await this.line(id);
    const { score, reason, formKey } = checked(scoreForm, body);
    if (Number(score) > 1_000) throw new DomainError('request.invalid');
    return this.approvals.submit(staff, {
      kind: 'score-override',
      formKey,
      resource: 'CreditLine',
      recordId: id,
      payload: { platformId, score: Number(score), reason },
      amountHao: null,
      reason,
    });
  }

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('credit-lines/:id/order-limit')
  async setOrderLimit(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'orderLimitSet' }> {
    const { platformId } = await this.line(id);
    const { amount, reason } = checked(amountForm, body);
    const limitHao = amountOf(amount);
    await inTransaction(this.pool, async (client) => {
      const orderLimitHao = limitHao === 0 ? null : limitHao;
      await decideCredit(client, { platformId, orderLimitHao, nowMs: Date.now() });
      const after = { orderLimit: shownAmount(limitHao) };
      await this.note(client, staff, { action: 'setOrderLimit', recordId: id, after, reason });
    });
    return { notice: 'orderLimitSet' };
  }

  @Requires('risk.decide')
  @HttpCode(200)
  @Post('credit-lines/:id/identity')
  async checkIdentity(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'identityChecked' }> {
    const { platformId } = await this.line(id);
    const { reason } = checked(withReason, body);
    const nowMs = Date.now();
    await inTransaction(this.pool, async (client) => {
      const identityCheckedOn = shanghaiDate(nowMs);
      await decideCredit(client, { platformId, identityCheckedOn, nowMs });
      const after = { identityCheckedOn };
      await this.note(client, staff, { action: 'checkIdentity', recordId: id, after, reason });
    });
    return { notice: 'identityChecked' };
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('credit-lines/:id/score-now')
  async scoreNow(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'scored' }> {
    checked(nothing, body);
    const { platformId } = await this.line(id);
    await scorePlatform(this.pool, { platformId, nowMs: Date.now() }, (client) =>
      this.note(client, staff, { action: 'scoreNow', recordId: id, after: {}, reason: null }),
    );
    return { notice: 'scored' };
  }

  /** What is left empty stays as it is. */
  @Requires('risk.decide')
  @HttpCode(200)
  @Post('risk-rules/:id/change')
  async changeRule(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const ruleId = uuidOf(id);
    const { reason, formKey, ...sent } = checked(ruleForm, body);
    const { rows } = await this.pool.query<{ kind: RiskRuleKind }>(
      'SELECT kind FROM risk_rules WHERE id = $1 AND is_current',
      [ruleId],
    );
    const kind = rows[0]?.kind;
    if (kind === undefined) throw new DomainError('request.not-found');
    const now = await readRiskRule(this.pool, kind);
    const params = Object.fromEntries(
      paramsOf(kind).map((name) => [name, numberOf(sent[name]) ?? now[name] ?? NaN]),
    );
    const fault = ruleFault(kind, params);
    if (fault !== undefined)
      throw new Refusal('badRiskParam', {
        name: translate(staff.language, `enum.riskParam.${fault}`),
      });
    return this.approvals.submit(staff, {
      kind: 'risk-rule',
      formKey,
      resource: 'RiskRule',
      recordId: ruleId,
      payload: { kind, params, reason },
      amountHao: null,
      reason,
    });
  }

  private async line(id: string): Promise<{ platformId: string; agreedHao: number }> {
    const { rows } = await this.pool.query<{ platformId: string; agreed: string }>(
      'SELECT platform_id AS "platformId", agreed_hao AS agreed FROM credit_lines WHERE id = $1',
      [uuidOf(id)],
    );
    const row = rows[0];
    if (!row) throw new DomainError('request.not-found');
    return { platformId: row.platformId, agreedHao: Number(row.agreed) };
  }

  private note(
    client: pg.PoolClient,
    staff: PanelStaff,
    done: {
      readonly action: string;
      readonly recordId: string;
      readonly after: Readonly<Record<string, unknown>>;
      readonly reason: string | null;
    },
  ): Promise<void> {
    return writeAudit(client, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      resource: 'CreditLine',
      ...done,
    });
  }
}

function amountOf(text: string): number {
  const amountHao = parseShownYuan(text);
  if (amountHao === undefined || amountHao < 0) throw new Refusal('notAnAmount');
  if (amountHao % HAO_PER_FEN !== 0) throw new Refusal('wholeFen');
  return amountHao;
}

function numberOf(sent: unknown): number | undefined {
  if (typeof sent !== 'string' || sent.trim() === '') return undefined;
  return Number(sent);
}
