import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { mayStaff } from '#domain';
import { translate } from '#domain/i18n';
import { CardVault } from '#domain/stores';
import { Requires, Staff } from '../auth/permission.guard.js';
import type { UndecidedView, WhatIfChoices, WhatIfView } from '../components/supply-views.js';
import type { RelatedSection } from '../components/views.js';
import { checked } from '../http/checked.js';
import type { PanelStaff } from '../resource/resource-definition.js';
import { routeWindows } from './supply-board.js';
import { readUndecided, undecidedQuestion } from './undecided.js';
import { whatIf, whatIfChoices, whatIfQuestion } from './what-if.js';

/** What the pages of supply read. */
@Controller('admin/data/supply')
export class SupplyDataController {
  constructor(
    @Inject(pg.Pool) readonly pool: pg.Pool,
    readonly vault: CardVault,
  ) {}

  @Requires('supply.read')
  @Get('what-if-choices')
  choices(): Promise<WhatIfChoices> {
    return whatIfChoices(this.pool);
  }

  @Requires('supply.read')
  @Header('Cache-Control', 'no-store')
  @Get('what-if')
  whatIf(@Staff() staff: PanelStaff, @Query() query: unknown): Promise<WhatIfView> {
    const question = checked(whatIfQuestion, query);
    return whatIf(this, { language: staff.language, question });
  }

  @Requires('supply.read')
  @Header('Cache-Control', 'no-store')
  @Get('board')
  async board(@Staff() staff: PanelStaff): Promise<{ sections: readonly RelatedSection[] }> {
    const section = await routeWindows(this.pool, staff.language, {});
    return {
      sections: [{ ...section, title: translate(staff.language, 'page.supply.allRoutes') }],
    };
  }

  @Requires('supply.read')
  @Header('Cache-Control', 'no-store')
  @Get('undecided')
  undecided(@Staff() staff: PanelStaff, @Query() query: unknown): Promise<UndecidedView> {
    return readUndecided(this.pool, {
      language: staff.language,
      question: checked(undecidedQuestion, query),
      mayDecide: mayStaff(staff.role, 'supply.decide'),
    });
  }
}
