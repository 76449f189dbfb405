import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError, isReversibleByHand, type EntryKind } from '#domain';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, recordId, uuidField } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { parseShownYuan } from '../resource/shown-amount.js';

const LINES_MAX = 20;
const reverseForm = z.strictObject({ reason: reasonField, formKey: formKeyField });
const closeForm = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  reason: reasonField,
  formKey: formKeyField,
});
const manualForm = z.strictObject({
  lines: z
    .array(
      z.strictObject({ accountId: uuidField, debit: z.string().trim(), credit: z.string().trim() }),
    )
    .min(2)
    .max(LINES_MAX),
  effectiveOn: z.string().trim().max(20),
  reason: reasonField,
  formKey: formKeyField,
});

/** What is done to the books by hand. */
@Controller('admin/command/ledger')
export class BookCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post('entries/:id/reverse')
  async reverse(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const entryId = checked(recordId, id);
    const { reason, formKey } = checked(reverseForm, body);
    const { rows } = await this.pool.query<{ kind: EntryKind; amount: string }>(
      `SELECT e.kind, max(p.amount_hao)::text AS amount FROM ledger_entries e
       JOIN ledger_postings p ON p.id BETWEEN e.id * 64 AND e.id * 64 + 63 WHERE e.id = $1 GROUP BY e.id`,
      [entryId],
    );
    const entry = rows[0];
    if (!entry) throw new DomainError('ledger.entry-not-found');
    if (!isReversibleByHand(entry.kind)) throw new DomainError('ledger.not-reversible');
    return this.approvals.submit(staff, {
      ...{ kind: 'entry-reversal', formKey, resource: 'LedgerEntry', recordId: entryId },
      payload: { entryId },
      amountHao: Number(entry.amount),
      reason,
    });
  }

  @Confirmed()
  @Requires('money.write')
  @HttpCode(200)
  @Post('entries/manual')
  manual(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<Submitted> {
    const { lines: typed, effectiveOn, reason, formKey } = checked(manualForm, body);
    const lines = typed.map(({ accountId, debit, credit }) => ({
      accountId,
      amountHao: lineAmount(debit) - lineAmount(credit),
    }));
    if (lines.some(({ amountHao }) => amountHao === 0)) throw new Refusal('lineIsEmpty');
    if (lines.reduce((sum, line) => sum + line.amountHao, 0) !== 0) throw new Refusal('unbalanced');
    const effective = effectiveOn === '' ? null : parseShanghaiTime(effectiveOn);
    if (effective === undefined || (effective && effective.getTime() > Date.now()))
      throw new Refusal('notADate');
    const debits = lines.filter(({ amountHao }) => amountHao > 0);
    return this.approvals.submit(staff, {
      ...{ kind: 'manual-entry', formKey, resource: 'LedgerAccount' },
      recordId: lines[0]?.accountId ?? '',
      payload: { lines, effectiveMs: effective?.getTime() ?? null },
      amountHao: debits.reduce((sum, line) => sum + line.amountHao, 0),
      reason,
    });
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('periods/close')
  close(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<Submitted> {
    const { month, reason, formKey } = checked(closeForm, body);
    return this.approvals.submit(staff, {
      ...{ kind: 'period-close', formKey, resource: 'LedgerPeriod', recordId: month },
      payload: { month },
      amountHao: null,
      reason,
    });
  }
}

function lineAmount(typed: string): number {
  if (typed === '') return 0;
  const amountHao = parseShownYuan(typed);
  if (amountHao === undefined || amountHao < 0) throw new Refusal('notAnAmount');
  return amountHao;
}
