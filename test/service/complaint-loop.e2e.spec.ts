import { HOUR_MS, MINUTE_MS } from '#domain';
import { ComplaintClockLoop } from '../../apps/worker/src/complaint/complaint-clock.loop.js';
import { complaintRunsSweep } from '../../apps/worker/src/sweeps/complaint-runs.sweep.js';
import { ComplaintWorld } from '../support/complaint-world.js';

let world: ComplaintWorld;
beforeAll(async () => {
  world = await ComplaintWorld.open();
});
afterAll(() => world?.close());

const COUNT = 200;
const LATE_P99_MS = 2_000;

/** Opens complaints whose half hour is over in a moment. */
async function open(count: number, dueMs: number): Promise<void> {
  const receivedMs = dueMs - 30 * MINUTE_MS;
  for (let index = 0; index < count; index += 1)
    await world.complain({ receivedMs, nowMs: receivedMs, category: 'late' });
}

describe('the look at the clocks', () => {
  it('takes the steps of many complaints that are due at once within two seconds, each once', async () => {
    const dueMs = Date.now() + 4_000;
    await open(COUNT, dueMs);
    // What was due before (nobody has them in hand) is done; only the step of the half hour is left.
    const loop = new ComplaintClockLoop(world.pool);
    while (Date.now() < dueMs) {
      const restMs = await loop.round();
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    const other = new ComplaintClockLoop(world.pool);
    for (let round = 0; round < 8; round += 1) await Promise.all([loop.round(), other.round()]);
    const [figures] = await world.rows(
      `SELECT count(*)::int AS count, percentile_disc(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM fired_at - due_at) * 1000)::float AS late_ms
       FROM sla_escalations WHERE kind = 'ack' AND percent = 50`,
    );
    expect(figures?.['count']).toBe(COUNT);
    expect(figures?.['late_ms']).toBeLessThanOrEqual(LATE_P99_MS);
  });

  it('passes by a complaint that cannot be told, and looks at it again in a minute', async () => {
    const opened = await world.complain({ receivedMs: Date.now(), nowMs: Date.now() });
    await world.pool.query(
      `UPDATE complaints SET next_at = now() - interval '1 day' WHERE id = $1`,
      [opened.complaintId],
    );
    await world.pool.query(`ALTER TABLE sla_targets RENAME TO sla_targets_gone`);
    await new ComplaintClockLoop(world.pool).round();
    await world.pool.query(`ALTER TABLE sla_targets_gone RENAME TO sla_targets`);
    const { next_at: nextAt } = await world.complaint(opened.complaintId);
    expect((nextAt as Date).getTime()).toBeGreaterThan(Date.now() + 50_000);
  });
});

describe('the sweep of runs', () => {
  it('asks for the runs of open complaints again, and not all the time', async () => {
    await world.pool.query('DELETE FROM outbox_messages');
    let nowMs = Date.now() + 2 * MINUTE_MS;
    const sweep = complaintRunsSweep(() => nowMs);
    const [open] = await world.rows(
      `SELECT count(*)::int AS count FROM complaints WHERE status NOT IN ('solved', 'withdrawn')`,
    );
    expect(await sweep(world.pool)).toBe(open?.['count']);
    expect(await sweep(world.pool)).toBe(0);
    await world.pool.query('DELETE FROM outbox_messages');
    expect(await sweep(world.pool)).toBe(0);
    nowMs += 7 * HOUR_MS;
    expect(await sweep(world.pool)).toBe(open?.['count']);
  });
});
