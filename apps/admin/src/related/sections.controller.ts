import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import pg from 'pg';
import { DomainError, mayStaff } from '#domain';
import { ForAllStaff, Requires, Staff } from '../auth/permission.guard.js';
import { askPage } from '../compensation/ask-page.js';
import { budgetsPage } from '../compensation/budgets-page.js';
import { complaintReportPage } from '../complaint/complaint-report.js';
import { costsCsv, costsPage } from '../compensation/costs-page.js';
import { simulatePage } from '../compensation/simulate-page.js';
import type { SectionsView } from '../components/views.js';
import { affectedPage } from '../incident/affected-page.js';
import { declarePage } from '../incident/declare-page.js';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { RESOURCES } from '../resources/registry.js';
import { ageingPage } from '../settlement/ageing-page.js';
import { moneyDuePage } from '../settlement/money-due-page.js';
import { claimsPage } from '../supply/claims-page.js';
import { registerPage } from '../licence/register-page.js';
import { saleWhyPage } from '../licence/sale-why.js';
import { surplusPage } from '../supply/surplus-page.js';

type Query = Readonly<Record<string, string>>;
type PageSource = (pool: pg.Pool, staff: PanelStaff, query: Query) => Promise<SectionsView>;

/** Pages made of sections, by the resource that they belong to and their name there. */
const SOURCES: Readonly<Record<string, PageSource>> = {
  'Compensation/ask': askPage,
  'Compensation/budgets': budgetsPage,
  'Compensation/costs': costsPage,
  'Complaint/complaintReport': complaintReportPage,
  'CompensationPolicy/simulate': simulatePage,
  'Incident/affected': affectedPage,
  'Incident/declare': declarePage,
  'Licence/register': registerPage,
  'Licence/saleWhy': saleWhyPage,
  'Statement/ageing': ageingPage,
  'Statement/moneyDue': moneyDuePage,
  'SupplyClaim/openClaims': claimsPage,
  'SupplyClaim/surplusCards': surplusPage,
};

@Controller('admin/data')
export class SectionsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get('sections/:entity/:name')
  async show(
    @Staff() staff: PanelStaff,
    @Param('entity') entity: string,
    @Param('name') name: string,
    @Query() sent: Readonly<Record<string, unknown>>,
  ): Promise<SectionsView> {
    const definition = RESOURCES.find((one) => entityName(one) === entity);
    const page = definition?.pages?.find((one) => one.name === name);
    const source = SOURCES[`${entity}/${name}`];
    if (!source || !page) throw new DomainError('request.not-found');
    if (!mayStaff(staff.role, page.permission)) throw new DomainError('staff.forbidden');
    return source(this.pool, staff, textsOf(sent));
  }

  @Requires('compensation.read')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="compensation-costs.csv"')
  @Get('compensation-costs.csv')
  costs(
    @Staff() staff: PanelStaff,
    @Query() sent: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    return costsCsv(this.pool, staff, textsOf(sent));
  }
}

/** What stands in an address may be anything: only short texts are taken. */
const textsOf = (sent: Readonly<Record<string, unknown>>): Query =>
  Object.fromEntries(
    Object.entries(sent).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 200,
    ),
  );
