import { Controller, Get, Inject, Param } from '@nestjs/common';
import pg from 'pg';
import { mayStaff } from '#domain';
import { channelVerbs } from '../alert/alert-page.js';
import { approvalVerbs } from '../approval/approval-page.js';
import { ForAllStaff, Staff } from '../auth/permission.guard.js';
import { staffVerbs } from '../auth/staff-verbs.js';
import { productVerbs } from '../catalog/product-verbs.js';
import { recordIdOf, uuidOf } from '../http/checked.js';
import { incidentCompensationVerbs, incidentVerbs } from '../incident/incident-verbs.js';
import { callbackVerbs } from '../order/callback-verbs.js';
import { largeOrderVerbs } from '../large-order/large-order-verbs.js';
import { importVerbs } from '../inventory/import-verbs.js';
import { holdVerbs } from '../money/hold-verbs.js';
import { entryVerbs } from '../money/platform-money-verbs.js';
import { accountVerbs, credentialVerbs, platformVerbs } from '../platform/platform-verbs.js';
import { complaintVerbs, slaPolicyVerbs, upstreamVerbs } from '../complaint/sla-policy-verbs.js';
import { compensationVerbs, policyVerbs } from '../compensation/compensation-verbs.js';
import { claimVerbs } from '../supply/claim-verbs.js';
import { entityName, type PanelStaff } from '../resource/resource-definition.js';
import { creditVerbs, ruleVerbs } from '../credit/credit-verbs.js';
import { caseVerbs, signalVerbs, watchVerbs } from '../risk/risk-verbs.js';
import { RESOURCES } from '../resources/registry.js';
import { attemptVerbs, routeVerbs, supplierVerbs } from '../supply/supply-verbs.js';
import { capacityVerbs, peakPlanVerbs } from '../peak/peak-verbs.js';
import { replenishmentVerbs, restockVerbs } from '../replenishment/replenishment-verbs.js';
import {
  differenceVerbs,
  matchVerbs,
  statementVerbs as incomingStatementVerbs,
} from '../reconciliation/reconciliation-verbs.js';
import {
  agreementVerbs,
  disputeVerbs,
  paymentVerbs,
  statementVerbs,
} from '../settlement/settlement-verbs.js';
import {
  gateVerbs,
  licenceVerbs,
  renewalVerbs,
  ruleReadVerbs,
  typeReadVerbs,
} from '../licence/licence-verbs.js';
import { WITH_VERBS } from '../components/places.js';
import type { Verb } from '../components/views.js';

type VerbSource = (pool: pg.Pool, staff: PanelStaff, id: string) => Promise<readonly Verb[]>;

const productPageVerbs: VerbSource = async (pool, staff, id) => [
  ...(await productVerbs(pool, staff, id)),
  ...(await restockVerbs(pool, staff, id)),
  ...(await gateVerbs(pool, staff, id)),
];

const SOURCES: Readonly<
  Record<(typeof WITH_VERBS)[number], readonly [VerbSource, (id: string) => string]>
> = {
  Product: [productPageVerbs, uuidOf],
  Platform: [platformVerbs, uuidOf],
  ApiCredential: [credentialVerbs, uuidOf],
  LedgerAccount: [accountVerbs, uuidOf],
  LedgerEntry: [entryVerbs, recordIdOf],
  BalanceHold: [holdVerbs, recordIdOf],
  CardImport: [importVerbs, uuidOf],
  CallbackDelivery: [callbackVerbs, recordIdOf],
  CreditLine: [creditVerbs, uuidOf],
  RiskRule: [ruleVerbs, uuidOf],
  RiskCase: [caseVerbs, recordIdOf],
  RiskSignal: [signalVerbs, recordIdOf],
  RiskWatch: [watchVerbs, recordIdOf],
  Supplier: [supplierVerbs, uuidOf],
  SupplyRoute: [routeVerbs, uuidOf],
  Attempt: [attemptVerbs, recordIdOf],
  Replenishment: [replenishmentVerbs, recordIdOf],
  PeakPlan: [peakPlanVerbs, uuidOf],
  CapacityRequest: [capacityVerbs, uuidOf],
  LargeOrder: [largeOrderVerbs, recordIdOf],
  AlertChannel: [channelVerbs, uuidOf],
  Complaint: [complaintVerbs, recordIdOf],
  SlaPolicyVersion: [slaPolicyVerbs, uuidOf],
  UpstreamComplaint: [upstreamVerbs, recordIdOf],
  Compensation: [compensationVerbs, recordIdOf],
  CompensationPolicy: [policyVerbs, uuidOf],
  SupplyClaim: [claimVerbs, uuidOf],
  Incident: [incidentVerbs, recordIdOf],
  IncidentCompensation: [incidentCompensationVerbs, recordIdOf],
  Approval: [approvalVerbs, recordIdOf],
  ExternalStatement: [incomingStatementVerbs, uuidOf],
  ReconciliationDifference: [differenceVerbs, recordIdOf],
  ReconciliationMatch: [matchVerbs, recordIdOf],
  Statement: [statementVerbs, uuidOf],
  StatementPayment: [paymentVerbs, uuidOf],
  StatementDispute: [disputeVerbs, uuidOf],
  SettlementAgreement: [agreementVerbs, uuidOf],
  Licence: [licenceVerbs, uuidOf],
  LicenceRenewal: [renewalVerbs, uuidOf],
  LegalRule: [ruleReadVerbs, uuidOf],
  LicenceType: [typeReadVerbs, uuidOf],
  Staff: [staffVerbs, uuidOf],
};

/** What can be done to a record now by this person. */
@Controller('admin/data/verbs')
export class VerbsController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @ForAllStaff()
  @Get(':entity/:id')
  async list(
    @Staff() staff: PanelStaff,
    @Param('entity') entity: string,
    @Param('id') id: string,
  ): Promise<{ verbs: readonly Verb[] }> {
    return { verbs: await verbsOf(this.pool, staff, { entity, id }) };
  }
}

/** The verbs of a record; none where there is no such page, or where this person may not read it. */
export async function verbsOf(
  pool: pg.Pool,
  staff: PanelStaff,
  { entity, id }: { readonly entity: string; readonly id: string },
): Promise<readonly Verb[]> {
  const definition = RESOURCES.find((one) => entityName(one) === entity);
  const name = WITH_VERBS.find((one) => one === entity);
  const source = name && SOURCES[name];
  if (!source || !definition || !mayStaff(staff.role, definition.read)) return [];
  const [read, keyOf] = source;
  return read(pool, staff, keyOf(id));
}
