/** Every workflow function; the file Temporal loads. */
export { runComplaintClock } from './complaint/run-complaint-clock.workflow.js';
export { compensateIncident } from './incident/compensate-incident.workflow.js';
export { deliverInStages } from './large-order/deliver-in-stages.workflow.js';
export { fulfilOrder } from './order/fulfil-order.workflow.js';
export { replenishStock } from './replenishment/replenish-stock.workflow.js';
export { remindLicence } from './licence/remind-licence.workflow.js';
export { deliverCallback } from './platform/deliver-callback.workflow.js';
export { closeStatement } from './settlement/close-statement.workflow.js';
export { closeStatements } from './settlement/close-statements.workflow.js';
