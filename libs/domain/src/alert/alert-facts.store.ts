import type { Sql } from '../database/sql.js';
import { runwayState } from '../inventory/stock-runway.js';
import { moneyDueFacts } from '../settlement/money-due-alerts.store.js';
import { complaintFacts } from '../complaint/complaint-alerts.store.js';
import { licenceFacts } from '../licence/licence-alerts.store.js';
import { incidentFacts } from '../incident/incident-alerts.store.js';
import { settlementFacts } from '../settlement/settlement-alerts.store.js';
import { formatAmount } from '../shared/money.js';
import { breakerSince } from '../supply/breaker.js';
import { creditFacts } from '../credit/credit-alerts.store.js';
import { riskFacts } from '../risk/risk-alerts.store.js';
import { readRouteFacts } from '../supply/routing-facts.store.js';
import { balanceState, type AlertFact } from './alert-change.js';

/** So long nobody could read a balance before it is worth an alert. */
const UNREAD_MINUTES = 15;
/** So long after the last one a code that is on no list is a matter. */
const NEW_CODE_HOURS = 24;

/** So long a purchase of stock may wait for a second person. */
const APPROVAL_WAITS_MINUTES = 30;

const BALANCES = `
  SELECT code, balance_hao, balance_floor_hao,
    read_fault IS NOT NULL AND coalesce(balance_read_at, created_at) < now() - interval '${UNREAD_MINUTES} minutes' AS is_unread,
    read_fault
  FROM suppliers WHERE status = 'active'`;

const UNDECIDED = `
  SELECT s.code, count(*)::int AS count FROM attempts a JOIN suppliers s ON s.id = a.supplier_id
  WHERE a.person_reason IS NOT NULL AND a.status IN ('prepared', 'accepted', 'unknown') GROUP BY s.code`;

const NEW_CODES = `
  SELECT DISTINCT s.code, a.outcome_code FROM attempts a JOIN suppliers s ON s.id = a.supplier_id
  WHERE a.unknown_cause = 'new-code' AND a.created_at > now() - interval '${NEW_CODE_HOURS} hours'`;

const ROUTES = `
  SELECT p.code AS product, s.code AS supplier, r.cost_hao, r.is_on_shelf, r.supplier_stock, p.may_sell_at_loss, lowest.price_hao
  FROM supply_routes r JOIN products p ON p.id = r.product_id JOIN suppliers s ON s.id = r.supplier_id
  LEFT JOIN LATERAL (SELECT min(l.unit_price_hao) AS price_hao FROM prices l
    WHERE l.product_id = p.id AND l.valid_from <= now() AND (l.valid_to IS NULL OR l.valid_to > now())) AS lowest ON true
  WHERE r.status = 'active' AND s.status = 'active' AND p.status = 'on-sale'`;

/** Everything that may raise or end an alert, as it stands now. */
export async function readAlertFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  return [
    ...(await balanceFacts(sql)),
    ...(await undecidedFacts(sql)),
    ...(await newCodeFacts(sql)),
    ...(await routeFacts(sql)),
    ...(await breakerFacts(sql, nowMs)),
    ...(await runwayFacts(sql)),
    ...(await replenishmentFacts(sql)),
    ...(await riskFacts(sql, nowMs)),
    ...(await creditFacts(sql)),
    ...(await settlementFacts(sql, nowMs)),
    ...(await moneyDueFacts(sql, nowMs)),
    ...(await complaintFacts(sql)),
    ...(await licenceFacts(sql, nowMs)),
    ...(await incidentFacts(sql, nowMs)),
  ];
}

async function balanceFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    code: string;
    balance_hao: string | null;
    balance_floor_hao: string | null;
    is_unread: boolean;
    read_fault: string | null;
  }>({ name: 'alert-balances', text: BALANCES });
  return rows.flatMap((row): AlertFact[] => {
    const unread: AlertFact = {
      kind: 'balance-unread',
      subject: row.code,
      state: row.is_unread ? 'crossed' : 'clear',
      value: row.read_fault ?? '',
    };
    if (row.balance_hao === null || row.balance_floor_hao === null) return [unread];
    const balanceHao = Number(row.balance_hao);
    const state = balanceState(balanceHao, Number(row.balance_floor_hao));
    return [
      unread,
      { kind: 'balance-low', subject: row.code, state, value: formatAmount(balanceHao) },
    ];
  });
}

async function undecidedFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{ code: string; count: number }>({
    name: 'alert-undecided',
    text: UNDECIDED,
  });
  return rows.map(({ code, count }) => ({
    kind: 'outcome-undecided',
    subject: code,
    state: 'crossed',
    value: String(count),
  }));
}

