import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/business-time.js';
import { type ClockKind } from './complaint-kind.js';
import {
  mayReopen,
  tellComplaint,
  type ComplaintStory,
  type StoryEvent,
} from './complaint-story.js';
import { clockDueMs, clockOutcome, type Clock } from './sla-clock.js';
import { FIRST_SLA_POLICY, slaFault } from './sla-policy.js';

const T0 = Date.UTC(2026, 10, 25, 2, 0, 0);
const rules = { policy: FIRST_SLA_POLICY, isVip: false };
const opened: StoryEvent = { type: 'opened', atMs: T0, severity: 'P2' };
const at = (minutes: number, event: Omit<StoryEvent, 'atMs'>): StoryEvent => ({
  atMs: T0 + minutes * MINUTE_MS,
  ...event,
});
const tell = (...events: StoryEvent[]): ComplaintStory => tellComplaint([opened, ...events], rules);

function clockOf(story: ComplaintStory, kind: ClockKind, cycleNo = 1): Clock {
  const clock = story.clocks.find((one) => one.kind === kind && one.cycleNo === cycleNo);
  if (!clock) throw new Error(`no clock ${kind}`);
  return clock;
}
const dueMinutes = (story: ComplaintStory, kind: ClockKind, cycleNo = 1): number =>
  (clockDueMs(clockOf(story, kind, cycleNo)) - T0) / MINUTE_MS;

describe('the clocks of a complaint', () => {
  it.each([
    ['P0', 15, 240],
    ['P1', 30, 480],
    ['P2', 60, 1_440],
    ['P3', 240, 4_320],
    ['REG', 60, 1_440],
  ] as const)('of class %s are due after %i and %i minutes', (severity, ack, resolve) => {
    const story = tellComplaint([{ ...opened, severity }], rules);
    expect([dueMinutes(story, 'ack'), dueMinutes(story, 'resolve')]).toEqual([ack, resolve]);
  });

  it('run half as long for an important customer', () => {
    const story = tellComplaint([opened], { ...rules, isVip: true });
    expect([dueMinutes(story, 'ack'), dueMinutes(story, 'resolve')]).toEqual([30, 720]);
  });

  it('are due a day before the deadline of an authority, and no pause moves that', () => {
    const story = tellComplaint(
      [
        { type: 'opened', atMs: T0, severity: 'REG', deadlineMs: T0 + 5 * DAY_MS },
        at(30, { type: 'staff-question' }),
      ],
      rules,
    );
    expect(clockDueMs(clockOf(story, 'resolve'))).toBe(T0 + 4 * DAY_MS);
  });

  it('of the answer stop at the first word of a person, not at an automatic reply', () => {
    const automatic = tell(at(1, { type: 'automatic-reply' }), at(2, { type: 'internal-note' }));
    expect(clockOf(automatic, 'ack').stopMs).toBeNull();
    expect(automatic.status).toBe('received');
    const answered = tell(at(1, { type: 'automatic-reply' }), at(59, { type: 'staff-message' }));
    expect(clockOf(answered, 'ack').stopMs).toBe(T0 + 59 * MINUTE_MS);
    expect(answered.status).toBe('handling');
  });

  it('of the answer stop when a remedy is given', () => {
    const story = tell(at(20, { type: 'remedy-given' }));
    expect(clockOutcome(clockOf(story, 'ack'), T0 + DAY_MS)).toBe('met');
  });

  it('are broken a millisecond after they were due, and not at the due time itself', () => {
    const ack = clockOf(tell(), 'ack');
    expect(clockOutcome(ack, T0 + HOUR_MS)).toBe('running');
    expect(clockOutcome(ack, T0 + HOUR_MS + 1)).toBe('breached');
    expect(clockOutcome({ ...ack, stopMs: T0 + HOUR_MS }, T0 + DAY_MS)).toBe('met');
  });

  it('of a solution that comes a second late are broken, whoever looked when', () => {
    const story = tell(
      at(1_439, { type: 'solution-offered', resolutionCode: 'explained' }),
      { type: 'customer-message', atMs: T0 + 1_439 * MINUTE_MS + 1_000 },
      { type: 'solution-offered', atMs: T0 + DAY_MS + 2_000, resolutionCode: 'explained' },
      { type: 'confirmed', atMs: T0 + DAY_MS + 2_000 },
    );
    const resolve = clockOf(story, 'resolve');
    expect(clockDueMs(resolve)).toBe(T0 + DAY_MS + 1_000);
    expect(clockOutcome(resolve, T0 + 10 * DAY_MS)).toBe('breached');
  });
});

