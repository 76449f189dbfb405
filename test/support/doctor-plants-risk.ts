import { sql, type Plant } from './doctor-plant.js';

const aCase = (order: string, status: string, decidedBy: string): string => `
  INSERT INTO risk_cases (order_id, platform_id, amount_hao, hold_reason, raised_by, status, opened_at, due_at, decided_by, decided_at)
  SELECT id, platform_id, amount_hao, 'above-order-limit', 'system', '${status}', now(), now() + interval '1 day', ${decidedBy},
    ${decidedBy === 'NULL' ? 'NULL' : 'now()'} FROM orders WHERE id = ${order}`;

export const RISK_PLANTS: readonly Plant[] = [
  {
    check: 'held-order-has-an-open-case',
    what: 'a case is open although its order goes its way',
    example: /is open, and its order is processing/,
    plant: sql(aCase(':waiting', 'open', 'NULL')),
  },
  {
    check: 'held-order-has-got-nothing',
    what: 'something is bought for an order that a person has not looked at',
    example: /is held, and 0 of its units are delivered, 1 bought/,
    breaksToo: ['held-order-has-an-open-case', 'history-is-a-path', 'sourcing-is-counted'],
    plant: sql(`UPDATE orders SET status = 'held', sourcing_quantity = 1 WHERE id = :waiting`),
  },
  {
    check: 'case-is-decided-as-its-order-went',
    what: 'an order was refused and delivered all the same',
    example: /is refused by a@example.test .* is succeeded/,
    plant: sql(aCase(':sold', 'refused', `'a@example.test'`)),
  },
  {
    check: 'account-keeps-to-its-credit-line',
    what: 'an account has another limit than its platform was given',
    example: /may go 100 hao below zero while open, its account says 0/,
    plant: sql(
      `INSERT INTO credit_lines (platform_id, agreed_hao, limit_hao, score) SELECT platform_id, 100, 100, 500 FROM orders WHERE id = :sold`,
    ),
  },
];
