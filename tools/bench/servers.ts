import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  BENCH_FOLDER,
  inDist,
  openToolbox,
  ROOT,
  type Ports,
  type RunningPart,
  type Secrets,
  type Toolbox,
} from './toolbox.js';

const DATABASE = 'kagong';
const DATA_DIR = path.join(BENCH_FOLDER, 'postgres');
const OWNER_FILE = path.join(BENCH_FOLDER, 'owner.json');
const LEDGER_FILE = path.join(BENCH_FOLDER, 'processes.json');
const LEFT_OVER_GRACE_MS = 10_000;
/** The sets of ports: one api for each setting of ORDER_WORKFLOWS. */
export type Mode = 'waiting' | 'all';

/** Servers of the benchmark's own, set up as `npm start` sets them up; nothing of them outlives it. */
export class BenchServers {
  private readonly parts: RunningPart[] = [];
  private readonly ledger: unknown;
  private postgresPart: RunningPart | undefined;

  private constructor(
    private readonly toolbox: Toolbox,
    private readonly ports: Record<Mode, Ports>,
    readonly secrets: Secrets,
  ) {
    this.ledger = new toolbox.ProcessLedger(LEDGER_FILE);
  }

  static async prepare(): Promise<BenchServers> {
    const toolbox = await openToolbox();
    mkdirSync(BENCH_FOLDER, { recursive: true });
    if (process.getuid?.() === 0)
      for (const folder of [path.dirname(BENCH_FOLDER), BENCH_FOLDER]) chmodSync(folder, 0o755);
    refuseSecondRun(toolbox);
    for (const left of toolbox.leftOvers(LEDGER_FILE))
      await toolbox.stopProcess({ ...left, graceMs: LEFT_OVER_GRACE_MS });
    removeData(toolbox);
    const identity = toolbox.identityOf(process.pid);
    writeFileSync(OWNER_FILE, JSON.stringify({ pid: process.pid, identity }));
    const ports = await freePorts(toolbox);
    const apiPorts = { api: await toolbox.freePort(), apiMetrics: await toolbox.freePort() };
    return new BenchServers(
      toolbox,
      { waiting: ports, all: { ...ports, ...apiPorts } },
      toolbox.newSecrets(),
    );
  }

  get host(): string {
    return '127.0.0.1';
  }

  apiPort(mode: Mode): number {
    return this.ports[mode]['api'] ?? 0;
  }

  metricsUrl(mode: Mode): string {
    return `http://${this.host}:${this.ports[mode]['apiMetrics']}/metrics`;
  }

  get postgresPid(): number {
    return this.postgresPart?.pid ?? 0;
  }

  get database(): string {
    return DATABASE;
  }

  databaseUrl(database = DATABASE): string {
    const password = encodeURIComponent(this.secrets.databasePassword);
    return `postgres://kagong:${password}@${this.host}:${this.ports.waiting['postgres']}/${database}`;
  }

  /** Postgres with the durability of `npm start`, migrated. */
  async startPostgres(): Promise<void> {
    const port = this.ports.waiting['postgres'] ?? 0;
    const password = this.secrets.databasePassword;
    const logFile = path.join(BENCH_FOLDER, 'postgres.log');
    const spec = await this.toolbox.postgresPart({ dataDir: DATA_DIR, port, password, logFile });
    this.postgresPart = await this.start(spec);
    await this.toolbox.ensureDatabase({ port, password, database: DATABASE });
    await promisify(execFile)(process.execPath, [inDist('tools', 'migrate.js')], {
      cwd: ROOT,
      env: this.environment('waiting'),
    });
  }

  async startApi(mode: Mode): Promise<void> {
    await this.startApp('api', mode);
  }

  /** Temporal and the worker, at the lower priority that `npm start` gives them. Says why where they cannot be had. */
  async startWorkflows(): Promise<string | undefined> {
    if (!existsSync(inDist('apps', 'worker', 'src', 'main.js'))) return 'the worker is not built';
    try {
      const spec = await this.toolbox.temporalPart({
        file: path.join(BENCH_FOLDER, 'temporal.db'),
        ports: this.ports.all,
        logFile: path.join(BENCH_FOLDER, 'temporal.log'),
      });
      await this.start(spec);
      await this.startApp('worker', 'all');
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The last started stops first. */
  async stop(): Promise<void> {
    for (const part of this.parts.reverse()) await part.stop();
    removeData(this.toolbox);
    rmSync(OWNER_FILE, { force: true });
  }

  private async startApp(name: 'api' | 'worker', mode: Mode): Promise<void> {
    const logs = path.join(BENCH_FOLDER, mode);
    mkdirSync(logs, { recursive: true });
    const env = this.environment(mode);
    const specs = this.toolbox.appParts({ ports: this.ports[mode], env, logs });
    const spec = specs.find((one) => one.name === name);
    if (!spec) throw new Error(`there is no program ${name}`);
    await this.start(spec);
  }

  private environment(mode: Mode): NodeJS.ProcessEnv {
    const env = this.toolbox.appEnvironment({ ports: this.ports[mode], secrets: this.secrets });
    return { ...env, ORDER_WORKFLOWS: mode };
  }

  private async start(spec: { name: string }): Promise<RunningPart> {
    const part = new this.toolbox.Part(spec, this.ledger);
    this.parts.push(part);
    await part.startAndWait();
    return part;
  }
}

async function freePorts(toolbox: Toolbox): Promise<Ports> {
  const ports: Ports = {};
  for (const name of Object.keys(toolbox.choosePorts(undefined)))
    ports[name] = await toolbox.freePort();
  return ports;
}

function refuseSecondRun(toolbox: Toolbox): void {
  if (!existsSync(OWNER_FILE)) return;
  const owner = JSON.parse(readFileSync(OWNER_FILE, 'utf8')) as { pid: number; identity?: string };
  if (toolbox.isStillThere(owner))
    throw new Error(`another benchmark is running here (pid ${owner.pid})`);
}

function removeData(toolbox: Toolbox): void {
  const temporal = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm', 'temporal.db.made-by'];
  const files = temporal.map((name) => path.join(BENCH_FOLDER, name));
  for (const place of [...toolbox.placesOfPostgres(DATA_DIR), ...files])
    rmSync(place, { recursive: true, force: true });
}
