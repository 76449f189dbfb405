import type pg from 'pg';
import { doctorFinds, judge, resolveAll, unexplainedHao } from './judge.js';
import { reconcileMonth } from './month.js';

export interface MonthReport {
  readonly seed: string;
  readonly orders: number;
  readonly lines: number;
  readonly planted: number;
  readonly found: number;
  readonly invented: number;
  /** Differences that were open, and resolved by the script behind the panel's commands. */
  readonly resolved: number;
  /** What their books and ours do not agree on afterwards, in hao. */
  readonly unexplainedHao: number;
  readonly doctorViolations: number;
  readonly details: readonly string[];
}

/** A month from its first sale to books that explain every fen. */
export async function runMonth(
  pool: pg.Pool,
  seed: string,
  say: (text: string) => void,
): Promise<MonthReport> {
  const month = await reconcileMonth(pool, seed, say);
  const verdict = await judge(pool, month.plants);
  const resolved = await resolveAll(pool, verdict.rows);
  say(`${resolved} differences resolved`);
  const violations = await doctorFinds(pool);
  return {
    seed,
    orders: month.saleCount,
    lines: month.lineCount,
    planted: verdict.planted,
    found: verdict.found,
    invented: verdict.invented,
    resolved,
    unexplainedHao: await unexplainedHao(pool, month),
    doctorViolations: violations.length,
    details: [
      ...verdict.missed.map((one) => `missed: ${one}`),
      ...verdict.inventions.map((one) => `invented: ${one}`),
      ...violations.map((one) => `doctor: ${one}`),
    ],
  };
}

/** Whether the month is as it must be. */
export function isGoodMonth(report: MonthReport): boolean {
  return (
    report.found === report.planted &&
    report.invented === 0 &&
    report.unexplainedHao === 0 &&
    report.doctorViolations === 0
  );
}
