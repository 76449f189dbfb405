import type { AlertFact } from '../alert/alert-change.js';
import type { Sql } from '../database/sql.js';

const HELD = `
  SELECT p.code, count(*)::int AS count FROM risk_cases c JOIN platforms p ON p.id = c.platform_id
  JOIN risk_rules r ON r.kind = 'hold-policy' AND r.is_current
  WHERE c.status = 'open' AND c.due_at < $1::timestamptz + (r.params ->> 'alertHours')::int * interval '1 hour'
  GROUP BY p.code`;

const SIGNALS = `
  SELECT p.code, s.subject, s.kind, s.order_count FROM risk_signals s JOIN platforms p ON p.id = s.platform_id
  WHERE s.status = 'open' ORDER BY s.id DESC LIMIT 200`;

/** A source that was taken out of use is told of for a week. */
const SLOW = `
  SELECT p.code AS product, s.code AS supplier FROM supply_routes r JOIN products p ON p.id = r.product_id
  JOIN suppliers s ON s.id = r.supplier_id WHERE r.is_slow_charge AND r.updated_at > now() - interval '7 days'`;

/** What of risk a person should look at. */
export async function riskFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const held = await sql.query<{ code: string; count: number }>({
    name: 'alert-held-orders',
    text: HELD,
    values: [new Date(nowMs)],
  });
  const signals = await sql.query<{
    code: string;
    subject: string;
    kind: string;
    order_count: number;
  }>({ name: 'alert-risk-signals', text: SIGNALS });
  const slow = await sql.query<{ product: string; supplier: string }>({
    name: 'alert-slow-charge',
    text: SLOW,
  });
  return [
    ...slow.rows.map(({ product, supplier }): AlertFact => ({
      kind: 'slow-charge',
      subject: `${product} ← ${supplier}`,
      state: 'crossed',
      value: '',
    })),
    ...held.rows.map(({ code, count }): AlertFact => ({
      kind: 'held-order-due',
      subject: code,
      state: 'crossed',
      value: String(count),
    })),
    ...signals.rows.map(({ code, subject, kind, order_count: count }): AlertFact => ({
      kind: 'risk-signal',
      subject: `${code}${subject === '' ? '' : ` / ${subject}`} · ${kind}`,
      state: 'crossed',
      value: String(count),
    })),
  ];
}
