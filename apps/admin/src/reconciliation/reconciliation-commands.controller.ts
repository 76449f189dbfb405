import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DIFFERENCE_CAUSES, type DifferenceCause, DomainError, RESOLUTIONS } from '#domain';
import { inTransaction } from '#domain/database';
import { translate } from '#domain/i18n';
import {
  decideMatch,
  noteDifference,
  pairDifference,
  readDifference,
  reconcileStatement,
  writeAudit,
} from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, recordId, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const resolveForm = z.strictObject({
  resolution: z.enum(RESOLUTIONS),
  cause: z.string().trim().max(80),
  reason: reasonField,
  evidence: z.string().trim().max(500).optional(),
  formKey: formKeyField,
});
const evidenceForm = z.strictObject({ evidence: z.string().trim().min(2).max(500) });
const pairForm = z.strictObject({ number: z.string().trim().min(1).max(64) });
const nothing = z.strictObject({});
const decisionForm = z.strictObject({ decision: z.enum(['same', 'other']) });

/** What finance does about differences, pairs and statements. */
@Controller('admin/command')
export class ReconciliationCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  /** At once within the limit, by a second person above it. */
  @Requires('money.write')
  @HttpCode(200)
  @Post('differences/:id/resolve')
  async resolve(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const differenceId = checked(recordId, id);
    const { resolution, cause, reason, evidence, formKey } = checked(resolveForm, body);
    const { favourHao } = await readDifference(this.pool, differenceId);
    return this.approvals.submit(staff, {
      kind: 'difference-resolution',
      formKey,
      resource: 'ReconciliationDifference',
      recordId: differenceId,
      payload: { differenceId, resolution, cause: causeOf(cause), evidence: evidence ?? null },
      amountHao: resolution === 'nothing' ? 0 : favourHao,
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('differences/:id/own')
  own(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    checked(nothing, body);
    return this.change(
      staff,
      { id, action: 'ownDifference', notice: 'differenceOwned' },
      (client, differenceId) => noteDifference(client, { differenceId, ownerEmail: staff.email }),
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('differences/:id/evidence')
  addEvidence(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { evidence } = checked(evidenceForm, body);
    return this.change(
      staff,
      { id, action: 'noteDifference', notice: 'evidenceAdded' },
      (client, differenceId) =>
        noteDifference(client, { differenceId, evidence: `${staff.email}: ${evidence}` }),
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('differences/:id/pair')
  pair(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { number } = checked(pairForm, body);
    return this.change(
      staff,
      { id, action: 'pairDifference', notice: 'differencePaired' },
      (client, differenceId) =>
        pairDifference(client, { differenceId, number, by: staff.email, nowMs: Date.now() }),
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('matches/:id/decide')
  decide(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const isSame = checked(decisionForm, body).decision === 'same';
    const what = {
      id,
      action: 'decideMatch',
      notice: 'matchDecided',
      resource: 'ReconciliationMatch',
    } as const;
    return this.change(staff, what, (client, matchId) =>
      decideMatch(client, { matchId, isSame, by: staff.email, nowMs: Date.now() }),
    );
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('statements-in/:id/reconcile')
  async reconcile(
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ notice: 'reconciled' }> {
    checked(nothing, body);
    await reconcileStatement(this.pool, { statementId: uuidOf(id), nowMs: Date.now() });
    return { notice: 'reconciled' };
  }

  private async change(
    staff: PanelStaff,
    what: {
      readonly id: string;
      readonly action: string;
      readonly notice: string;
      readonly resource?: string;
    },
    work: (client: pg.PoolClient, id: string) => Promise<void>,
  ): Promise<{ notice: string }> {
    const id = checked(recordId, what.id);
    await inTransaction(this.pool, async (client) => {
      await work(client, id);
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        action: what.action,
        resource: what.resource ?? 'ReconciliationDifference',
        recordId: id,
      });
    });
    return { notice: what.notice };
  }
}

/** A cause as a person writes it: its code or its name in either language. */
function causeOf(text: string): DifferenceCause {
  const cause = DIFFERENCE_CAUSES.find(
    (one) =>
      one === text ||
      translate('zh-CN', `enum.differenceCause.${one}`) === text ||
      translate('en', `enum.differenceCause.${one}`).toLowerCase() === text.toLowerCase(),
  );
  if (!cause) throw new DomainError('request.invalid');
  return cause;
}
