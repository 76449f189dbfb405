import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { DomainError } from '#domain';
import { inTransaction } from '#domain/database';
import { writeAudit } from '#domain/stores';
import { checked, reasonField, uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { sessionKeyField } from './account.controller.js';
import { Confirmed, Requires, Staff } from './permission.guard.js';
import { SecondFactorService } from './second-factor.service.js';
import { endSessionByKey, endSessionsOf } from './sessions.store.js';

const nothing = z.strictObject({});
const withReason = z.strictObject({ reason: reasonField });

/** What an owner does about the access of others. */
@Controller('admin/command')
export class StaffAccessController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @Requires('staff.write')
  @HttpCode(200)
  @Post('sessions/:key/end')
  async endSession(
    @Staff() staff: PanelStaff,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    checked(nothing, body);
    const name = checked(sessionKeyField, key);
    await inTransaction(this.pool, async (client) => {
      const staffId = await endSessionByKey(client, name, null);
      if (staffId === undefined) throw new DomainError('request.not-found');
      await writeAudit(client, { ...whoIn(staff), recordId: staffId, after: { ended: 1 } });
    });
    return { done: true };
  }

  @Requires('staff.write')
  @HttpCode(200)
  @Post('staff/:id/sessions/end')
  async endSessions(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ ended: number }> {
    const { reason } = checked(withReason, body);
    const staffId = uuidOf(id);
    return inTransaction(this.pool, async (client) => {
      const ended = await endSessionsOf(client, staffId, staff.sessionId);
      await writeAudit(client, { ...whoIn(staff), recordId: staffId, after: { ended }, reason });
      return { ended };
    });
  }

  /** For who lost telephone and codes: at the next log-in the password is enough, or a new one is set up. */
  @Confirmed()
  @Requires('staff.write')
  @HttpCode(200)
  @Post('staff/:id/second-factor/reset')
  async resetSecondFactor(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ done: true }> {
    await this.secondFactor.reset(staff, uuidOf(id), checked(withReason, body).reason);
    return { done: true };
  }
}

const whoIn = ({ email: staffEmail, requestId, address }: PanelStaff) => ({
  staffEmail,
  requestId,
  address,
  action: 'sessionsEnded',
  resource: 'Staff',
});
