import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Confirmed, Requires, Staff } from '../auth/permission.guard.js';
import { checked, reasonField, recordId } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { ApprovalsService, type Submitted } from './approvals.service.js';

const nothing = z.strictObject({});
const withReason = z.strictObject({ reason: reasonField });

/** What a second person says to an act that waits. Who may decide hangs on its kind and its amount. */
@Controller('admin/command/approvals')
export class ApprovalCommandsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Confirmed()
  @Requires('approval.read')
  @HttpCode(200)
  @Post(':id/approve')
  approve(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    checked(nothing, body);
    return this.decide(staff, id, 'approved', null);
  }

  @Requires('approval.read')
  @HttpCode(200)
  @Post(':id/refuse')
  refuse(@Staff() staff: PanelStaff, @Param('id') id: string, @Body() body: unknown) {
    return this.decide(staff, id, 'refused', checked(withReason, body).reason);
  }

  @Requires('approval.read')
  @HttpCode(200)
  @Post(':id/withdraw')
  withdraw(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Submitted> {
    checked(nothing, body);
    return this.approvals.withdraw(staff, checked(recordId, id));
  }

  private decide(
    staff: PanelStaff,
    id: string,
    decision: 'approved' | 'refused',
    reason: string | null,
  ): Promise<Submitted> {
    return this.approvals.decide(staff, { id: checked(recordId, id), decision, reason });
  }
}