describe('a pause', () => {
  it('needs a question, moves the due time by its length and ends at the time of the next message', () => {
    const story = tell(at(60, { type: 'staff-question' }), at(90, { type: 'customer-message' }));
    expect(dueMinutes(story, 'resolve')).toBe(1_440 + 30);
    expect(story.status).toBe('handling');
  });

  it('does not stop the clock of the answer', () => {
    const late = tell(at(61, { type: 'staff-question' }));
    expect(clockOutcome(clockOf(late, 'ack'), T0 + DAY_MS)).toBe('breached');
  });

  it('ends after 72 hours in all, and there are three at most', () => {
    const endless = tell(at(60, { type: 'staff-question' }));
    expect(dueMinutes(endless, 'resolve')).toBe(1_440 + 72 * 60);
    const often = [1, 2, 3, 4, 5].flatMap((hour) => [
      at(hour * 60, { type: 'staff-question' }),
      at(hour * 60 + 10, { type: 'customer-message' }),
    ]);
    expect(dueMinutes(tell(...often), 'resolve')).toBe(1_440 + 30);
  });

  it('is not had by waiting for a supplier, which has a clock of its own', () => {
    const story = tell(
      at(10, { type: 'staff-message' }),
      at(20, { type: 'upstream-filed', upstreamKey: '7' }),
      at(200, { type: 'upstream-answered', upstreamKey: '7' }),
    );
    expect(dueMinutes(story, 'resolve')).toBe(1_440);
    expect(clockOf(story, 'upstream').stopMs).toBe(T0 + 200 * MINUTE_MS);
  });
});

describe('the severity', () => {
  it('counts from the beginning when it is raised', () => {
    const story = tell(at(40, { type: 'severity-changed', severity: 'P1' }));
    expect([dueMinutes(story, 'ack'), dueMinutes(story, 'resolve')]).toEqual([30, 480]);
  });

  it('heals nothing that was broken before it was lowered', () => {
    const story = tellComplaint(
      [
        { type: 'opened', atMs: T0, severity: 'P0' },
        at(20, { type: 'severity-changed', severity: 'P2' }),
      ],
      rules,
    );
    expect([dueMinutes(story, 'ack'), dueMinutes(story, 'resolve')]).toEqual([15, 1_440]);
  });
});

describe('the end', () => {
  const offer = at(120, { type: 'solution-offered', resolutionCode: 'refunded' });

  it('needs consent, or 48 hours of silence after the offer', () => {
    expect(tell(offer).status).toBe('solution-offered');
    const confirmed = tell(offer, at(300, { type: 'confirmed' }));
    expect(confirmed.status).toBe('solved');
    expect(confirmed.cycles[0]?.resolutionCode).toBe('refunded');
    const silent = tell(offer, { type: 'silence', atMs: offer.atMs + 48 * HOUR_MS });
    expect(silent.status).toBe('solved');
    expect(clockOutcome(clockOf(silent, 'resolve'), T0 + 30 * DAY_MS)).toBe('met');
    expect(tell(offer, { type: 'silence', atMs: offer.atMs + 47 * HOUR_MS }).status).toBe(
      'solution-offered',
    );
  });

  it('is taken back by an objection that is heard of after the silence', () => {
    const silence: StoryEvent = { type: 'silence', atMs: offer.atMs + 48 * HOUR_MS };
    const story = tell(offer, silence, at(130, { type: 'customer-message' }));
    expect(story.status).toBe('handling');
    expect(dueMinutes(story, 'resolve')).toBe(1_440 + 10);
  });

  it('within seven days is followed by a second cycle, which leaves the first as it was', () => {
    const end = at(300, { type: 'confirmed' });
    const again = at(301 + 6 * 1_440, { type: 'reopened' });
    const story = tell(offer, end, again);
    expect(story.cycles).toHaveLength(2);
    expect(clockOf(story, 'resolve').stopMs).toBe(end.atMs);
    expect(clockDueMs(clockOf(story, 'ack', 2)) - again.atMs).toBe(HOUR_MS);
    expect(clockDueMs(clockOf(story, 'resolve', 2)) - again.atMs).toBe(12 * HOUR_MS);
    expect(story.status).toBe('received');
  });

  it('after seven days is final', () => {
    const end = at(300, { type: 'confirmed' });
    const story = tell(offer, end);
    expect(mayReopen(story, end.atMs + 7 * DAY_MS, FIRST_SLA_POLICY)).toBe(true);
    expect(mayReopen(story, end.atMs + 7 * DAY_MS + 1, FIRST_SLA_POLICY)).toBe(false);
    const late: StoryEvent = { type: 'reopened', atMs: end.atMs + 7 * DAY_MS + 1 };
    expect(tell(offer, end, late).status).toBe('solved');
  });
});

describe('the policy', () => {
  it('of a new installation promises nothing looser than an hour and a day', () => {
    expect(slaFault(FIRST_SLA_POLICY)).toBeUndefined();
  });

  it('is refused where a class is missing or looser', () => {
    const [first, ...others] = FIRST_SLA_POLICY.targets;
    if (!first) throw new Error('no targets');
    expect(slaFault({ ...FIRST_SLA_POLICY, targets: others })).toBe('target-missing');
    const loose = { ...first, ackSeconds: 3_601 };
    expect(slaFault({ ...FIRST_SLA_POLICY, targets: [loose, ...others] })).toBe('too-loose');
    expect(slaFault({ ...FIRST_SLA_POLICY, pauseCountMax: 4 })).toBe('limits-too-loose');
  });
});
