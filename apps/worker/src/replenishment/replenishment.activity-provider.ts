import { advanceReplenishment, type SupplyParts } from '#domain/stores';
import type { ReplenishmentActivities, ReplenishmentAdvanced } from '#workflows';

/** The steps of a purchase of stock, each one transaction of the stores. All may run twice. */
export class ReplenishmentActivityProvider implements ReplenishmentActivities {
  constructor(private readonly supply: SupplyParts) {}

  advanceReplenishment({
    replenishmentId,
  }: {
    readonly replenishmentId: string;
  }): Promise<ReplenishmentAdvanced> {
    return advanceReplenishment(this.supply, { replenishmentId, nowMs: Date.now() });
  }
}
