import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import pg from 'pg';
import { DomainError } from '#domain';
import { readPeakPlan, readPlatformDemand, type PeakPlanView } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import { uuidOf } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { sendCsv, sendXlsx, type Sheet } from '../http/sheet-download.js';
import { partsOf, planSheet, platformSheet } from './peak-sheet.js';

/** Sheets of peak plans: one for ourselves, one for each platform. */
@Controller('admin/data/peak-plans')
export class PeakSheetsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('supply.read')
  @Get(':id/plan.csv')
  async planCsv(@Staff() staff: PanelStaff, @Param('id') id: string, @Res() response: Response) {
    sendCsv(response, planSheet(staff.language, await this.plan(id)));
  }

  @Requires('supply.read')
  @Get(':id/plan.xlsx')
  async planXlsx(@Staff() staff: PanelStaff, @Param('id') id: string, @Res() response: Response) {
    await sendXlsx(response, planSheet(staff.language, await this.plan(id)));
  }

  @Requires('supply.read')
  @Get(':id/platforms/:platformId/sheet.csv')
  async platformCsv(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Param('platformId') platformId: string,
    @Res() response: Response,
  ): Promise<void> {
    sendCsv(response, await this.ofPlatform(staff, id, platformId));
  }

  @Requires('supply.read')
  @Get(':id/platforms/:platformId/sheet.xlsx')
  async platformXlsx(
    @Staff() staff: PanelStaff,
    @Param('id') id: string,
    @Param('platformId') platformId: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendXlsx(response, await this.ofPlatform(staff, id, platformId));
  }

  private async plan(id: string): Promise<PeakPlanView> {
    const plan = await readPeakPlan(this.pool, { planId: uuidOf(id), nowMs: Date.now() });
    if (!plan) throw new DomainError('request.not-found');
    return plan;
  }

  private async ofPlatform(staff: PanelStaff, id: string, platformId: string): Promise<Sheet> {
    const plan = await this.plan(id);
    const productIds = plan.lines.map(({ productId }) => productId);
    const demand = await readPlatformDemand(this.pool, { productIds, nowMs: Date.now() });
    return platformSheet(staff.language, plan, partsOf(plan, demand, uuidOf(platformId)));
  }
}
