import { fork, type ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import type { Latency } from './statistics.js';

/** What one measured program reports. */
export interface RunResult {
  readonly orders: number;
  readonly seconds: number;
  /** Processor time of the measuring program itself. */
  readonly cpuSeconds: number;
  readonly latency?: Latency;
  /** Only with a fixed rate: how late the sender itself was; part of the latency. */
  readonly senderLate?: Latency;
  /** Transactions that the program itself committed. */
  readonly transactions?: number;
  /** Only in-process: client flights to the database per transaction. */
  readonly roundTrips?: number;
}

/** The prepared work of a measured program, to be started on command. */
export type Prepared = () => Promise<
  Omit<RunResult, 'cpuSeconds' | 'seconds'> & { seconds?: number }
>;

/**
 * The child's side: prepares (outside of what is measured), says that it is ready, works when told, reports. `prepare`
 * gets what `startProgram` was given.
 */
export function serve<Config>(prepare: (config: Config) => Promise<Prepared>): void {
  const tell = (message: unknown): void => void process.send?.(message);
  const fail = (error: unknown): void => {
    tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  // Also keeps the program there until its last message was taken.
  process.once('disconnect', () => process.exit());
  process.once('message', (config) => {
    void prepare(config as Config).then((work) => {
      process.once('message', () => {
        const beganMs = performance.now();
        const cpu = process.cpuUsage();
        void work().then((result) => {
          const used = process.cpuUsage(cpu);
          const seconds = (performance.now() - beganMs) / 1000;
          tell({ result: { seconds, ...result, cpuSeconds: (used.user + used.system) / 1e6 } });
        }, fail);
      });
      tell({ ready: true });
    }, fail);
  });
}

interface Message {
  readonly ready?: boolean;
  readonly failed?: string;
  readonly result?: RunResult;
}

/** Programs that are running, to be ended with the benchmark. */
const running = new Set<ChildProcess>();

export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts a measured program and waits until it is ready; `go` then measures. */
export async function startProgram(
  program: string,
  config: object,
): Promise<{ go: () => Promise<RunResult> }> {
  const child = fork(path.join(import.meta.dirname, `${program}.js`), [], { stdio: 'inherit' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const next = (): Promise<Message> =>
    new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error(`${program} ended without a result`));
      child.once('exit', ended);
      child.once('message', (message: Message) => {
        child.off('exit', ended);
        // What it said last is here: now it may go. Were it to go by itself, its end could overtake its message.
        if (!message.ready) child.disconnect();
        if (message.failed === undefined) resolve(message);
        else reject(new Error(`${program}: ${message.failed}`));
      });
    });
  const ready = next();
  child.send(config);
  await ready;
  return {
    go: async () => {
      const answer = next();
      child.send({ go: true });
      const { result } = await answer;
      if (!result) throw new Error(`${program} reported nothing`);
      return result;
    },
  };
}
