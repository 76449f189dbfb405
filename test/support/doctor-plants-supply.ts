import { sql, type Plant } from './doctor-plant.js';

const anAttempt = (order: ':sold' | ':waiting', more: Readonly<Record<string, string>>): string => {
  const columns = {
    id: '77',
    attempt_no: `'K77'`,
    purpose: `'order'`,
    order_id: order,
    product_id: ':nowhere',
    supplier_id: ':nowhere',
    route_id: ':nowhere',
    kind: `'card'`,
    supplier_product_id: `'555'`,
    quantity: '1',
    status: `'accepted'`,
    cost_hao: '100',
    may_send: 'false',
    next_query_at: `now() + interval '1 hour'`,
    choice: `'{}'`,
    ...more,
  };
  return `INSERT INTO attempts (${Object.keys(columns).join(', ')}) VALUES (${Object.values(columns).join(', ')})`;
};
const SOURCED = [
  `UPDATE orders SET sourcing_quantity = 1 WHERE id = :waiting`,
  `UPDATE order_units SET status = 'sourcing', attempt_id = 77 WHERE order_id = :waiting`,
];

export const SUPPLY_PLANTS: readonly Plant[] = [
  {
    check: 'sourcing-is-counted',
    what: 'an order says that a supplier has its unit, and none has',
    example: /says 1 of its units are with suppliers; 0 are/,
    plant: sql(`UPDATE orders SET sourcing_quantity = 1 WHERE id = :waiting`),
  },
  {
    check: 'sourced-unit-has-an-open-attempt',
    what: 'a unit is with an attempt that is not there',
    example: /is with attempt nobody, which is missing/,
    plant: sql(...SOURCED),
  },
  {
    check: 'open-attempt-holds-its-units',
    what: 'an attempt may deliver a unit that it does not hold',
    example: /attempt K77 of 1 units is accepted and holds 0 units/,
    plant: sql(anAttempt(':waiting', {})),
  },
  {
    check: 'unit-succeeded-once',
    what: 'an attempt says that it delivered, and no delivery is of it',
    example: /says 1 units were delivered; the deliveries number 0/,
    plant: sql(anAttempt(':sold', { status: `'succeeded'`, delivered_count: '1' })),
  },
  {
    check: 'open-attempt-is-watched',
    what: 'nobody asks about an attempt any more',
    example: /attempt K77 is accepted since .*; its next query was due at/,
    plant: sql(...SOURCED, anAttempt(':waiting', { next_query_at: `now() - interval '1 hour'` })),
  },
  {
    check: 'supplier-account-agrees-with-attempts',
    what: 'an attempt has cost what no entry says',
    example: /its attempts cost 100 hao, the ledger says 0/,
    plant: sql(
      `INSERT INTO suppliers (id, code, name, protocol, base_url, account) VALUES (:nowhere, 'a', 'a', 'kakayun', 'https://a.example', '1')`,
      anAttempt(':sold', { status: `'failed'`, paid_hao: '100' }),
    ),
  },
];
