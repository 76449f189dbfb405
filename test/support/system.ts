import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { TestPlatform } from './api.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 180_000;
const PORTS_PER_SYSTEM = 11;

/** What `.data/run.json` tells. */
export interface Run {
  readonly api: string;
  readonly admin: string;
  readonly temporalUi: string;
  readonly temporalNamespace: string;
  readonly databaseUrl: string;
  readonly platforms: readonly {
    code: string;
    key: string;
    secret: string;
    callbackSecret: string;
  }[];
  readonly staff: readonly { email: string; password: string; role: string }[];
  readonly pids: Readonly<Record<string, number>>;
}

/** A whole Kagong, brought up and supervised by `npm start`'s own program, in a data folder and on ports of its own. */
export class TestSystem {
  /** All that the supervisor has printed. */
  said = '';

  private constructor(
    readonly dataDir: string,
    private readonly supervisor: ReturnType<typeof spawn>,
    private readonly gone: Promise<number | null>,
  ) {
    for (const stream of [supervisor.stdout, supervisor.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString('utf8')));
  }

  /** On a folder of its own, or on one that another system has left. */
  static async start(left?: string, settings: NodeJS.ProcessEnv = {}): Promise<TestSystem> {
    const dataDir = left ?? path.join(ROOT, '.data', `system-${randomBytes(4).toString('hex')}`);
    const portBase = String(await freePortBase());
    const supervisor = spawn(process.execPath, ['tools/start.mjs', '--port-base', portBase], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...settings, NODE_OPTIONS: '', KAGONG_DATA_DIR: dataDir },
    });
    const gone = new Promise<number | null>((resolve) => supervisor.once('exit', resolve));
    const system = new TestSystem(dataDir, supervisor, gone);
    const endMs = Date.now() + READY_WITHIN_MS;
    while (!(await system.run().catch(() => undefined))) {
      if (Date.now() > endMs || supervisor.exitCode !== null)
        throw new Error(`the system did not come up:\n${system.said}`);
      await sleep(200);
    }
    return system;
  }

  async run(): Promise<Run> {
    return JSON.parse(await readFile(path.join(this.dataDir, 'run.json'), 'utf8')) as Run;
  }

  async platform(code: string): Promise<TestPlatform> {
    const run = await this.run();
    const listed = run.platforms.find((one) => one.code === code);
    if (!listed) throw new Error(`no platform ${code}`);
    return new TestPlatform(run.api, '', listed.key, listed.secret);
  }

  /** One of the commands that scripts rely on; gives the JSON object of its last line, also where it exits non-zero. */
  async command(name: string, args: readonly string[]): Promise<Record<string, never>> {
    const stdout = await new Promise<string>((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: '', KAGONG_DATA_DIR: this.dataDir };
      const all = ['run', '--silent', name, '--', ...args, '--json'];
      execFile('npm', all, { cwd: ROOT, env, maxBuffer: 1 << 26 }, (_, text) => resolve(text));
    });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, never>;
  }

  /** Sends a signal to a part that is alive; waits for it to be back first, where it was killed just now. */
  async signal(part: string, signal: NodeJS.Signals): Promise<number> {
    for (let tries = 0; tries < 300; tries += 1) {
      const pid = (await this.run()).pids[part];
      if (pid !== undefined && isAlive(pid)) {
        process.kill(pid, signal);
        return pid;
      }
      await sleep(200);
    }
    throw new Error(`${part} never came back`);
  }

  /** Every process of the system that is alive. */
  async alive(): Promise<string[]> {
    const { pids } = await this.run();
    return Object.entries(pids).flatMap(([part, pid]) => (isAlive(pid) ? [part] : []));
  }

  /** Stops as Ctrl-C does; returns the exit code. */
  async stop(): Promise<number | null> {
    this.supervisor.kill('SIGINT');
    return this.gone;
  }

  async remove(): Promise<void> {
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A base from which all ports of a system are free now. */
async function freePortBase(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = 20_000 + Math.floor(Math.random() * 20_000);
    const all = Array.from({ length: PORTS_PER_SYSTEM }, (_, offset) => isFree(base + offset));
    if ((await Promise.all(all)).every(Boolean)) return base;
  }
  throw new Error('no free range of ports');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
