import * as entities from '#domain/entities';
import type { ResourceDefinition } from '../resource/resource-definition.js';
import { alertResources } from './alert.resources.js';
import { approvalResources } from './approval.resources.js';
import { catalogResources } from './catalog.resources.js';
import { largeOrderResources } from './large-order.resources.js';
import { compensationResources } from './compensation.resources.js';
import { licenceResources } from './licence.resources.js';
import { complaintResources } from './complaint.resources.js';
import { incidentResources } from './incident.resources.js';
import { moneyResources } from './money.resources.js';
import { partnerResources } from './partner.resources.js';
import { reconciliationResources } from './reconciliation.resources.js';
import { settlementResources } from './settlement.resources.js';
import { stockResources } from './stock.resources.js';
import { riskResources } from './risk.resources.js';
import { supplyResources } from './supply.resources.js';
import { systemResources } from './system.resources.js';
import { tradeResources } from './trade.resources.js';
import { vaultResources } from './vault.resources.js';

/** Every entity in the panel, in the order of its menu. */
export const RESOURCES: readonly ResourceDefinition[] = [
  ...tradeResources,
  ...largeOrderResources,
  ...complaintResources,
  ...compensationResources,
  ...incidentResources,
  ...catalogResources,
  ...vaultResources,
  ...supplyResources,
  ...stockResources,
  ...partnerResources,
  ...approvalResources,
  ...moneyResources,
  ...riskResources,
  ...settlementResources,
  ...reconciliationResources,
  ...licenceResources,
  ...alertResources,
  ...systemResources,
];

/** An entity without a resource would be invisible to staff: the panel does not start with one missing or doubled. */
export function requireComplete(resources: readonly ResourceDefinition[] = RESOURCES): void {
  const shown = resources.map((resource) => resource.entity.name);
  const missing = Object.keys(entities).filter((name) => !shown.includes(name));
  const doubled = shown.filter((name, index) => shown.indexOf(name) !== index);
  if (missing.length > 0 || doubled.length > 0)
    throw new Error(
      `panel resources: missing ${missing.join(', ')}; doubled ${doubled.join(', ')}`,
    );
}
