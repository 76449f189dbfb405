import { AlertCommandsController } from './alert/alert-commands.controller.js';
import { ApprovalCommandsController } from './approval/approval-commands.controller.js';
import { ApprovalsService } from './approval/approvals.service.js';
import { Module } from '@nestjs/common';
import { BulkController } from './bulk/bulk.controller.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { ProductCommandsController } from './catalog/product-commands.controller.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { ExportController } from './export/export.controller.js';
import { ExportRunsService } from './export/export-runs.service.js';
import { HistoryController } from './history/history.controller.js';
import { FindController } from './find/find.controller.js';
import { SavedViewsController } from './find/saved-views.controller.js';
import { ImportRunsService } from './inventory/import-runs.service.js';
import { CardSearchController } from './inventory/card-search.controller.js';
import { ImportController } from './inventory/import.controller.js';
import { BookCommandsController } from './money/book-commands.controller.js';
import { HoldController } from './money/hold.controller.js';
import { LedgerDataController } from './money/ledger-data.controller.js';
import { PlatformMoneyController } from './money/platform-money.controller.js';
import { LicenceCommandsController } from './licence/licence-commands.controller.js';
import { LicenceDocumentsController } from './licence/licence-documents.controller.js';
import { RenewalCommandsController } from './licence/renewal-commands.controller.js';
import { LargeOrderCommandsController } from './large-order/large-order-commands.controller.js';
import { OrderCommandsController } from './order/order-commands.controller.js';
import { OrderCommandsService } from './order/order-commands.service.js';
import { OrderDataController } from './order/order-data.controller.js';
import { OrderPageService } from './order/order-page.service.js';
import { RevealCardService } from './order/reveal-card.service.js';
import { PlatformCommandsController } from './platform/platform-commands.controller.js';
import { SecretsService } from './platform/secrets.service.js';
import { PeakCommandsController } from './peak/peak-commands.controller.js';
import { SettlementCommandsController } from './settlement/settlement-commands.controller.js';
import { StatementFilesController } from './settlement/statement-files.controller.js';
import { PeakSheetsController } from './peak/peak-sheets.controller.js';
import { ReplenishmentCommandsController } from './replenishment/replenishment-commands.controller.js';
import { ReconciliationCommandsController } from './reconciliation/reconciliation-commands.controller.js';
import { StatementInController } from './reconciliation/statement-in.controller.js';
import { RelatedController } from './related/related.controller.js';
import { RouteCommandsController } from './supply/route-commands.controller.js';
import { SlaPolicyCommandsController } from './complaint/sla-policy-commands.controller.js';
import { CompensationCommandsController } from './compensation/compensation-commands.controller.js';
import { IncidentCommandsController } from './incident/incident-commands.controller.js';
import { SectionsController } from './related/sections.controller.js';
import { ComplaintCommandsController } from './complaint/complaint-commands.controller.js';
import { ComplaintDataController } from './complaint/complaint-data.controller.js';
import { ComplaintIntakeController } from './complaint/complaint-intake.controller.js';
import { ComplaintPageService } from './complaint/complaint-page.service.js';
import { ComplaintTile } from './complaint/complaint-tile.js';
import { SlaCommandsController } from './complaint/sla-commands.controller.js';
import { ClaimCommandsController } from './supply/claim-commands.controller.js';
import { CreditCommandsController } from './credit/credit-commands.controller.js';
import { RiskCommandsController } from './risk/risk-commands.controller.js';
import { SupplyCommandsController } from './supply/supply-commands.controller.js';
import { SupplyDataController } from './supply/supply-data.controller.js';
import { VerbsController } from './verbs/verbs.controller.js';

/** What our own pages read and what staff can do beside editing records. */
@Module({
  controllers: [
    LicenceCommandsController,
    LicenceDocumentsController,
    RenewalCommandsController,
    SettlementCommandsController,
    StatementFilesController,
    FindController,
    HistoryController,
    BulkController,
    ExportController,
    SavedViewsController,
    DashboardController,
    OrderDataController,
    OrderCommandsController,
    LargeOrderCommandsController,
    CardSearchController,
    ImportController,
    ProductCommandsController,
    PlatformCommandsController,
    RiskCommandsController,
    CreditCommandsController,
    SupplyCommandsController,
    RouteCommandsController,
    SupplyDataController,
    ReplenishmentCommandsController,
    PeakCommandsController,
    PeakSheetsController,
    ClaimCommandsController,
    CompensationCommandsController,
    SlaPolicyCommandsController,
    IncidentCommandsController,
    ComplaintCommandsController,
    ComplaintIntakeController,
    ComplaintDataController,
    SlaCommandsController,
    SectionsController,
    AlertCommandsController,
    ApprovalCommandsController,
    CalendarController,
    PlatformMoneyController,
    HoldController,
    BookCommandsController,
    LedgerDataController,
    ReconciliationCommandsController,
    StatementInController,
    RelatedController,
    VerbsController,
  ],
  providers: [
    ExportRunsService,
    OrderPageService,
    ComplaintPageService,
    ComplaintTile,
    OrderCommandsService,
    RevealCardService,
    ImportRunsService,
    SecretsService,
    ApprovalsService,
  ],
})
export class CommandsModule {}
