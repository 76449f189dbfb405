import { setTimeout as sleep } from 'node:timers/promises';
import { BATCH_SIZE, Workbench, type Measured } from './measure.js';
import type { BenchServers } from './servers.js';
import { median } from './statistics.js';

export interface OrdersOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly latencySeconds: number;
  readonly drainSeconds: number;
  readonly grow: boolean;
}

/** All figures of one benchmark of in-stock orders. */
export interface OrdersFigures {
  readonly batchLimit: Measured;
  readonly statementLimit: Measured;
  readonly inProcess: Measured;
  readonly http: Measured;
  readonly severalPlatforms: Measured;
  /** The medians of each round's ratio of `http` to the two limits. */
  readonly ratioToBatch: number;
  readonly ratioToStatement: number;
  readonly alone: Measured & { readonly walBytesMedian?: number };
  readonly roundTripsAlone: number;
  readonly roundTripsPerBatch: number;
  readonly latency: readonly { readonly ratePerSecond: number; readonly measured: Measured }[];
  readonly workflows: WorkflowFigures | { readonly missing: string };
  readonly growth: { readonly small: Measured; readonly large: Measured } | undefined;
}

export interface WorkflowFigures {
  readonly waiting: Measured;
  readonly all: Measured;
  readonly latency: readonly { readonly ratePerSecond: number; readonly measured: Measured }[];
  readonly backlog: number;
  readonly drainedPerSecond: number;
  readonly left: number;
}

const RATES = [250, 500];
const WARM_UP_SECONDS = 10;
const STATEMENT_CONNECTIONS = 8;
const IN_FLIGHT = 2;
const ALONE_SECONDS = 3;
const GROWTH_RATE = 250;

export type Say = (text: string) => void;

export async function benchOrders(
  servers: BenchServers,
  options: OrdersOptions,
  say: Say,
): Promise<OrdersFigures> {
  say('starting Postgres (durable) and the api');
  await servers.startPostgres();
  const bench = await Workbench.open(servers);
  await servers.startApi('waiting');
  await bench.overHttp('waiting', WARM_UP_SECONDS);

  const rounds = await measureRounds(bench, options, say);
  const alone = await show(say, 'one at a time', () =>
    bench.overHttp('waiting', ALONE_SECONDS, { connections: 1 }),
  );
  const lone = await bench.inProcess(1, 1, ALONE_SECONDS);
  const latency = await measureLatency(bench, 'waiting', options.latencySeconds, say);
  const growth = options.grow ? await measureGrowth(bench, options.seconds, say) : undefined;
  const workflows = await measureWorkflows(servers, bench, options, say);
  await requireConsistent(bench);
  await bench.close();
  return {
    ...rounds,
    alone,
    roundTripsAlone: lone.roundTrips ?? Number.NaN,
    roundTripsPerBatch: rounds.inProcess.roundTrips ?? Number.NaN,
    latency,
    growth,
    workflows,
  };
}

/** The limits and the product in turn, so that whatever disturbs the machine disturbs them alike. */
async function measureRounds(
  bench: Workbench,
  { rounds, seconds }: OrdersOptions,
  say: Say,
): Promise<
  Pick<
    OrdersFigures,
    | 'batchLimit'
    | 'statementLimit'
    | 'inProcess'
    | 'http'
    | 'severalPlatforms'
    | 'ratioToBatch'
    | 'ratioToStatement'
  >
> {
  const runs: Record<
    'batchLimit' | 'statementLimit' | 'inProcess' | 'http' | 'severalPlatforms',
    Measured[]
  > = { batchLimit: [], statementLimit: [], inProcess: [], http: [], severalPlatforms: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const note = (name: string): string => `round ${round}: ${name}`;
    runs.batchLimit.push(
      await show(say, note('bare rows in batches'), () =>
        bench.limit(BATCH_SIZE, IN_FLIGHT, seconds),
      ),
    );
    runs.http.push(
      await show(say, note('product over HTTP'), () => bench.overHttp('waiting', seconds)),
    );
    runs.statementLimit.push(
      await show(say, note('bare rows one by one'), () =>
        bench.limit(1, STATEMENT_CONNECTIONS, seconds),
      ),
    );
    runs.severalPlatforms.push(
      await show(say, note('product, 8 platforms'), () =>
        bench.overHttp('waiting', seconds, { platforms: 8 }),
      ),
    );
    runs.inProcess.push(
      await show(say, note('product without HTTP'), () =>
        bench.inProcess(BATCH_SIZE, IN_FLIGHT, seconds),
      ),
    );
  }
  const ratio = (limit: readonly Measured[]): number =>
    median(runs.http.map((run, index) => run.perSecond / (limit[index]?.perSecond ?? Number.NaN)));
  return {
    batchLimit: typical(runs.batchLimit),
    statementLimit: typical(runs.statementLimit),
    inProcess: typical(runs.inProcess),
    http: typical(runs.http),
    severalPlatforms: typical(runs.severalPlatforms),
    ratioToBatch: ratio(runs.batchLimit),
    ratioToStatement: ratio(runs.statementLimit),
  };
}

