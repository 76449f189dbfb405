import { sql, type Plant } from './doctor-plant.js';

const A_LICENCE = (recordedBy: string): string => `
  INSERT INTO licences (name, type_id, holder, number, issuer, effective_on, expires_on, apply_by, owner_email, recorded_by, verified_by, verified_at)
  SELECT 'test', id, 'We Ltd', 'NO-1', 'an authority', '2020-01-01', '2021-01-01', '2021-01-01', 'a@example.test', '${recordedBy}', 'a@example.test',
    now() FROM licence_types WHERE code = 'telecom-icp'`;

export const LICENCE_PLANTS: readonly Plant[] = [
  {
    check: 'product-on-sale-is-covered',
    what: 'a product is on sale although its licence has expired',
    example: /is on sale without telecom-icp/,
    plant: sql(
      A_LICENCE('b@example.test'),
      `UPDATE licences SET updated_at = now() - interval '1 hour'`,
      `UPDATE products SET updated_at = now() - interval '1 hour'`,
      `INSERT INTO licence_requirements (product_id, type_id, updated_at)
       SELECT o.product_id, t.id, now() - interval '1 hour' FROM orders o, licence_types t
       WHERE o.id = :sold AND t.code = 'telecom-icp'`,
    ),
  },
  {
    check: 'order-was-accepted-with-its-licences',
    what: 'an order was accepted while the gate was shut',
    example: /was accepted 01:00:00 after its licence had lapsed/,
    plant: sql(
      `INSERT INTO sale_gate_changes (product_id, sell_until, created_at)
       SELECT product_id, '0001-01-01', created_at - interval '1 hour' FROM orders WHERE id = :sold`,
    ),
  },
  {
    check: 'stopped-product-has-its-reason',
    what: 'a product was put back on sale behind the back of the gate',
    example: /is stopped for want of a licence and is on-sale/,
    plant: sql(
      `UPDATE products SET updated_at = now() - interval '1 hour'`,
      `INSERT INTO sale_stops (product_id, stopped_at) SELECT product_id, now() FROM orders WHERE id = :sold`,
    ),
  },
  {
    check: 'override-is-short-and-of-two-people',
    what: 'one person lets a product be sold for a week',
    example: /lasts 7 days, asked by a@example.test and approved by a@example.test/,
    plant: sql(
      'ALTER TABLE gate_overrides DROP CONSTRAINT ck_gate_overrides_span, DROP CONSTRAINT ck_gate_overrides_four_eyes',
      `INSERT INTO gate_overrides (product_id, starts_at, ends_at, reason, asked_by, approved_by)
       SELECT product_id, now(), now() + interval '7 days', 'test', 'a@example.test', 'a@example.test' FROM orders WHERE id = :sold`,
    ),
  },
  {
    check: 'licence-is-verified-by-somebody-else',
    what: 'somebody has verified what he had recorded himself',
    example: /licence NO-1 was recorded and verified by a@example.test/,
    plant: sql(
      'ALTER TABLE licences DROP CONSTRAINT ck_licences_four_eyes',
      A_LICENCE('A@example.test'),
    ),
  },
];
