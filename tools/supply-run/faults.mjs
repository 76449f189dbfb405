import { SOURCES } from './mix.mjs';
import { dice, rest } from './run-tools.mjs';

/** @typedef {import('../supply-run.mjs').Options} Options */

/** Steers the simulator. @param {string} simulator @param {string} what @param {object} body */
export async function control(simulator, what, body) {
  const reply = await fetch(`${simulator}/control/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`the simulator refused ${what}: ${await reply.text()}`);
}

/** Waits until the worker that is started next answers. @param {{ run: () => any }} system @param {{ isOver: boolean }} state */
async function workerWorks(system, state) {
  const before = system.run()?.pids.worker;
  while (!state.isOver) {
    await rest(500);
    const now = system.run();
    if (!now || now.pids.worker === before) continue;
    const metrics = await fetch(now.metrics[1]).catch(() => undefined);
    if (metrics?.ok) return;
  }
}

/**
 * Kills the worker now and then; in the middle one source refuses every connection for a while and then hangs.
 * @param {Options} options
 * @param {{ system: { run: () => any }, simulator: string, state: { ended: number, isOver: boolean }, say: (text: string) => void }} shared
 */
export async function disturb(
  { orders, seed, killEverySeconds },
  { system, simulator, state, say },
) {
  const downs = [
    { at: 0.3, mode: 'refuse' },
    { at: 0.4, mode: 'hang' },
    { at: 0.5, mode: 'no' },
  ];
  let killAtMs = Date.now() + killEverySeconds * 1_000;
  for (let kill = 0; !state.isOver;) {
    await rest(200);
    const next = downs[0];
    if (next && state.ended >= orders * next.at) {
      downs.shift();
      say(`source ${SOURCES[1]?.code}: ${next.mode === 'no' ? 'up again' : next.mode}`);
      await control(simulator, `suppliers/${SOURCES[1]?.code}/down`, { mode: next.mode });
    }
    if (killEverySeconds > 0 && Date.now() >= killAtMs) {
      kill += 1;
      killAtMs = Infinity;
      const livesMs = killEverySeconds * 1_000 * (0.5 + dice(seed, `kill ${kill}`));
      // On a slow machine one that is killed before it has begun proves nothing, and nothing would ever end.
      void workerWorks(system, state).then(() => (killAtMs = Date.now() + livesMs));
      const pid = system.run()?.pids.worker;
      say(`killing the worker (pid ${pid})`);
      if (pid) process.kill(pid, 'SIGKILL');
    }
  }
  await control(simulator, `suppliers/${SOURCES[1]?.code}/down`, { mode: 'no' });
}
