import type { ReplenishmentStatus } from '#domain';
import type { SupplyCall } from '../supply/supply.activities.js';

export interface ReplenishmentAdvanced {
  readonly status: ReplenishmentStatus;
  readonly calls: readonly SupplyCall[];
  /** When to look again at the latest; null where only news can change anything. */
  readonly wakeAtMs: number | null;
}

/** Steps of a purchase of stock; all may run twice. */
export interface ReplenishmentActivities {
  /**
   * Does all that our own database can do: ends the purchase where nothing more can come, gives missing pieces to sources
   * within the budget, and tells which calls are due.
   */
  advanceReplenishment(input: { readonly replenishmentId: string }): Promise<ReplenishmentAdvanced>;
}
