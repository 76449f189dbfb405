import type { DoctorCheck } from './check.js';

/** Whoever changes something about licences changes the products with it; a sweep is there four times a minute. */
const GRACE = `interval '2 minutes'`;
const DAY = `((now() - ${GRACE}) AT TIME ZONE 'Asia/Shanghai')::date`;

/** What holds on that day: looked at in the register itself, not in the gates that were counted from it. */
const COVERS = `
  l.type_id = r.type_id AND l.standing = 'in-force' AND l.verified_at IS NOT NULL
  AND l.effective_on <= ${DAY} AND (l.expires_on IS NULL OR l.expires_on >= ${DAY})
  AND (r.holder IS NULL OR l.holder = r.holder)
  AND (l.categories = '{}' OR p.category = ANY(l.categories)) AND (l.product_codes = '{}' OR p.code = ANY(l.product_codes))
  AND (l.territories = '{}' OR r.territory = ANY(l.territories))`;

export const LICENCE_CHECKS: readonly DoctorCheck[] = [
  {
    name: 'product-on-sale-is-covered',
    looked: 'licence_requirements WHERE is_active AND platform_id IS NULL',
    violations: `
      SELECT format('product %s is on sale without %s', p.code, t.code) AS example
      FROM licence_requirements r JOIN licence_types t ON t.id = r.type_id
      JOIN products p ON (r.product_id IS NULL OR r.product_id = p.id) AND (r.category IS NULL OR r.category = p.category)
      WHERE r.is_active AND r.platform_id IS NULL AND p.status = 'on-sale'
        AND greatest(r.updated_at, p.updated_at) < now() - ${GRACE}
        AND NOT EXISTS (SELECT 1 FROM licences l WHERE ${COVERS})
        AND NOT EXISTS (SELECT 1 FROM licences l WHERE l.type_id = r.type_id AND l.updated_at > now() - ${GRACE})
        AND NOT EXISTS (SELECT 1 FROM gate_overrides o WHERE o.product_id = p.id AND o.ends_at > now() - ${GRACE})`,
  },
  {
    name: 'order-was-accepted-with-its-licences',
    looked: 'sale_gate_changes',
    violations: `
      SELECT format('order %s was accepted %s after its licence had lapsed', o.order_no,
        date_trunc('second', o.created_at - c.created_at)) AS example
      FROM (SELECT DISTINCT product_id FROM sale_gate_changes) AS g JOIN orders o ON o.product_id = g.product_id
      CROSS JOIN LATERAL (SELECT h.* FROM sale_gate_changes h
        WHERE h.product_id = o.product_id AND h.created_at < o.created_at - interval '10 seconds'
          AND (h.platform_id = o.platform_id OR h.platform_id IS NULL)
        ORDER BY h.platform_id NULLS LAST, h.id DESC LIMIT 1) AS c
      WHERE o.origin_kind IS DISTINCT FROM 'replacement' AND c.is_required
        AND c.sell_until < (o.created_at AT TIME ZONE 'Asia/Shanghai')::date
        AND NOT coalesce(c.override_until > o.created_at, false)
        AND NOT EXISTS (SELECT 1 FROM sale_gate_changes n WHERE n.product_id = o.product_id
          AND n.created_at BETWEEN o.created_at - interval '10 seconds' AND o.created_at + interval '10 seconds')`,
  },
  {
    name: 'stopped-product-has-its-reason',
    looked: 'sale_stops WHERE ended_at IS NULL',
    violations: `
      SELECT format('product %s is stopped for want of a licence and is %s', p.code, p.status) AS example
      FROM sale_stops s JOIN products p ON p.id = s.product_id
      WHERE s.ended_at IS NULL AND p.status = 'on-sale' AND p.updated_at < now() - ${GRACE}`,
  },
  {
    name: 'override-is-short-and-of-two-people',
    looked: 'gate_overrides',
    violations: `
      SELECT format('override %s lasts %s, asked by %s and approved by %s', id, ends_at - starts_at, asked_by, approved_by) AS example
      FROM gate_overrides WHERE ends_at > starts_at + interval '72 hours' OR lower(asked_by) = lower(approved_by)`,
  },
  {
    name: 'licence-is-verified-by-somebody-else',
    looked: 'licences WHERE verified_at IS NOT NULL',
    violations: `
      SELECT format('licence %s was recorded and verified by %s', number, verified_by) AS example
      FROM licences WHERE verified_at IS NOT NULL AND lower(verified_by) = lower(recorded_by)`,
  },
];
