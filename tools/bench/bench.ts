import { parseArgs } from 'node:util';
import { benchOrders, type OrdersOptions } from './orders.js';
import { reportJson, reportTable, writeReport } from './report.js';
import { endPrograms } from './runner.js';
import { BenchServers } from './servers.js';

// npm run bench -- orders: measures in-stock orders beside the limits of the same machine in the same run. Brings its
// own Postgres, and leaves a running Kagong alone.
const USAGE = `Usage: npm run bench -- supply, npm run bench -- lists, or
       npm run bench -- orders [--seconds 10] [--rounds 3] [--quick] [--grow] [--json]

  --seconds N   length of each run
  --rounds N    how often limits and product take turns; medians are reported
  --quick       short runs: shows that it works, writes no report
  --grow        also compare 10,000 with 1,000,000 cards in stock
  --json        one JSON object on the last line
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    grow: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function options(): OrdersOptions {
  const count = (text: string | undefined, usual: number): number => {
    const number = Number(text ?? usual);
    if (Number.isInteger(number) && number > 0) return number;
    throw new Error(`${text} is not a whole number above 0\n\n${USAGE}`);
  };
  const { quick, grow } = values;
  return {
    seconds: count(values.seconds, quick ? 3 : 10),
    rounds: count(values.rounds, quick ? 1 : 3),
    latencySeconds: quick ? 3 : 20,
    drainSeconds: quick ? 10 : 60,
    grow,
  };
}

const startedMs = Date.now();
const say = (text: string): void =>
  console.log(`${((Date.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${text}`);

async function main(): Promise<void> {
  if (values.help || positionals.length !== 1 || positionals[0] !== 'orders') {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const chosen = options();
  const servers = await BenchServers.prepare();
  const stop = (): Promise<void> => {
    endPrograms();
    return servers.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  try {
    const figures = await benchOrders(servers, chosen, say);
    console.log(`\n${reportTable(figures)}`);
    if (!values.quick) say(`written to ${writeReport(figures, chosen)}`);
    if (values.json) console.log(reportJson(figures, chosen));
  } finally {
    await stop();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  const { details, hint } = error as { details?: string; hint?: string };
  for (const text of [details, hint]) if (text !== undefined) console.error(text);
  process.exitCode = 1;
});
