import type { ClientBase } from 'pg';
import {
  EXAMPLES_MAX,
  type CheckResult,
  type DoctorCheck,
  type DoctorCircumstances,
} from './check.js';
import { LEDGER_CHECKS } from './ledger-checks.js';
import { LICENCE_CHECKS } from './licence-checks.js';
import { LARGE_ORDER_CHECKS } from './large-order-checks.js';
import { COMPLAINT_CHECKS } from './complaint-checks.js';
import { COMPENSATION_CHECKS } from './compensation-checks.js';
import { INCIDENT_CHECKS } from './incident-checks.js';
import { MONEY_CHECKS } from './money-checks.js';
import { ORDER_CHECKS } from './order-checks.js';
import { ORPHAN_CHECKS } from './orphan-checks.js';
import { RECONCILIATION_CHECKS } from './reconciliation-checks.js';
import { RISK_CHECKS } from './risk-checks.js';
import { SETTLEMENT_CHECKS } from './settlement-checks.js';
import { STOCK_CHECKS } from './stock-checks.js';
import { REPLENISHMENT_CHECKS } from './replenishment-checks.js';
import { SUPPLY_CHECKS } from './supply-checks.js';

/** The invariants of docs/architecture.md, each as SQL. */
export const DOCTOR_CHECKS: readonly DoctorCheck[] = [
  ...STOCK_CHECKS,
  ...ORDER_CHECKS,
  ...MONEY_CHECKS,
  ...LEDGER_CHECKS,
  ...RISK_CHECKS,
  ...ORPHAN_CHECKS,
  ...SUPPLY_CHECKS,
  ...LARGE_ORDER_CHECKS,
  ...REPLENISHMENT_CHECKS,
  ...RECONCILIATION_CHECKS,
  ...COMPENSATION_CHECKS,
  ...INCIDENT_CHECKS,
  ...SETTLEMENT_CHECKS,
  ...LICENCE_CHECKS,
  ...COMPLAINT_CHECKS,
];

/**
 * Begins the one snapshot in which everything is looked at, so that a running system cannot look broken between two
 * checks. Read-only; the caller ends it with ROLLBACK. Sorting and hashing whole tables wants memory and no time limit.
 */
export async function beginSnapshot(client: ClientBase): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await client.query(
    `SET LOCAL work_mem = '128MB'; SET LOCAL statement_timeout = 0;
     SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off`,
  );
}

/** Runs all invariants that are SQL, one after the other. */
export async function runChecks(
  client: ClientBase,
  circumstances: DoctorCircumstances,
  checks: readonly DoctorCheck[] = DOCTOR_CHECKS,
): Promise<CheckResult[]> {
  const counts = new Map<string, number>();
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(client, check, circumstances, counts));
  return results;
}

async function runCheck(
  client: ClientBase,
  check: DoctorCheck,
  { isTemporalAway }: DoctorCircumstances,
  counts: Map<string, number>,
): Promise<CheckResult> {
  const startedMs = Date.now();
  if (check.needsTemporal && isTemporalAway) {
    const skipped = 'not looked: Temporal is away';
    return { name: check.name, looked: 0, violations: 0, examples: [], durationMs: 0, skipped };
  }
  const looked = counts.get(check.looked) ?? (await count(client, check.looked));
  counts.set(check.looked, looked);
  const { rows } = await client.query<{ violations: string; examples: string[] | null }>(`
    WITH found AS MATERIALIZED (${check.violations})
    SELECT (SELECT count(*) FROM found) AS violations,
      (SELECT array_agg(example) FROM (SELECT example FROM found LIMIT ${EXAMPLES_MAX}) AS few) AS examples`);
  return {
    name: check.name,
    looked,
    violations: Number(rows[0]?.violations ?? 0),
    examples: rows[0]?.examples ?? [],
    durationMs: Date.now() - startedMs,
  };
}

async function count(client: ClientBase, from: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${from}`);
  return Number(rows[0]?.count ?? 0);
}
