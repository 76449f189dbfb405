export * from './callback-workflows.js';
export * from './licence-workflows.js';
export * from './complaint-workflows.js';
export * from './order-workflows.js';
export * from './statement-schedule.js';
export * from './temporal-access.js';
export * from './temporal-client.module.js';
export * from './replenishment-workflows.js';
