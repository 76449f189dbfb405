import type { CheckResult } from '#domain/stores';

/** The result for people: one line per check, and examples below each that found something. */
export function reportText(results: readonly CheckResult[], isVerbose: boolean): string {
  const nameWidth = Math.max(...results.map((result) => result.name.length));
  const lines = results.flatMap((result) => {
    const mark = result.skipped ? '–' : result.violations > 0 ? '✗' : '✓';
    const time = isVerbose ? `  ${String(result.durationMs).padStart(6)} ms` : '';
    const finding =
      result.skipped ?? (result.violations > 0 ? `${result.violations} violations` : '');
    const line = `${mark} ${result.name.padEnd(nameWidth)}  ${String(result.looked).padStart(10)} looked at${time}  ${finding}`;
    return [line.trimEnd(), ...examplesOf(result)];
  });
  const total = violationCount(results);
  const verdict =
    total === 0 ? 'Every invariant holds.' : `${total} violations; see docs/runbook.md.`;
  return [...lines, '', `${results.length} checks. ${verdict}`].join('\n');
}

function examplesOf(result: CheckResult): string[] {
  const left = result.violations - result.examples.length;
  const more = left > 0 ? [`    … and ${left} more`] : [];
  return [...result.examples.map((example) => `    ${example}`), ...more];
}

/** The result for scripts, in the form the platform contract gives it. */
export function reportJson(results: readonly CheckResult[]): string {
  const checks = results.map(({ name, looked, violations }) => ({ name, looked, violations }));
  return JSON.stringify({ checks, violations: violationCount(results) });
}

export function violationCount(results: readonly CheckResult[]): number {
  return results.reduce((sum, result) => sum + result.violations, 0);
}
