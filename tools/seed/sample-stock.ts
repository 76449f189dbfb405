import type pg from 'pg';

/** One product is kept in stock: the first sweep finds its shelf empty and buys twenty cards from the simulator. */
const RULE = `
  INSERT INTO replenishment_rules (product_id, target_hours, quantity_min, quantity_max, lot_size, day_budget_hao,
    month_budget_hao, approval_limit_hao)
  SELECT id, 48, 20, 200, 10, 20000000, 300000000, 10000000 FROM products WHERE code = 'VIDEO-30'
  ON CONFLICT (product_id) DO NOTHING`;

/** The next Spring Festival, with what two products are expected to sell and what a supplier has promised. */
const PLAN = `
  WITH plan AS (
    INSERT INTO peak_plans (name, starts_on, ends_on, lead_days, remark)
    SELECT '2027 年春节', '2027-01-30', '2027-02-12', 14, '示例计划'
    WHERE NOT EXISTS (SELECT 1 FROM peak_plans) RETURNING id, name
  ), lines AS (
    INSERT INTO peak_lines (plan_id, product_id, label, factor, base_per_day)
    SELECT plan.id, p.id, plan.name || ' · ' || p.code, r.factor, r.base_per_day
    FROM plan, (VALUES ('STEAM-100', 3, 120), ('VIDEO-30', 4, 30)) AS r(code, factor, base_per_day)
    JOIN products p ON p.code = r.code RETURNING id, product_id
  )
  INSERT INTO capacity_requests (line_id, supplier_id, quantity, status, confirmed_quantity, confirmed_price_hao, contact, note,
    answered_by, answered_at)
  SELECT l.id, s.id, r.quantity, r.status, r.confirmed_quantity, r.confirmed_price_hao, r.contact, r.note,
    CASE WHEN r.status = 'confirmed' THEN 'sample data' END, CASE WHEN r.status = 'confirmed' THEN now() END
  FROM (VALUES
      ('sim-kasushou', 1000, 'confirmed', 800, 284000, '王经理', '电话确认，节前三天备齐'),
      ('sim-xinghai', 600, 'asked', NULL, NULL, '李小姐', '等待回复')
    ) AS r(supplier, quantity, status, confirmed_quantity, confirmed_price_hao, contact, note)
  JOIN suppliers s ON s.code = r.supplier
  JOIN products p ON p.code = 'VIDEO-30' JOIN lines l ON l.product_id = p.id`;

/** What shows how stock is kept and how a peak is prepared. What is there already stays as it is. */
export async function addSampleStock(pool: pg.Pool): Promise<void> {
  await pool.query(RULE);
  await pool.query(PLAN);
}