/** The run with the middle throughput, whole, so that its figures belong together. */
function typical(runs: readonly Measured[]): Measured {
  const sorted = [...runs].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

async function measureLatency(
  bench: Workbench,
  mode: 'waiting' | 'all',
  seconds: number,
  say: Say,
): Promise<OrdersFigures['latency']> {
  const figures = [];
  for (const ratePerSecond of RATES) {
    const measured = await show(say, `${ratePerSecond}/s (${mode})`, () =>
      bench.overHttp(mode, seconds, { ratePerSecond }),
    );
    figures.push({ ratePerSecond, measured });
  }
  return figures;
}

async function measureGrowth(
  bench: Workbench,
  seconds: number,
  say: Say,
): Promise<OrdersFigures['growth']> {
  const at = async (code: string, cards: number): Promise<Measured> => {
    say(`stocking ${cards} cards`);
    const product = await bench.stockedProduct(code, cards);
    return show(say, `${cards} cards in stock`, () =>
      bench.overHttp('waiting', seconds, { ratePerSecond: GROWTH_RATE, product }),
    );
  };
  return { small: await at('SMALL', 10_000), large: await at('LARGE', 1_000_000) };
}

async function measureWorkflows(
  servers: BenchServers,
  bench: Workbench,
  options: OrdersOptions,
  say: Say,
): Promise<OrdersFigures['workflows']> {
  say('starting Temporal and the worker');
  const missing = await servers.startWorkflows();
  if (missing !== undefined) {
    say(`  not measured: ${missing.split('\n')[0]}`);
    return { missing: missing.split('\n')[0] ?? missing };
  }
  await servers.startApi('all');
  await bench.overHttp('all', WARM_UP_SECONDS);
  const latency = await measureLatency(bench, 'all', options.latencySeconds, say);
  const waiting = await show(say, 'waiting orders only get workflows', () =>
    bench.overHttp('waiting', options.seconds),
  );
  const all = await show(say, 'every order gets its workflow', () =>
    bench.overHttp('all', options.seconds),
  );
  const backlog = await openMessages(bench);
  say(`the backlog drains: ${backlog} orders wait for their workflow`);
  const beganMs = Date.now();
  let left = backlog;
  while (left > 0 && Date.now() - beganMs < options.drainSeconds * 1000) {
    await sleep(1_000);
    left = await openMessages(bench);
  }
  const drainedPerSecond = ((backlog - left) * 1000) / (Date.now() - beganMs);
  say(`  ${Math.round(drainedPerSecond)}/s, ${left} left`);
  return { waiting, all, latency, backlog, drainedPerSecond, left };
}

async function openMessages(bench: Workbench): Promise<number> {
  const rows = await bench.query<{ count: string }>('SELECT count(*) FROM outbox_messages');
  return Number(rows[0]?.count);
}

/** A fast run that sold a card twice or lost money would be no figure at all. */
async function requireConsistent(bench: Workbench): Promise<void> {
  const rows = await bench.query<Record<'orders' | 'cards' | 'stock' | 'unbalanced', string>>(`
    SELECT (SELECT count(*) FROM orders) AS orders,
      (SELECT count(DISTINCT card_id) FROM deliveries) AS cards,
      (SELECT count(*) FROM card_stock s JOIN deliveries d USING (card_id)) AS stock,
      (SELECT abs(sum(amount_hao)) FROM ledger_postings) AS unbalanced`);
  const [found] = rows;
  if (!found || found.orders !== found.cards || found.stock !== '0' || found.unbalanced !== '0')
    throw new Error(`the books do not add up: ${JSON.stringify(found)}`);
}

async function show(say: Say, name: string, measure: () => Promise<Measured>): Promise<Measured> {
  const run = await measure();
  const latency = run.latency;
  say(
    `${name}: ${Math.round(run.perSecond)}/s, p50 ${latency?.p50.toFixed(1)} ms, p99 ${latency?.p99.toFixed(1)} ms, ` +
      `CPU µs/order: Postgres ${Math.round(run.postgresCpuUs)}, api ${Math.round(run.apiCpuUs)}, client ${Math.round(run.clientCpuUs)}; ` +
      `${Math.round(run.walBytes)} B WAL, ${run.commits.toFixed(3)} commits`,
  );
  return run;
}
