import { sql, type Plant } from './doctor-plant.js';

const aCompensation = (more: Readonly<Record<string, string>>): string => {
  const columns = {
    id: '88',
    order_id: ':sold',
    root_order_id: ':sold',
    platform_id: ':nowhere',
    product_id: ':nowhere',
    cause: `'bad-card'`,
    fault: `'ours'`,
    source: `'staff'`,
    status: `'open'`,
    ...more,
  };
  return `INSERT INTO compensations (${Object.keys(columns).join(', ')}) VALUES (${Object.values(columns).join(', ')})`;
};

export const COMPENSATION_PLANTS: readonly Plant[] = [
  {
    check: 'compensation-has-what-it-gave',
    what: 'a refund is said to be given, and no entry gives it',
    example: /compensation 88 of order \d+ is done: refund over 500 hao, the ledger says 0/,
    plant: sql(aCompensation({ status: `'done'`, remedy: `'refund'`, amount_hao: '500' })),
  },
  {
    check: 'compensation-is-within-what-was-paid',
    what: 'a replacement is worth more than was paid',
    example: /was paid with 1970000 hao; 0 went back and 1970001 were given/,
    plant: sql(
      aCompensation({
        status: `'replacing'`,
        remedy: `'replace'`,
        amount_hao: '1970001',
        replacement_order_id: ':waiting',
      }),
    ),
  },
  {
    check: 'compensation-budget-is-kept',
    what: 'a budget says that more was spent than was given',
    example:
      /budget all of 2026-11-25: 5 of 10 hao spent, 1 times; its compensations are 0 over 0 hao/,
    plant: sql(
      `INSERT INTO compensation_budgets (day, scope, limit_hao, spent_hao, spent_count) VALUES ('2026-11-25', 'all', 10, 5, 1)`,
    ),
  },
  {
    check: 'claim-recovers-no-more-than-it-is',
    what: 'a claim is open although all of it has come back',
    example: /claim .* over 5 hao is open with 5 recovered/,
    plant: sql(
      `INSERT INTO supply_claims (supplier_id, attempt_id, kind, amount_hao, recovered_hao) VALUES (:nowhere, 1, 'reversal', 5, 5)`,
    ),
  },
  {
    check: 'compensation-has-its-parents',
    what: 'a compensation is for no order',
    example: /compensation 88 refers to order 999/,
    plant: sql(aCompensation({ order_id: '999', root_order_id: '999' })),
  },
  {
    check: 'linked-order-has-its-origin',
    what: 'a replacement costs something',
    example:
      /\(replacement\) belongs to order \d+, which is of another platform or product, or is costed otherwise/,
    plant: sql(
      `UPDATE orders SET origin_order_id = :sold, origin_kind = 'replacement' WHERE id = :waiting`,
    ),
  },
];
