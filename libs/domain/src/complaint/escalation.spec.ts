import { HOUR_MS, MINUTE_MS } from '../shared/business-time.js';
import { nextStep, type TakenStep } from './escalation.js';
import type { Clock } from './sla-clock.js';
import { FIRST_SLA_POLICY } from './sla-policy.js';

const T0 = Date.UTC(2026, 10, 25, 2, 0, 0);
const clock: Clock = {
  kind: 'resolve',
  cycleNo: 1,
  seq: 1,
  startMs: T0,
  targetMs: 24 * HOUR_MS,
  isHard: false,
  stopMs: null,
  pauses: [],
};
const rules = { ...FIRST_SLA_POLICY, severity: 'P2' } as const;
const taken = (percent: number, firedMs: number, isAcknowledged = true): TakenStep => ({
  percent,
  firedMs,
  isAcknowledged,
});

describe('the ladder', () => {
  it('tells the assignee at half the time, then ever more people', () => {
    const steps: { percent: number; hours: number; levels: readonly string[] }[] = [];
    const done: TakenStep[] = [];
    for (let step = nextStep(clock, done, rules); step; step = nextStep(clock, done, rules)) {
      const hours = (step.dueMs - T0) / HOUR_MS;
      steps.push({ percent: step.percent, hours, levels: step.levels });
      done.push(taken(step.percent, step.dueMs));
    }
    expect(steps).toEqual([
      { percent: 50, hours: 12, levels: ['assignee'] },
      { percent: 75, hours: 18, levels: ['assignee', 'lead'] },
      { percent: 90, hours: 21.6, levels: ['lead', 'duty-manager'] },
      { percent: 100, hours: 24, levels: ['manager'] },
      { percent: 150, hours: 36, levels: ['owner'] },
    ]);
  });

  it('takes the next step early where nobody has acknowledged the last, and earlier still for P0', () => {
    const unseen = [taken(50, T0 + 12 * HOUR_MS, false)];
    expect(nextStep(clock, unseen, rules)).toMatchObject({
      percent: 75,
      cause: 'unacknowledged',
      dueMs: T0 + 12 * HOUR_MS + 15 * MINUTE_MS,
    });
    expect(nextStep(clock, unseen, { ...rules, severity: 'P0' })?.dueMs).toBe(
      T0 + 12 * HOUR_MS + 5 * MINUTE_MS,
    );
  });

  it('does not wait for an acknowledgement where the time is there first', () => {
    const unseen = [taken(90, T0 + 23.9 * HOUR_MS, false)];
    expect(nextStep(clock, unseen, rules)).toMatchObject({
      percent: 100,
      cause: 'time',
      dueMs: T0 + 24 * HOUR_MS,
    });
  });

  it('ends where the clock has stopped, and is not climbed by suppliers', () => {
    expect(nextStep({ ...clock, stopMs: T0 }, [], rules)).toBeUndefined();
    expect(nextStep({ ...clock, kind: 'upstream' }, [], rules)).toBeUndefined();
  });

  it('stands still while the clock does', () => {
    const pause = { no: 1, reason: 'waiting-info', isOpen: false } as const;
    const paused = { ...pause, fromMs: T0 + HOUR_MS, toMs: T0 + 3 * HOUR_MS };
    expect(nextStep({ ...clock, pauses: [paused] }, [], rules)?.dueMs).toBe(T0 + 14 * HOUR_MS);
  });
});
