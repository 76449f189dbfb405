import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { openSqlPool } from '#domain/database';
import { isGoodMonth, type MonthReport, runMonth } from './run.js';

// The month itself, on the fresh database of DATABASE_URL; `npm run sample-month` brings one.
const CONNECTIONS = 3;
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
});
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) throw new Error('DATABASE_URL is not set: npm run sample-month sets it.');

const pool = openSqlPool(databaseUrl, CONNECTIONS, 'kagong-sample-month');
const startedMs = Date.now();
try {
  const report = await runMonth(pool, values.seed, (text) =>
    console.error(`${((Date.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${text}`),
  );
  console.log(values.json ? JSON.stringify(report) : textOf(report));
  if (!isGoodMonth(report)) process.exitCode = 1;
} finally {
  await pool.end();
}

function textOf(report: MonthReport): string {
  return [
    `${report.orders} orders, ${report.lines} statement lines (seed ${report.seed})`,
    `${report.found} of ${report.planted} planted differences found, ${report.invented} invented, ${report.resolved} resolved`,
    `${report.unexplainedHao} hao unexplained, doctor finds ${report.doctorViolations}`,
    ...report.details,
  ].join('\n');
}
