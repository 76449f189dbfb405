import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import pg from 'pg';
import { z } from 'zod';
import { calendarsOf, isCalendarId, readHolidayFile } from '#domain';
import { importDaysOff, readCalendarIds, writeAudit } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { CalendarView } from '../components/calendar-views.js';
import { checked } from '../http/checked.js';
import { Refusal } from '../http/refusal.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { readYear } from './calendar.queries.js';

const YEAR = z.coerce.number().int().min(2000).max(2100);
const importForm = z.strictObject({ calendarId: z.string().max(60), document: z.string() });

/** The days on which money is due, as a picture, and where they come from. */
@Controller('admin')
export class CalendarController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Requires('money.read')
  @Header('Cache-Control', 'no-store')
  @Get('data/calendar/:calendarId/:year')
  async show(
    @Param('calendarId') asked: string,
    @Param('year') yearText: string,
  ): Promise<CalendarView> {
    const calendarId = isCalendarId(asked) ? asked : 'statutory';
    const year = checked(YEAR, yearText);
    const calendarIds = await readCalendarIds(this.pool);
    return { ...(await readYear(this.pool, calendarId, year)), calendarIds };
  }

  @Requires('money.write')
  @HttpCode(200)
  @Post('command/calendars/import')
  async import(
    @Staff() staff: PanelStaff,
    @Body() body: unknown,
  ): Promise<{
    notice: 'calendarImported' | 'calendarKnown' | 'calendarNotAnnounced';
    year: number;
  }> {
    const { calendarId, document } = checked(importForm, body);
    const calendarIds = calendarsOf(calendarId);
    if (!calendarIds) throw new Refusal('notACalendar');
    const file = readHolidayFile(parsed(document));
    if (typeof file === 'string') throw new Refusal('badCalendar', { fault: file });
    const { year, isAnnounced, changed } = await importDaysOff(
      this.pool,
      { file, calendarIds, actor: staff.email, nowMs: Date.now() },
      (client) =>
        writeAudit(client, {
          staffEmail: staff.email,
          action: 'importCalendar',
          resource: 'CalendarYear',
          after: { calendarId, year: file.year, dayCount: file.days.length },
          requestId: staff.requestId,
          address: staff.address,
        }),
    );
    if (!isAnnounced) return { notice: 'calendarNotAnnounced', year };
    return { notice: changed.length > 0 ? 'calendarImported' : 'calendarKnown', year };
  }
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw new Refusal('badCalendar', { fault: 'JSON' });
  }
}
