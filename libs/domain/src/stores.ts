export * from './vault/card-vault.js';
export * from './vault/master-key.js';
export * from './order/accept-orders.store.js';
export type { AcceptedOrder, OrderSubmission } from './order/acceptance-write.store.js';
export * from './order/end-order.store.js';
export * from './order/fill-waiting-orders.store.js';
export * from './order/read-order.store.js';
