export const SUPPLIER_STATUSES = ['active', 'paused', 'retired'] as const;
export type SupplierStatus = (typeof SUPPLIER_STATUSES)[number];

export const ROUTE_STATUSES = ['active', 'paused'] as const;
export type RouteStatus = (typeof ROUTE_STATUSES)[number];

export const GUARD_MEANINGS = ['unit', 'total'] as const;
export type GuardMeaning = (typeof GUARD_MEANINGS)[number];

/** How the source of an order is chosen among those that may have it. */
export const SUPPLY_STRATEGIES = ['priority', 'cheapest', 'balanced', 'percentage'] as const;
export type SupplyStrategy = (typeof SUPPLY_STRATEGIES)[number];
