import { defineSignal } from '@temporalio/workflow';
import type { ReplenishmentStatus } from '#domain';

/** What is wanted when the run is started; everything else is read as it goes on. */
export interface ReplenishStock {
  readonly replenishmentId: string;
  /** Product and running number, as people name it. */
  readonly replenishmentNo: string;
  readonly productCode: string;
  readonly quantity: number;
}

export interface ReplenishStockResult {
  readonly status: ReplenishmentStatus;
}

/** Something has changed: the database is to be looked at again. */
export const replenishmentChanged = defineSignal('replenishmentChanged');
