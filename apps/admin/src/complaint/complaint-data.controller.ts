import { Controller, Get, Header, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import pg from 'pg';
import { DomainError } from '#domain';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { ComplaintPageView, WorkView } from '../components/complaint-views.js';
import { checked, recordId } from '../http/checked.js';
import { sendCsv, sendXlsx } from '../http/sheet-download.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { textOf } from '../resource/text-of.js';
import { ComplaintPageService } from './complaint-page.service.js';
import { complaintSheet } from './complaint-sheet.js';
import { readWork, workQuestion } from './work-list.queries.js';

/** What the pages of complaints read. */
@Controller('admin/data')
export class ComplaintDataController {
  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly pages: ComplaintPageService,
  ) {}

  @Requires('complaint.read')
  @Header('Cache-Control', 'no-store')
  @Get('complaint-work')
  work(@Staff() staff: PanelStaff, @Query() query: unknown): Promise<WorkView> {
    return readWork(this.pool, staff, checked(workQuestion, query));
  }

  @Requires('complaint.read')
  @Header('Cache-Control', 'no-store')
  @Get('complaints/:id')
  show(@Staff() staff: PanelStaff, @Param('id') id: string): Promise<ComplaintPageView> {
    return this.pages.show(staff, complaintIdOf(id));
  }

  /** The complaints of a month, for a spreadsheet. */
  @Requires('complaint.read')
  @Get('complaint-report.csv')
  async csv(
    @Staff() staff: PanelStaff,
    @Query('month') month: unknown,
    @Res() response: Response,
  ): Promise<void> {
    sendCsv(response, await complaintSheet(this.pool, staff, textOf(month)));
  }

  @Requires('complaint.read')
  @Get('complaint-report.xlsx')
  async xlsx(
    @Staff() staff: PanelStaff,
    @Query('month') month: unknown,
    @Res() response: Response,
  ): Promise<void> {
    await sendXlsx(response, await complaintSheet(this.pool, staff, textOf(month)));
  }

  /** A picture of somebody else's: a picture and nothing else, whatever it holds. */
  @Requires('complaint.read')
  @Get('complaint-images/:id')
  async image(@Param('id') id: string, @Res() response: Response): Promise<void> {
    const { rows } = await this.pool.query<{ media_type: string; content: Buffer }>(
      'SELECT media_type, content FROM complaint_images WHERE id = $1',
      [complaintIdOf(id)],
    );
    const image = rows[0];
    if (!image) throw new DomainError('request.not-found');
    response.setHeader('Content-Type', image.media_type);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Content-Disposition', 'inline');
    response.setHeader('Cache-Control', 'private, max-age=3600');
    response.send(image.content);
  }
}

/** An id out of an address; a wrong one is as good as one that does not exist. */
export function complaintIdOf(text: string): string {
  const parsed = recordId.safeParse(text);
  if (!parsed.success)
    throw new DomainError('complaint.not-found', { complaintNo: text.slice(0, 40) });
  return checked(recordId, text);
}
