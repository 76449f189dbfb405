import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import {
  COMPONENT_IMPACTS,
  DomainError,
  INCIDENT_SEVERITIES,
  INCIDENT_STATUSES,
  INCIDENT_VISIBILITIES,
} from '#domain';
import { inTransaction } from '#domain/database';
import {
  addIncidentUpdate,
  changeIncident,
  correctIncidentUpdate,
  declareIncident,
  previewAffected,
  setIncidentImpact,
  stopIncidentCompensation,
  writeAudit,
} from '#domain/stores';
import { ApprovalsService, type Submitted } from '../approval/approvals.service.js';
import { Requires, Staff } from '../auth/permission.guard.js';
import { checked, formKeyField, reasonField, recordId, uuidField } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { parseShanghaiTime } from '../resource/shanghai-time.js';
import { parseShownYuan } from '../resource/shown-amount.js';
import { AFFECTED_FIELDS, filterOf, termsOf } from './affected-query.js';

const text = (max: number) => z.string().trim().min(2).max(max);
const bodies = { bodyZh: text(4_000), bodyEn: text(4_000) };
const declareForm = z.strictObject({
  componentId: uuidField,
  impact: z.enum(COMPONENT_IMPACTS),
  severity: z.enum(INCIDENT_SEVERITIES),
  status: z.enum(INCIDENT_STATUSES).exclude(['postmortem']),
  visibility: z.enum(INCIDENT_VISIBILITIES),
  titleZh: text(120),
  titleEn: text(200),
  ...bodies,
  occurredAt: z.string().trim().max(40).optional(),
  isSeparate: z.enum(['yes', 'no']),
  formKey: formKeyField,
});
const updateForm = z.strictObject({ status: z.enum(INCIDENT_STATUSES), ...bodies });
const correctForm = z.strictObject({ updateId: recordId, ...bodies });
const changeForm = z.strictObject({
  severity: z.enum(INCIDENT_SEVERITIES),
  visibility: z.enum(INCIDENT_VISIBILITIES),
});
const impactForm = z.strictObject({
  componentId: uuidField,
  impact: z.enum([...COMPONENT_IMPACTS, 'none']),
});
const stopForm = z.strictObject({ reason: reasonField });
const shortText = z.string().max(1_000).optional();
const compensateForm = z.strictObject({
  ...Object.fromEntries(AFFECTED_FIELDS.map((name) => [name, shortText])),
  cost: z.string().max(40),
  reason: reasonField,
  formKey: formKeyField,
});

interface Told {
  readonly notice: string;
}
interface By {
  readonly actor: string;
  readonly nowMs: number;
}

