import {
  condition,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { isReplenishmentEnded, SHANGHAI_OFFSET_MS } from '#domain';
import { DATABASE } from '../activity-profiles.js';
import { SUPPLIER_CODE } from '../search-attributes.js';
import { SupplyCalls } from '../supply/supply-calls.js';
import {
  replenishmentChanged,
  type ReplenishStock,
  type ReplenishStockResult,
} from './replenish-stock.contract.js';
import type { ReplenishmentActivities, ReplenishmentAdvanced } from './replenishment.activities.js';

const { advanceReplenishment } = proxyLocalActivities<ReplenishmentActivities>({
  ...DATABASE,
  summary: '推进补货 advance',
});

/**
 * A purchase of stock, until it is complete or cannot go on. It does as an order's run does: looks what the database says
 * is due, makes those calls, and looks again when one has ended, when something was heard, or when the time has come.
 */
export async function replenishStock(input: ReplenishStock): Promise<ReplenishStockResult> {
  const { replenishmentId } = input;
  const suppliers = new Set<string>();
  let hasNews = false;
  const hear = (): void => {
    hasNews = true;
  };
  setHandler(replenishmentChanged, hear);
  const calls = new SupplyCalls(hear);
  for (;;) {
    hasNews = false;
    const step = await advanceReplenishment({ replenishmentId });
    if (noteSuppliers(suppliers, step))
      upsertSearchAttributes([{ key: SUPPLIER_CODE, value: [...suppliers] }]);
    setCurrentDetails(details(input, step, [...suppliers]));
    if (isReplenishmentEnded(step.status)) return { status: step.status };
    calls.start(step.calls);
    if (step.wakeAtMs === null) await condition(() => hasNews);
    else
      await condition(() => hasNews, Math.max(1, step.wakeAtMs - Date.now()), {
        summary: '下一步 next step',
      });
  }
}

/** Whether there is one that was not asked before. */
function noteSuppliers(known: Set<string>, { calls }: ReplenishmentAdvanced): boolean {
  const before = known.size;
  for (const { supplierCode } of calls) known.add(supplierCode);
  return known.size > before;
}

/** What ops read at the top of the run's page. */
function details(
  { productCode, quantity }: ReplenishStock,
  { status, calls, wakeAtMs }: ReplenishmentAdvanced,
  suppliers: readonly string[],
): string {
  const lines = [`备货 stock: ${productCode} × ${quantity} · ${status}`];
  if (suppliers.length > 0) lines.push(`货源 suppliers: ${suppliers.join(', ')}`);
  for (const { kind, supplierCode, attemptNo } of calls)
    lines.push(`${kind} ${supplierCode} ${attemptNo}`);
  if (wakeAtMs !== null)
    lines.push(
      `下一步 next: ${new Date(wakeAtMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')}（北京时间）`,
    );
  return lines.join('\n');
}
