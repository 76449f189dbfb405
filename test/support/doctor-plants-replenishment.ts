import { sql, type Plant } from './doctor-plant.js';

const REPLENISHMENT = (more: string): string => `
  INSERT INTO replenishments (id, replenishment_no, product_id, run_no, cause, status, quantity, lot_size, max_cost_hao, budget_hao,
    asked_by, deadline_at)
  SELECT 5, 'P:1', product_id, 1, 'manual', 'buying', 2, 50, 100, 200, 'system', now() + interval '1 day' FROM orders WHERE id = :sold;
  UPDATE replenishments SET ${more} WHERE id = 5`;

const attempt = (quantity: number, status: string, more: string): string => `
  INSERT INTO attempts (id, attempt_no, purpose, replenishment_id, product_id, supplier_id, route_id, kind, supplier_product_id,
    quantity, status, cost_hao, may_send, next_query_at, choice)
  SELECT 78, 'K78', 'stock', 5, product_id, :nowhere, :nowhere, 'card', '555', ${quantity}, '${status}', 100, false,
    now() + interval '1 hour', '{}' FROM orders WHERE id = :sold;
  UPDATE attempts SET ${more} WHERE id = 78`;

export const REPLENISHMENT_PLANTS: readonly Plant[] = [
  {
    check: 'stock-attempt-has-its-replenishment',
    what: 'somebody bought for stock what nobody asked for',
    example: /attempt K78 buys for stock, and its replenishment is missing/,
    plant: sql(attempt(1, 'accepted', 'quantity = 1')),
  },
  {
    check: 'replenishment-buys-what-was-asked',
    what: 'more is bought than was asked for',
    example: /replenishment P:1 asked for 2 cards and holds 3/,
    plant: sql(REPLENISHMENT('budget_hao = 900'), attempt(3, 'accepted', 'quantity = 3')),
  },
  {
    check: 'replenishment-keeps-its-budget',
    what: 'more money is promised than was granted',
    example: /replenishment P:1 may cost 150 hao and has promised 200/,
    plant: sql(REPLENISHMENT('budget_hao = 150'), attempt(2, 'accepted', 'quantity = 2')),
  },
  {
    check: 'replenishment-counts-what-came',
    what: 'cards came and were not counted',
    example: /says 0 cards for 0 hao; its attempts say 2 for 0/,
    plant: sql(REPLENISHMENT('round = 0'), attempt(2, 'succeeded', 'delivered_count = 2')),
  },
  {
    check: 'ended-replenishment-holds-nothing',
    what: 'a replenishment ended while a supplier may still deliver',
    example: /replenishment P:1 is reached, and attempt K78 is unknown/,
    plant: sql(REPLENISHMENT(`status = 'reached'`), attempt(2, 'unknown', 'quantity = 2')),
  },
  {
    check: 'replenishment-ends-in-time',
    what: 'a replenishment was forgotten',
    example: /replenishment P:1 should have ended at/,
    plant: sql(REPLENISHMENT(`deadline_at = now() - interval '2 hours'`)),
  },
];
