import type pg from 'pg';
import { inTransaction } from '#domain/database';
import { refreshGatesIn } from '#domain/stores';

/** Two pieces of software of our own shelf; nothing that others prescribe is touched. */
const PRODUCTS = `
  WITH made AS (
    INSERT INTO products (code, name, kind, category, status, may_wait, wait_seconds, licence_term_days)
    SELECT r.code, r.name, 'card', 'software', 'on-sale', true, 600, r.term
    FROM (VALUES ('SOFT-OFFICE', '示例办公软件 一年版', 365), ('SOFT-DRAW', '示例绘图软件（授权已到期）', 365)) AS r(code, name, term)
    WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.code = r.code) RETURNING id
  )
  INSERT INTO prices (product_id, unit_price_hao, valid_from) SELECT id, 1980000, now() - interval '1 minute' FROM made`;

/** Only on an empty register: whatever people have entered stays as it is. */
const LICENCES = `
  WITH days AS (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today)
  INSERT INTO licences (name, type_id, holder, number, issuer, issued_on, effective_on, expires_on, product_codes, owner_email,
    recorded_by, verified_by, verified_at, next_at, remark)
  SELECT r.name, t.id, '示例科技有限公司', r.number, r.issuer, r.from_on, r.from_on, r.to_on, r.products, c.email,
    'sample data', c.email, now(), now(), '示例资质'
  FROM days d CROSS JOIN LATERAL (VALUES
    ('办公软件经销授权', 'software-distribution', 'SD-2024-001', '示例软件厂商', d.today - 700, d.today + 45, '{SOFT-OFFICE}'::text[]),
    ('绘图软件经销授权', 'software-distribution', 'SD-2023-014', '示例绘图厂商', d.today - 733, d.today - 3, '{SOFT-DRAW}'),
    ('增值电信业务经营许可证', 'telecom-icp', 'B2-2022-0001', '示例通信管理局', d.today - 1700, d.today + 120, '{}'),
    ('软件著作权登记证书', 'software-copyright', '2023SR000001', '示例版权中心', d.today - 900, NULL, '{}'),
    ('示例卡盟合作协议', 'platform-agreement', 'PA-2026-01', '示例卡盟', d.today - 300, d.today + 20, '{}')
  ) AS r(name, type, number, issuer, from_on, to_on, products)
  JOIN licence_types t ON t.code = r.type CROSS JOIN (SELECT email FROM staff WHERE role IN ('compliance', 'owner')
    ORDER BY role LIMIT 1) AS c`;
const REVIEWED = `
  UPDATE licences SET reviewed_on = (now() AT TIME ZONE 'Asia/Shanghai')::date - 60 WHERE number = '2023SR000001'`;
const RENEWAL = `
  INSERT INTO licence_renewals (licence_id, status, started_by, receipt_no, submitted_on)
  SELECT l.id, 'submitted', 'sample data', 'SL-20260001', (now() AT TIME ZONE 'Asia/Shanghai')::date - 4
  FROM licences l WHERE l.number = 'B2-2022-0001'`;
const REQUIREMENT = `
  INSERT INTO licence_requirements (product_id, type_id, remark)
  SELECT p.id, t.id, '示例要求' FROM products p, licence_types t WHERE p.code LIKE 'SOFT-%' AND t.code = 'software-distribution'`;
const RUNS = `
  INSERT INTO outbox_messages (kind, subject, not_before) SELECT 'licence-changed', id::text, now() FROM licences`;

/** What shows how licences are kept: one that ends soon, one that never ends, one in renewal, one that has lapsed. */
export async function addSampleLicences(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    const known = await client.query('SELECT 1 FROM licences LIMIT 1');
    if (known.rowCount !== 0) return;
    await client.query(PRODUCTS);
    await client.query(LICENCES);
    await client.query(REVIEWED);
    await client.query(RENEWAL);
    await client.query(REQUIREMENT);
    await client.query(RUNS);
    await refreshGatesIn(client, Date.now());
  });
}
