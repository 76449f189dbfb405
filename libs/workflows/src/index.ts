export * from './order/fulfil-order.contract.js';
export type * from './order/order.activities.js';
export * from './platform/deliver-callback.contract.js';
export type * from './platform/platform.activities.js';
export * from './search-attributes.js';
export * from './supply/supply.activities.js';
export * from './task-queues.js';
export * from './workflow-ids.js';
