import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '#domain/database';
import {
  activateRenewal,
  moveRenewal,
  receiveRenewal,
  submitRenewal,
  writeAudit,
} from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const text = (max: number) => z.string().trim().min(2).max(max);
const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : value));
const submitForm = z.strictObject({ receiptNo: text(120), submittedOn: text(10) });
const reasonForm = z.strictObject({ reason: reasonField });
const receiveForm = z.strictObject({
  newNumber: text(120),
  newIssuedOn: optional(10),
  newEffectiveOn: optional(10),
  newExpiresOn: optional(10),
});
const activateForm = z.strictObject({ registry: text(200), note: optional(500) });

interface By {
  readonly renewalId: string;
  readonly actor: string;
  readonly nowMs: number;
}

/** The steps of a renewal. */
@Controller('admin/command/renewals')
export class RenewalCommandsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('licence.write')
  @HttpCode(200)
  @Post(':id/submitted')
  submit(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const form = checked(submitForm, body);
    return this.act(staff, { id, action: 'submitRenewal', after: form }, (client, by) =>
      submitRenewal(client, { ...form, ...by }),
    );
  }

  @Requires('licence.write')
  @HttpCode(200)
  @Post(':id/review')
  review(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { reason: note } = checked(reasonForm, body);
    return this.act(staff, { id, action: 'noteRenewalReview', after: {} }, (client, by) =>
      moveRenewal(client, { to: 'in-review', note, ...by }),
    );
  }

  @Requires('licence.write')
  @HttpCode(200)
  @Post(':id/received')
  receive(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const form = checked(receiveForm, body);
    return this.act(staff, { id, action: 'receiveRenewal', after: form }, (client, by) =>
      receiveRenewal(client, { ...form, ...by }),
    );
  }

  @Requires('licence.verify')
  @HttpCode(200)
  @Post(':id/activate')
  activate(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const form = checked(activateForm, body);
    return this.act(
      staff,
      { id, action: 'activateRenewal', after: form, notice: 'renewalActive' },
      async (client, by) => void (await activateRenewal(client, { ...form, ...by })),
    );
  }

  @Requires('licence.write')
  @HttpCode(200)
  @Post(':id/give-up')
  giveUp(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { reason: note } = checked(reasonForm, body);
    return this.act(staff, { id, action: 'giveUpRenewal', after: {} }, (client, by) =>
      moveRenewal(client, { to: 'given-up', note, ...by }),
    );
  }

  private act(
    staff: PanelStaff,
    done: {
      readonly id: string;
      readonly action: string;
      readonly after: Readonly<Record<string, unknown>>;
      readonly notice?: string;
    },
    work: (client: pg.PoolClient, by: By) => Promise<void>,
  ): Promise<{ readonly notice: string }> {
    const renewalId = uuidOf(done.id);
    return inTransaction(this.pool, async (client) => {
      await work(client, { renewalId, actor: staff.email, nowMs: Date.now() });
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        resource: 'LicenceRenewal',
        recordId: renewalId,
        action: done.action,
        after: done.after,
      });
      return { notice: done.notice ?? 'renewalMoved' };
    });
  }
}