/** What staff tell about incidents, and what customers get for them. */
@Controller('admin/command')
export class IncidentCommandsController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly approvals: ApprovalsService,
  ) {}

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents')
  async declare(@Staff() staff: PanelStaff, @Body() body: unknown): Promise<Told> {
    const form = checked(declareForm, body);
    const nowMs = Date.now();
    const { occurredAt = '' } = form;
    const occurred = occurredAt === '' ? new Date(nowMs) : parseShanghaiTime(occurredAt);
    if (!occurred || occurred.getTime() > nowMs) throw new Refusal('notATime');
    const declared = await inTransaction(this.pool, async (client) => {
      const made = await declareIncident(client, {
        ...form,
        key: `panel:${form.formKey}`,
        title: { zh: form.titleZh, en: form.titleEn },
        body: bothOf(form),
        occurredMs: occurred.getTime(),
        isSeparate: form.isSeparate === 'yes',
        actor: staff.email,
        nowMs,
      });
      if (made.isNew)
        await this.note(client, staff, {
          action: 'declareIncident',
          recordId: made.id,
          after: { incidentNo: made.incidentNo, severity: form.severity },
        });
      return made;
    });
    return { notice: declared.isNew ? 'incidentDeclared' : 'incidentRepeated' };
  }

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents/:id/updates')
  addUpdate(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const form = checked(updateForm, body);
    const { status } = form;
    return this.act(
      staff,
      { id, action: 'addIncidentUpdate', notice: 'incidentUpdated', after: { status } },
      (client, incidentId, by) =>
        addIncidentUpdate(client, { incidentId, status, body: bothOf(form), ...by }),
    );
  }

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents/:id/corrections')
  correct(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { updateId, ...form } = checked(correctForm, body);
    return this.act(
      staff,
      { id, action: 'correctIncidentUpdate', notice: 'incidentCorrected', after: { updateId } },
      async (client, incidentId, by) => {
        const told = await correctIncidentUpdate(client, { updateId, body: bothOf(form), ...by });
        if (told.incidentId !== incidentId) throw new DomainError('incident.not-found');
      },
    );
  }

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents/:id/change')
  change(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const form = checked(changeForm, body);
    return this.act(
      staff,
      { id, action: 'changeIncident', notice: 'incidentChanged', after: form },
      (client, incidentId, { nowMs }) => changeIncident(client, { incidentId, ...form, nowMs }),
    );
  }

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents/:id/impacts')
  impact(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { componentId, impact } = checked(impactForm, body);
    return this.act(
      staff,
      {
        id,
        action: 'setIncidentImpact',
        notice: 'incidentChanged',
        after: { componentId, impact },
      },
      (client, incidentId, { nowMs }) =>
        setIncidentImpact(client, {
          incidentId,
          componentId,
          impact: impact === 'none' ? null : impact,
          nowMs,
        }),
    );
  }

  /** The cost that the person saw is the most that is given. */
  @Requires('incident.write')
  @HttpCode(200)
  @Post('incidents/:id/compensate')
  async compensate(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    const incidentId = incidentIdOf(id);
    const { cost, reason, formKey, ...texts } = checked(compensateForm, body);
    const filter = filterOf(texts);
    const terms = termsOf(texts);
    if (!filter || !terms) throw new Refusal('notAMeasure');
    const preview = await previewAffected(this.pool, incidentId, { filter, terms });
    if (preview.giftCount === 0) throw new DomainError('incident.nothing-affected');
    if (preview.costHao > (parseShownYuan(cost) ?? 0))
      throw new DomainError('incident.preview-changed');
    return this.approvals.submit(staff, {
      kind: 'incident-compensation',
      formKey,
      resource: 'Incident',
      recordId: incidentId,
      payload: { incidentId, filter, terms, plannedHao: preview.costHao },
      amountHao: preview.costHao,
      reason,
    });
  }

  @Requires('incident.write')
  @HttpCode(200)
  @Post('incident-compensations/:id/stop')
  stop(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    const { reason } = checked(stopForm, body);
    return this.act(
      staff,
      {
        id,
        action: 'stopIncidentCompensation',
        notice: 'incidentCompensationStopped',
        resource: 'IncidentCompensation',
        reason,
      },
      (client, compensationId, { nowMs }) =>
        stopIncidentCompensation(client, { compensationId, nowMs }),
    );
  }

  /** A change and its audit entry are one transaction. */
  private async act(
    staff: PanelStaff,
    done: Noted & { readonly id: string; readonly notice: string },
    change: (client: pg.PoolClient, id: string, by: By) => Promise<void>,
  ): Promise<Told> {
    const { id, notice, ...noted } = done;
    const parsed = incidentIdOf(id);
    await inTransaction(this.pool, async (client) => {
      await change(client, parsed, { actor: staff.email, nowMs: Date.now() });
      await this.note(client, staff, { ...noted, recordId: parsed });
    });
    return { notice };
  }

  private note(
    client: pg.PoolClient,
    staff: PanelStaff,
    noted: Noted & { readonly recordId: string },
  ): Promise<void> {
    return writeAudit(client, {
      staffEmail: staff.email,
      requestId: staff.requestId,
      address: staff.address,
      resource: 'Incident',
      ...noted,
    });
  }
}

interface Noted {
  readonly action: string;
  readonly resource?: string;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
}

const bothOf = (form: { readonly bodyZh: string; readonly bodyEn: string }) => ({
  zh: form.bodyZh,
  en: form.bodyEn,
});

function incidentIdOf(sent: string): string {
  const parsed = recordId.safeParse(sent);
  if (!parsed.success) throw new DomainError('incident.not-found');
  return parsed.data;
}
