import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { COMPENSATION_CAUSES, COMPENSATION_REMEDIES, DomainError, mayStaff } from '#domain';
import { inTransaction } from '#domain/database';
import {
  activatePolicy,
  answerProposal,
  askCompensation,
  copyPolicy,
  fillWaitingOrders,
  noteApprovedRemedy,
  reorderMissing,
  writeAudit,
} from '#domain/stores';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId, recordIdOf, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShownYuan } from '../resource/shown-amount.js';
import { unitsOf } from './units-text.js';

const askForm = z.strictObject({
  cause: z.enum(COMPENSATION_CAUSES),
  units: z.string().trim().min(1).max(200),
  remedy: z.enum(COMPENSATION_REMEDIES).optional(),
  amount: z.string().trim().max(20).optional(),
  reason: reasonField,
});
const withReason = z.strictObject({ reason: reasonField });
const QUANTITY_MAX = 10_000;

interface Told {
  readonly notice: string;
}

/** What staff do to make good what went wrong. */
@Controller('admin/command')
export class CompensationCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('compensation.write')
  @HttpCode(200)
  @Post('orders/:id/compensate')
  async ask(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Told> {
    const orderId = recordIdOf(id);
    const { cause, units, remedy, amount, reason } = checked(askForm, body);
    const unitNos = unitsOf(units, QUANTITY_MAX);
    if (unitNos.length === 0) throw new DomainError('request.invalid', { pointer: '/units' });
    const asked = await askCompensation(
      this.pool,
      {
        orderId,
        unitNos,
        cause,
        wanted: remedy && { remedy, amountHao: amountOf(amount) },
        remark: reason,
        staffEmail: staff.email,
        nowMs: Date.now(),
      },
      (client) =>
        note(client, staff, {
          action: 'compensate',
          resource: 'Order',
          recordId: orderId,
          after: { cause, units, ...(remedy ? { remedy } : {}), ...(amount ? { amount } : {}) },
          reason,
        }),
    );
    await this.fill(orderId);
    return { notice: noticeOf(asked.map(({ outcome }) => outcome)) };
  }

  @Requires('compensation.write')
  @HttpCode(200)
  @Post('orders/:id/reorder')
  async reorder(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Told> {
    const orderId = recordIdOf(id);
    const { reason } = checked(withReason, body);
    const made = await reorderMissing(
      this.pool,
      { orderId, actor: { kind: 'staff', name: staff.email }, nowMs: Date.now() },
      (client) =>
        note(client, staff, {
          action: 'reorderOrder',
          resource: 'Order',
          recordId: orderId,
          reason,
        }),
    );
    if (!made) return { notice: 'nothingToReorder' };
    await this.fill(orderId);
    return { notice: 'orderReordered' };
  }

  @Confirmed()
  @Requires('money.approve')
  @HttpCode(200)
  @Post('compensations/:id/approve')
  async approve(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<Told> {
    await this.answer(staff, id, true);
    return { notice: 'compensationGiven' };
  }

  @Requires('compensation.read')
  @HttpCode(200)
  @Post('compensations/:id/decline')
  async decline(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<Told> {
    if (!mayStaff(staff.role, 'compensation.write') && !mayStaff(staff.role, 'money.approve'))
      throw new DomainError('staff.forbidden');
    await this.answer(staff, id, false);
    return { notice: 'compensationDeclined' };
  }

  @Requires('compensation.write')
  @HttpCode(200)
  @Post('compensation-policies/:id/copy')
  async copy(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<Told> {
    const policyId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      await copyPolicy(client, policyId);
      await note(client, staff, {
        action: 'newPolicy',
        resource: 'CompensationPolicy',
        recordId: policyId,
      });
    });
    return { notice: 'policyCopied' };
  }

  @Requires('money.approve')
  @HttpCode(200)
  @Post('compensation-policies/:id/activate')
  async activate(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<Told> {
    const policyId = uuidOf(id);
    await inTransaction(this.pool, async (client) => {
      await activatePolicy(client, { policyId, staffEmail: staff.email });
      await note(client, staff, {
        action: 'activatePolicy',
        resource: 'CompensationPolicy',
        recordId: policyId,
      });
    });
    return { notice: 'policyActivated' };
  }

  private answer(staff: PanelStaff, id: string, isApproved: boolean): Promise<void> {
    const compensationId = checked(recordId, id);
    const nowMs = Date.now();
    return answerProposal(
      this.pool,
      { compensationId, isApproved, staffEmail: staff.email, nowMs },
      async (client) => {
        if (isApproved)
          await noteApprovedRemedy(client, { compensationId, staffEmail: staff.email, nowMs });
        await note(client, staff, {
          action: isApproved ? 'approveCompensation' : 'declineCompensation',
          resource: 'Compensation',
          recordId: compensationId,
        });
      },
    );
  }

  /** Cards in stock go to the new order at once; the worker would do it a moment later. */
  private async fill(orderId: string): Promise<void> {
    const { rows } = await this.pool.query<{ product_id: string }>(
      'SELECT product_id FROM orders WHERE id = $1',
      [orderId],
    );
    const productId = rows[0]?.product_id;
    if (productId !== undefined)
      await fillWaitingOrders(this.pool, { productId, nowMs: Date.now() });
  }
}

/** What a person wrote as an amount; null where it is left to the rules. */
export function amountOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const hao = parseShownYuan(text);
  if (hao === undefined || hao <= 0 || hao % 100 !== 0)
    throw new DomainError('request.invalid', { pointer: '/amount' });
  return hao;
}

/** What the person is told of all units together. */
export function noticeOf(outcomes: readonly ('give' | 'ask' | 'decline')[]): string {
  const [first] = outcomes;
  if (outcomes.some((outcome) => outcome !== first)) return 'compensationMixed';
  if (first === 'give') return 'compensationGiven';
  return first === 'ask' ? 'compensationProposed' : 'compensationDeclined';
}

function note(
  client: pg.PoolClient,
  staff: PanelStaff,
  done: {
    readonly action: string;
    readonly resource: string;
    readonly recordId: string;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly reason?: string;
  },
): Promise<void> {
  return writeAudit(client, {
    staffEmail: staff.email,
    requestId: staff.requestId,
    address: staff.address,
    ...done,
  });
}
