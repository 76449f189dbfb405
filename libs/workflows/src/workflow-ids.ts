/** The one run of an order, found in the Temporal UI by the order's number. */
export function orderWorkflowId(orderNo: string): string {
  return `order:${orderNo}`;
}

/** A round of tries for one callback; `triesBefore` tells the rounds apart. */
export function callbackWorkflowId(callbackId: string, triesBefore: number): string {
  return `callback:${callbackId}:${triesBefore}`;
}

/** The one run of a purchase of stock: its number is the product's code with a running number. */
export function replenishmentWorkflowId(replenishmentNo: string): string {
  return `replenish:${replenishmentNo}`;
}

/** The run of a complaint, found by its number; opened again it runs under the same name. */
export function complaintWorkflowId(complaintNo: string): string {
  return `complaint:${complaintNo}`;
}

/** One bulk compensation of an incident; `runNo` tells them apart. */
export function incidentCompensationWorkflowId(incidentNo: string, runNo: number): string {
  return `incident:${incidentNo}:compensation:${runNo}`;
}

/** The one run of a platform's period. */
export function statementWorkflowId(platformCode: string, periodKey: string): string {
  return `statement:${platformCode}:${periodKey}`;
}

/** The schedule that makes statements. */
export const STATEMENT_SCHEDULE = 'close-statements';

/** The one run of a licence's clocks. */
export function licenceWorkflowId(licenceId: string): string {
  return `licence:${licenceId}`;
}
