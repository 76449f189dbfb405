import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import pg from 'pg';
import { mayStaff } from '#domain';
import { alertRelated, channelRelated } from '../alert/alert-page.js';
import { approvalRelated } from '../approval/approval-page.js';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import { productRelated } from '../catalog/product-related.js';
import { WITH_RELATED } from '../components/places.js';
import type { RelatedSection } from '../components/views.js';
import { recordIdOf, uuidOf } from '../http/checked.js';
import { largeOrderRelated } from '../large-order/large-order-page.js';
import { orderStages } from '../large-order/order-stages.js';
import { cardRelated } from '../inventory/card-related.js';
import { accountRelated, entryRelated } from '../money/ledger-related.js';
import {
  incidentCompensationRelated,
  orderIncidents,
} from '../incident/incident-compensation-related.js';
import { incidentRelated } from '../incident/incident-related.js';
import { callbackRelated } from '../order/callback-related.js';
import { compensationRelated, policyRelated } from '../compensation/compensation-related.js';
import { orderCompensation } from '../compensation/order-compensation.js';
import { supplierCompensation } from '../compensation/supplier-compensation.js';
import { claimRelated } from '../supply/claims-page.js';
import { platformRelated } from '../platform/platform-related.js';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { peakPlanRelated } from '../peak/peak-page.js';
import { replenishmentRelated } from '../replenishment/replenishment-page.js';
import { productStock, runwayRelated } from '../replenishment/replenishment-related.js';
import {
  attemptRelated,
  orderRelated,
  routeRelated,
  supplierRelated,
} from '../supply/supply-related.js';
import { productSupply } from '../supply/what-if.js';
import { creditRelated } from '../credit/credit-related.js';
import { ruleRelated } from '../risk/rule-related.js';
import {
  differenceRelated,
  partyRelated,
  orderReconciliation,
  statementRelated as incomingStatementRelated,
} from '../reconciliation/reconciliation-related.js';
import { agreementRelated, statementRelated } from '../settlement/settlement-related.js';
import { licenceRelated } from '../licence/licence-related.js';
import { productGate } from '../licence/sale-why.js';
import { caseRelated, orderCase, signalRelated } from '../risk/risk-related.js';
import { RESOURCES } from '../resources/registry.js';

type RelatedSource = (
  pool: pg.Pool,
  staff: PanelStaff,
  id: string,
) => Promise<readonly RelatedSection[]>;

const productPage: RelatedSource = async (pool, staff, id) => [
  ...(await productGate(pool, staff, id)),
  ...(await productRelated(pool, staff, id)),
  ...(await productStock(pool, staff, id)),
  ...(await productSupply(pool, staff, id)),
];

const orderPage: RelatedSource = async (pool, staff, id) => [
  ...(await orderCase(pool, staff, id)),
  ...(await orderStages(pool, staff, id)),
  ...(await orderCompensation(pool, staff, id)),
  ...(await orderIncidents(pool, staff, id)),
  ...(await orderRelated(pool, staff, id)),
  ...(await orderReconciliation(pool, staff, id)),
];

const supplierPage: RelatedSource = async (pool, staff, id) => [
  ...(await supplierRelated(pool, staff, id)),
  ...(await supplierCompensation(pool, staff, id)),
];

const SOURCES: Readonly<
  Record<(typeof WITH_RELATED)[number], readonly [RelatedSource, (id: string) => string]>
> = {
  Product: [productPage, uuidOf],
  Platform: [platformRelated, uuidOf],
  LedgerAccount: [accountRelated, uuidOf],
  LedgerEntry: [entryRelated, recordIdOf],
  CallbackDelivery: [callbackRelated, recordIdOf],
  Card: [cardRelated, recordIdOf],
  CreditLine: [creditRelated, uuidOf],
  RiskRule: [ruleRelated, uuidOf],
  RiskCase: [caseRelated, recordIdOf],
  RiskSignal: [signalRelated, recordIdOf],
  SupplyRoute: [routeRelated, uuidOf],
  Order: [orderPage, recordIdOf],
  Supplier: [supplierPage, uuidOf],
  Attempt: [attemptRelated, recordIdOf],
  Replenishment: [replenishmentRelated, recordIdOf],
  PeakPlan: [peakPlanRelated, uuidOf],
  StockRunway: [runwayRelated, recordIdOf],
  Alert: [alertRelated, recordIdOf],
  LargeOrder: [largeOrderRelated, recordIdOf],
  AlertChannel: [channelRelated, uuidOf],
  Compensation: [compensationRelated, recordIdOf],
  CompensationPolicy: [policyRelated, uuidOf],
  SupplyClaim: [claimRelated, uuidOf],
  Incident: [incidentRelated, recordIdOf],
  IncidentCompensation: [incidentCompensationRelated, recordIdOf],
  Approval: [approvalRelated, recordIdOf],
  ExternalStatement: [incomingStatementRelated, uuidOf],
  StatementParty: [partyRelated, uuidOf],
  ReconciliationDifference: [differenceRelated, recordIdOf],
  Statement: [statementRelated, uuidOf],
  SettlementAgreement: [agreementRelated, uuidOf],
  Licence: [licenceRelated, uuidOf],
};

/** What belongs to a record and stands in other tables, as its page shows it below. */
@Controller('admin/data/related')
export class RelatedController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @Header('Cache-Control', 'no-store')
  @Get(':entity/:id')
  async list(
    @Staff() staff: PanelStaff,
    @Param('entity') entity: string,
    @Param('id') id: string,
  ): Promise<{ sections: readonly RelatedSection[] }> {
    const definition = RESOURCES.find((one) => entityName(one) === entity);
    const name = WITH_RELATED.find((one) => one === entity);
    const source = name && SOURCES[name];
    if (!source || !definition || !mayStaff(staff.role, definition.read)) return { sections: [] };
    const [read, keyOf] = source;
    return { sections: await read(this.pool, staff, keyOf(id)) };
  }
}
