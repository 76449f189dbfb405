import { stat } from 'node:fs/promises';
import path from 'node:path';
import { exchange } from '../support/api.js';
import { isAlive, sleep, TestSystem } from '../support/system.js';

const HUNG_AFTER_S = 3;
let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start(undefined, { KAGONG_HUNG_AFTER_S: String(HUNG_AFTER_S) });
}, 240_000);
afterAll(async () => {
  await system?.stop();
  await system?.remove();
}, 60_000);

const pidOf = async (part: string): Promise<number | undefined> => (await system.run()).pids[part];

async function isReady(): Promise<boolean> {
  const answer = await exchange((await system.run()).api, 'GET', '/health/ready').catch(() => null);
  return answer?.status === 200;
}

/** The process that has taken the place of a frozen one. */
async function successorOf(part: string, frozen: number): Promise<number> {
  for (let tries = 0; tries < 450; tries += 1) {
    const pid = await pidOf(part);
    if (pid !== undefined && pid !== frozen && isAlive(pid)) return pid;
    await sleep(200);
  }
  throw new Error(`${part} was never replaced`);
}

it.each(['api', 'worker', 'admin', 'simulator', 'temporal', 'postgres'])(
  'replaces a part that hangs: %s',
  async (part) => {
    const frozen = await system.signal(part, 'SIGSTOP');
    const successor = await successorOf(part, frozen);
    expect([successor === frozen, isAlive(frozen)]).toEqual([false, false]);
    expect(system.said).toContain(`${part} has not answered for`);
    for (let tries = 0; tries < 150 && !(await isReady()); tries += 1) await sleep(200);
    expect(await isReady()).toBe(true);
  },
  120_000,
);

it('leaves the others alone, and a part that was frozen for a moment', async () => {
  const before = (await system.run()).pids;
  const frozen = await system.signal('worker', 'SIGSTOP');
  await sleep((HUNG_AFTER_S * 1_000) / 2);
  process.kill(frozen, 'SIGCONT');
  await sleep(HUNG_AFTER_S * 2_000);
  expect((await system.run()).pids).toEqual(before);
}, 60_000);

it("lets nobody else read Temporal's file", async () => {
  for (const name of ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'])
    expect([name, (await stat(path.join(system.dataDir, name))).mode & 0o777]).toEqual([
      name,
      0o600,
    ]);
});
