const FULFILLED_MIN = 0.998;

/** @typedef {import('../supply-run.mjs').Options} Options */
/** Says what a run came to, and whether it is good enough. */
/** @param {Options} options @param {Awaited<ReturnType<typeof import('./run.mjs').run>>} result */
export function report(options, { views, verdict, doctor: checked }) {
  const count = (/** @type {string} */ status) =>
    [...views.values()].filter((view) => view.status === status).length;
  const summary = {
    orders: views.size,
    fulfilled: count('succeeded'),
    partial: count('partial'),
    failed: count('failed') + count('cancelled'),
    unknownOpen: verdict.unknownOpen,
    doubleDeliveries: verdict.doubleDeliveries.length,
    ledgerDifferences: verdict.ledgerDifferences.length,
    doctorViolations: checked.violations,
    seed: options.seed,
    clockSpeed: options.clockSpeed,
  };
  for (const line of [...verdict.doubleDeliveries, ...verdict.ledgerDifferences].slice(0, 20))
    console.error(`  ${line}`);
  for (const check of checked.checks.filter((/** @type {any} */ one) => one.violations > 0))
    console.error(`  doctor: ${check.name}: ${check.violations}`);
  if (options.isJson) console.log(JSON.stringify(summary));
  else
    console.log(
      [
        `${summary.fulfilled} of ${summary.orders} orders fulfilled (${((100 * summary.fulfilled) / summary.orders).toFixed(2)} %), ${summary.partial} partly, ${summary.failed} failed.`,
        `${summary.doubleDeliveries} double deliveries, ${summary.ledgerDifferences} differences between our books and the sources', ${summary.unknownOpen} outcomes unknown, ${summary.doctorViolations} violations.`,
      ].join('\n'),
    );
  const isGood =
    summary.orders === options.orders &&
    summary.fulfilled >= FULFILLED_MIN * summary.orders &&
    summary.doubleDeliveries + summary.ledgerDifferences + summary.unknownOpen === 0 &&
    summary.doctorViolations === 0;
  if (!isGood) process.exitCode = 1;
}
