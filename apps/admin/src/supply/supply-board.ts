import type { Pool } from 'pg';
import {
  breakerSince,
  isSettled,
  latencyAt,
  MAY_STILL_DELIVER,
  wasGood,
  type AttemptStatus,
  type RecentAttempt,
} from '#domain';
import { translate, type Language } from '#domain/i18n';
import { recordPage } from '../components/places.js';
import type { RelatedCell, RelatedSection } from '../components/views.js';
import { percent, seconds } from './choice-section.js';

const ROUTES_MAX = 200;
/** So many attempts of a route are looked at, the newest ones. */
const ATTEMPTS_MAX = 1_000;
const MINUTE_MS = 60_000;
const HOURS = 24;
const WINDOWS = [
  ['window15', 15],
  ['window60', 60],
  ['window1440', 1_440],
] as const;

const READ = `
  SELECT r.id, p.code AS product, s.code AS supplier, r.status, s.status AS supplier_status, r.breaker_reset_at, recent.attempts
  FROM supply_routes r JOIN products p ON p.id = r.product_id JOIN suppliers s ON s.id = r.supplier_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(a.status, floor(extract(epoch FROM a.created_at) * 1000),
      floor(extract(epoch FROM a.settled_at) * 1000)) ORDER BY a.id DESC) AS attempts
    FROM (SELECT id, status, created_at, settled_at FROM attempts WHERE route_id = r.id ORDER BY id DESC LIMIT ${ATTEMPTS_MAX}) AS a
    WHERE a.created_at > now() - interval '${HOURS} hours') AS recent ON true
  WHERE ($1::uuid IS NULL OR r.supplier_id = $1) AND ($2::uuid IS NULL OR r.id = $2)
  ORDER BY p.code, r.priority, s.code LIMIT ${ROUTES_MAX}`;

interface RouteRow {
  id: string;
  product: string;
  supplier: string;
  status: string;
  supplier_status: string;
  breaker_reset_at: Date | null;
  attempts: [AttemptStatus, number, number | null][] | null;
}

/** How routes are doing, over a quarter of an hour, an hour and a day, with the day drawn hour by hour. */
export async function routeWindows(
  pool: Pool,
  language: Language,
  { supplierId, routeId }: { readonly supplierId?: string; readonly routeId?: string },
): Promise<RelatedSection> {
  const { rows } = await pool.query<RouteRow>(READ, [supplierId ?? null, routeId ?? null]);
  const say = (name: Head): string => translate(language, `page.supply.${name}`);
  const heads: Head[] = ['breaker', 'window15', 'window60', 'window1440'];
  const nowMs = Date.now();
  return {
    title: translate(language, 'page.supply.routeHealth'),
    hint: translate(language, 'page.supply.boardHint'),
    heads: [
      translate(language, 'field.Attempt.routeId'),
      ...[...heads, ...(['median', 'slowest', 'inFlight', 'trend'] as const)].map(say),
    ],
    rows: rows.map((row) => rowOf(language, row, nowMs)),
    empty: translate(language, 'page.supply.noSource'),
  };
}

type Head =
  'breaker' | 'window15' | 'window60' | 'window1440' | 'median' | 'slowest' | 'inFlight' | 'trend';

function rowOf(language: Language, row: RouteRow, nowMs: number): RelatedCell[] {
  const recent = (row.attempts ?? []).map(([status, createdAtMs, settledAtMs]) => ({
    status,
    createdAtMs,
    settledAtMs,
  }));
  const inFlight = recent.filter(({ status }) => MAY_STILL_DELIVER[status]).length;
  const day = windowText(recent);
  return [
    { text: `${row.product} ← ${row.supplier}`, to: recordPage('SupplyRoute', row.id) },
    breakerCell(language, row, { recent, nowMs }),
    ...WINDOWS.map(([, minutes]) => ({
      text: windowText(
        recent.filter(({ createdAtMs }) => createdAtMs > nowMs - minutes * MINUTE_MS),
      ),
      isNumber: true,
    })),
    { text: seconds(latencyAt(recent, 0.5)), isNumber: true },
    { text: seconds(latencyAt(recent, 0.95)), isNumber: true },
    { text: String(inFlight), isNumber: true },
    { text: day, columns: hourly(recent, nowMs) },
  ];
}

/** A route that is paused is not tried, whatever its breaker says. */
function breakerCell(
  language: Language,
  row: RouteRow,
  { recent, nowMs }: { readonly recent: readonly RecentAttempt[]; readonly nowMs: number },
): RelatedCell {
  if (row.supplier_status !== 'active')
    return { text: translate(language, 'enum.ineligibleReason.supplier-paused'), tag: 'paused' };
  if (row.status !== 'active')
    return { text: translate(language, 'enum.ineligibleReason.route-paused'), tag: 'paused' };
  // The breaker looks at the last forty of an hour, as routing does.
  const lastHour = recent
    .slice(0, 40)
    .filter(({ createdAtMs }) => createdAtMs > nowMs - 60 * MINUTE_MS);
  const breaker = breakerSince(row.breaker_reset_at?.getTime() ?? null, lastHour, nowMs);
  return { text: translate(language, `enum.breakerState.${breaker}`), tag: `breaker-${breaker}` };
}

/** Delivered of settled, and the share. */
function windowText(attempts: readonly RecentAttempt[]): string {
  const settled = attempts.filter(isSettled);
  if (settled.length === 0) return '–';
  const good = settled.filter(wasGood).length;
  return `${percent(good / settled.length)} (${good}/${settled.length})`;
}

function hourly(
  attempts: readonly RecentAttempt[],
  nowMs: number,
): readonly { readonly good: number; readonly bad: number }[] {
  const hours = Array.from({ length: HOURS }, () => ({ good: 0, bad: 0 }));
  for (const attempt of attempts.filter(isSettled)) {
    const ago = Math.floor((nowMs - attempt.createdAtMs) / (60 * MINUTE_MS));
    const hour = hours[HOURS - 1 - Math.min(HOURS - 1, Math.max(0, ago))];
    if (hour) hour[wasGood(attempt) ? 'good' : 'bad'] += 1;
  }
  return hours;
}
