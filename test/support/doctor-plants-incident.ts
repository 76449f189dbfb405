import { sql, type Plant } from './doctor-plant.js';

const INCIDENT = `
  INSERT INTO incidents (id, incident_no, key, title_zh, title_en, status, severity, visibility, occurred_at, detected_at, last_update_at,
    declared_by) VALUES (77, 'INC20261125-01', 'plant', '中断', 'down', 'fixed', 'major', 'public', now(), now(), now(), 'x')`;
const RUN = (more: string, values: string): string => `
  INSERT INTO incident_compensations (id, incident_id, run_no, key, remedy, filter, reason, asked_by, created_at, ${more})
  VALUES (78, 77, 1, 'plant', 'credit', '{}', 'test', 'x', now(), ${values})`;

export const INCIDENT_PLANTS: readonly Plant[] = [
  {
    check: 'incident-gift-is-given-once',
    what: 'an order is said to be compensated, and nothing was given',
    example:
      /order \d+ in bulk compensation 78 is given 500 hao: 0 compensations and 0 entitlements/,
    plant: sql(
      INCIDENT,
      RUN(
        'status, order_count, planned_hao, given_count, given_hao, last_step_at, ended_at',
        `'done', 1, 500, 1, 500, now(), now()`,
      ),
      `INSERT INTO incident_compensation_lines (compensation_id, order_id, status, amount_hao) VALUES (78, :sold, 'given', 500)`,
    ),
  },
  {
    check: 'incident-compensation-is-counted',
    what: 'a bulk compensation has ended, and an order still waits',
    example: /bulk compensation 78 is done: 0 given over 0 hao, 0 skipped of 1; .* and 1 wait/,
    plant: sql(
      INCIDENT,
      RUN('status, order_count, last_step_at, ended_at', `'done', 1, now(), now()`),
      `INSERT INTO incident_compensation_lines (compensation_id, order_id) VALUES (78, :sold)`,
    ),
  },
  {
    check: 'service-days-are-booked',
    what: 'days of service were given, and their cost was not booked',
    example: /entitlement \d+ cost 300 hao, the ledger says 0/,
    plant: sql(
      INCIDENT,
      RUN('last_step_at', 'now()'),
      `INSERT INTO service_entitlements (order_id, platform_id, incident_compensation_id, days, quantity, cost_hao, granted_at)
       VALUES (:sold, :nowhere, 78, 30, 1, 300, now())`,
    ),
  },
  {
    check: 'incident-moves-on',
    what: 'a bulk compensation is forgotten',
    example: /bulk compensation 78 stands still/,
    plant: sql(INCIDENT, RUN('last_step_at', `now() - interval '2 hours'`)),
  },
];