async function newCodeFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{ code: string; outcome_code: string | null }>({
    name: 'alert-new-codes',
    text: NEW_CODES,
  });
  return rows.map(({ code, outcome_code: outcomeCode }) => ({
    kind: 'new-code',
    subject: `${code} ${outcomeCode ?? '?'}`,
    state: 'crossed',
    value: outcomeCode ?? '?',
  }));
}

async function routeFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    product: string;
    supplier: string;
    cost_hao: string;
    is_on_shelf: boolean | null;
    supplier_stock: number | null;
    may_sell_at_loss: boolean;
    price_hao: string | null;
  }>({ name: 'alert-routes', text: ROUTES });
  return rows.flatMap((row): AlertFact[] => {
    const subject = `${row.product} ← ${row.supplier}`;
    const costHao = Number(row.cost_hao);
    const isLoss =
      !row.may_sell_at_loss && row.price_hao !== null && costHao > Number(row.price_hao);
    const isGone = row.is_on_shelf === false || row.supplier_stock === 0;
    return [
      {
        kind: 'sold-at-loss',
        subject,
        state: isLoss ? 'crossed' : 'clear',
        value: formatAmount(costHao),
      },
      {
        kind: 'off-shelf',
        subject,
        state: isGone ? 'crossed' : 'clear',
        value: row.supplier_stock === null ? '' : String(row.supplier_stock),
      },
    ];
  });
}

const SUPPLIED_PRODUCTS = `
  SELECT DISTINCT r.product_id, p.code FROM supply_routes r JOIN products p ON p.id = r.product_id
  WHERE r.status = 'active' AND p.status = 'on-sale'`;

/** A source that is tried again, one order at a time, has not come back yet. */
async function breakerFacts(sql: Sql, nowMs: number): Promise<AlertFact[]> {
  const { rows } = await sql.query<{ product_id: string; code: string }>({
    name: 'alert-supplied-products',
    text: SUPPLIED_PRODUCTS,
  });
  const facts: AlertFact[] = [];
  for (const { product_id: productId, code } of rows)
    for (const route of await readRouteFacts(sql, { productId, nowMs })) {
      const breaker = breakerSince(route.breakerResetAtMs, route.recent, nowMs);
      facts.push({
        kind: 'supplier-failing',
        subject: `${code} ← ${route.supplierCode}`,
        state: ({ open: 'crossed', 'half-open': 'between', closed: 'clear' } as const)[breaker],
        value: breaker,
      });
    }
  return facts;
}

const RUNWAYS = `
  SELECT p.code, r.hours_min, r.hours_left FROM stock_runways r JOIN products p ON p.id = r.product_id
  WHERE EXISTS (SELECT 1 FROM replenishment_rules rule
      WHERE rule.product_id = p.id AND rule.is_active AND rule.mode = 'buy')
    OR NOT EXISTS (SELECT 1 FROM supply_routes l JOIN suppliers s ON s.id = l.supplier_id
    WHERE l.product_id = p.id AND NOT l.is_standby AND l.status = 'active' AND s.status = 'active')`;

async function runwayFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    code: string;
    hours_min: number;
    hours_left: number | null;
  }>({ name: 'alert-runways', text: RUNWAYS });
  return rows.map(({ code, hours_min: minHours, hours_left: hoursLeft }) => ({
    kind: 'stock-short',
    subject: code,
    state: runwayState(hoursLeft, minHours),
    value: hoursLeft === null ? '' : `${hoursLeft.toFixed(1)} h`,
  }));
}

/** The last purchase of stock of each product, as long as it is news: it stopped short, or waits for approval too long. */
const REPLENISHMENTS = `
  SELECT DISTINCT ON (r.product_id) r.replenishment_no, r.status, r.received_quantity, r.quantity,
    (r.status IN ('budget-spent', 'no-source') AND w.product_id IS NOT NULL AND w.hours_left < w.hours_min)
      OR (r.status = 'approval' AND r.created_at < now() - interval '${APPROVAL_WAITS_MINUTES} minutes') AS is_stuck
  FROM replenishments r LEFT JOIN stock_runways w ON w.product_id = r.product_id
  ORDER BY r.product_id, r.run_no DESC`;

async function replenishmentFacts(sql: Sql): Promise<AlertFact[]> {
  const { rows } = await sql.query<{
    replenishment_no: string;
    status: string;
    received_quantity: number;
    quantity: number;
    is_stuck: boolean;
  }>({ name: 'alert-replenishments', text: REPLENISHMENTS });
  return rows.map((row) => ({
    kind: 'replenishment-stuck',
    subject: row.replenishment_no,
    state: row.is_stuck ? 'crossed' : 'clear',
    value: `${row.status} ${row.received_quantity}/${row.quantity}`,
  }));
}
