import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { LICENCE_STANDINGS, shanghaiDate, VERIFICATION_RESULTS } from '#domain';
import { inTransaction } from '#domain/database';
import {
  changeStanding,
  requireOverridable,
  reviewLicence,
  startRenewal,
  verifyLicence,
  writeAudit,
} from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, uuidOf } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';

const text = (max: number) => z.string().trim().max(max);
const optional = (max: number) =>
  text(max)
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : value));
const reasonForm = z.strictObject({ reason: reasonField });
const verifyForm = z.strictObject({
  result: z.enum(VERIFICATION_RESULTS),
  registry: text(200).min(2),
  note: optional(500),
  documentId: optional(18),
});
const standingForm = z.strictObject({ to: z.enum(LICENCE_STANDINGS), reason: reasonField });
const overrideForm = z.strictObject({
  hours: text(4),
  platformCode: optional(40),
  reason: reasonField,
  formKey: formKeyField,
});
const READ_AGAIN = {
  'legal-rules': `UPDATE legal_rules SET verified_on = $2::date, verified_by = $3, version = version + 1, updated_at = now() WHERE id = $1`,
  'licence-types': `UPDATE licence_types SET verified_on = $2::date, version = version + 1, updated_at = now() WHERE id = $1 AND $3 <> ''`,
} as const;

interface Done {
  readonly notice: string;
}

/** What compliance does about licences; each is written down in its own transaction. */
@Controller('admin/command')
export class LicenceCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  @Requires('licence.verify')
  @HttpCode(200)
  @Post('licences/:id/verify')
  verify(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const licenceId = uuidOf(id);
    const form = checked(verifyForm, body);
    const documentId = form.documentId?.replace('#', '') ?? null;
    if (documentId !== null && !/^\d{1,18}$/.test(documentId)) throw new Refusal('badDocumentId');
    return this.act(
      staff,
      {
        action: 'verifyLicence',
        notice: form.result === 'confirmed' ? 'licenceVerified' : 'verificationNoted',
        recordId: licenceId,
        after: { result: form.result, registry: form.registry },
      },
      (client, by) => verifyLicence(client, { ...form, documentId, licenceId, ...by }),
    );
  }

  @Requires('licence.verify')
  @HttpCode(200)
  @Post('licences/:id/standing')
  standing(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const licenceId = uuidOf(id);
    const { to, reason } = checked(standingForm, body);
    return this.act(
      staff,
      {
        action: 'move',
        notice: 'licenceChanged',
        recordId: licenceId,
        after: { standing: to },
        reason,
      },
      (client, by) => changeStanding(client, { licenceId, to, ...by }),
    );
  }

  @Requires('licence.write')
  @HttpCode(200)
  @Post('licences/:id/review')
  review(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const licenceId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      { action: 'reviewLicence', notice: 'licenceReviewed', recordId: licenceId, reason },
      (client, by) => reviewLicence(client, { licenceId, ...by }),
    );
  }

  @Requires('licence.write')
  @HttpCode(200)
  @Post('licences/:id/renewal')
  renew(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const licenceId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    return this.act(
      staff,
      { action: 'startRenewal', notice: 'renewalStarted', recordId: licenceId, reason },
      async (client, by) => void (await startRenewal(client, { licenceId, ...by })),
    );
  }

  /** Two people, 72 hours at most, never after a revocation: refused here already, and again when it is carried out. */
  @Requires('licence.write')
  @HttpCode(200)
  @Post('products/:id/override')
  async override(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const productId = uuidOf(id);
    const { hours: asked, platformCode, reason, formKey } = checked(overrideForm, body);
    const hours = Number(asked);
    if (!Number.isInteger(hours) || hours < 1 || hours > 72) throw new Refusal('badHours');
    const platformId = platformCode === null ? null : await this.platformOf(platformCode);
    await requireOverridable(this.pool, { productId, platformId }, Date.now());
    return this.approvals.submit(staff, {
      kind: 'gate-override',
      formKey,
      resource: 'Product',
      recordId: productId,
      payload: { productId, platformId, hours },
      amountHao: null,
      reason,
    });
  }

  @Requires('licence.verify')
  @HttpCode(200)
  @Post('legal-rules/:id/read')
  readRule(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.readAgain(staff, 'legal-rules', { id, body });
  }

  @Requires('licence.verify')
  @HttpCode(200)
  @Post('licence-types/:id/read')
  readType(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.readAgain(staff, 'licence-types', { id, body });
  }

  private readAgain(
    staff: PanelStaff,
    what: keyof typeof READ_AGAIN,
    { id, body }: { readonly id: string; readonly body: unknown },
  ): Promise<Done> {
    const recordId = uuidOf(id);
    const { reason } = checked(reasonForm, body);
    const action = what === 'legal-rules' ? 'rereadRule' : 'rereadType';
    const resource = what === 'legal-rules' ? 'LegalRule' : 'LicenceType';
    return this.act(
      staff,
      { action, notice: 'rereadNoted', recordId, resource, reason },
      async (client, { actor, nowMs }) =>
        void (await client.query(READ_AGAIN[what], [recordId, shanghaiDate(nowMs), actor])),
    );
  }

  private async platformOf(code: string): Promise<string> {
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM platforms WHERE code = $1',
      [code],
    );
    const [row] = rows;
    if (!row) throw new Refusal('unknownScope', { code });
    return row.id;
  }

  private act(
    staff: PanelStaff,
    done: {
      readonly action: string;
      readonly notice: string;
      readonly recordId: string;
      readonly resource?: string;
      readonly after?: Readonly<Record<string, unknown>>;
      readonly reason?: string;
    },
    work: (
      client: pg.PoolClient,
      by: { readonly actor: string; readonly nowMs: number },
    ) => Promise<void>,
  ): Promise<Done> {
    const { notice, resource = 'Licence', ...note } = done;
    return inTransaction(this.pool, async (client) => {
      await work(client, { actor: staff.email, nowMs: Date.now() });
      await writeAudit(client, {
        staffEmail: staff.email,
        requestId: staff.requestId,
        address: staff.address,
        resource,
        ...note,
      });
      return { notice };
    });
  }
}
