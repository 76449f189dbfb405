import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/business-time.js';
import { COMPLAINT_EVENT_TYPES, COMPLAINT_SEVERITIES, type ClockKind } from './complaint-kind.js';
import { tellComplaint, type ComplaintStory, type StoryEvent } from './complaint-story.js';
import { clockDueMs, clockMoment, pausedMs, type Clock } from './sla-clock.js';
import { FIRST_SLA_POLICY, isLowering } from './sla-policy.js';

const T0 = Date.UTC(2026, 10, 25, 2, 0, 0);
const rules = { policy: FIRST_SLA_POLICY, isVip: false };
const opened: StoryEvent = { type: 'opened', atMs: T0, severity: 'P2' };
const tell = (...events: StoryEvent[]): ComplaintStory => tellComplaint([opened, ...events], rules);
const dueMsOf = (story: ComplaintStory, kind: ClockKind): number => {
  const clock = story.clocks.find((one) => one.kind === kind);
  if (!clock) throw new Error(`no clock ${kind}`);
  return clockDueMs(clock);
};

const anEvent: fc.Arbitrary<StoryEvent> = fc
  .record({
    type: fc.constantFrom(...COMPLAINT_EVENT_TYPES.filter((type) => type !== 'opened')),
    minute: fc.integer({ min: 0, max: 12 * 1_440 }),
    severity: fc.constantFrom(...COMPLAINT_SEVERITIES),
    upstreamKey: fc.constantFrom('1', '2'),
  })
  .map(({ type, minute, severity, upstreamKey }) => ({
    type,
    atMs: T0 + minute * MINUTE_MS,
    ...(type === 'severity-changed' ? { severity } : {}),
    ...(type === 'solution-offered' ? { resolutionCode: 'other' as const } : {}),
    upstreamKey,
  }));
/** No two at the same instant, and no deadline: those are told apart by what they are. */
const someEvents = fc.uniqueArray(anEvent, { maxLength: 25, selector: ({ atMs }) => atMs });

describe('whatever happens', () => {
  it('the order in which it is heard of does not matter', () => {
    fc.assert(
      fc.property(someEvents, fc.infiniteStream(fc.nat()), (events, order) => {
        const shuffled = events
          .map((event) => ({ event, key: Number(order.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        expect(tellComplaint([...shuffled, opened], rules)).toEqual(tell(...events));
      }),
    );
  });

  it('the due time of a solution is its start, its target and what it stood still', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        for (const clock of tell(...events).clocks) {
          const dueMs = clockDueMs(clock);
          const before = clock.pauses.filter(({ fromMs }) => fromMs < dueMs);
          const stood = before.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
          expect(dueMs).toBe(clock.startMs + clock.targetMs + stood);
        }
      }),
    );
  });

  it('no clock stands still for more than three times and 72 hours', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        for (const clock of tell(...events).clocks) {
          expect(clock.pauses.length).toBeLessThanOrEqual(3);
          expect(pausedMs(clock, T0 + 90 * DAY_MS)).toBeLessThanOrEqual(72 * HOUR_MS);
          if (clock.kind !== 'resolve') expect(clock.pauses).toEqual([]);
        }
      }),
    );
  });

  it('a step up never moves a due time later', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COMPLAINT_SEVERITIES),
        fc.constantFrom(...COMPLAINT_SEVERITIES),
        fc.integer({ min: 0, max: 300 }),
        (from, to, minute) => {
          fc.pre(!isLowering(from, to));
          const start: StoryEvent = { type: 'opened', atMs: T0, severity: from };
          const atMs = T0 + minute * MINUTE_MS;
          const raise: StoryEvent = { type: 'severity-changed', atMs, severity: to };
          const before = tellComplaint([start], rules);
          const after = tellComplaint([start, raise], rules);
          for (const kind of ['ack', 'resolve'] as const)
            expect(dueMsOf(after, kind)).toBeLessThanOrEqual(dueMsOf(before, kind));
        },
      ),
    );
  });

  it('a clock that has stopped in an ended cycle never changes by what comes later', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const lastMs = Math.max(T0, ...events.map(({ atMs }) => atMs));
        const before = tell(...events);
        const later: StoryEvent = { type: 'reopened', atMs: lastMs + 1 };
        const after = tell(...events, later);
        const ended = before.cycles.filter(({ endMs }) => endMs !== null);
        for (const { cycleNo } of ended) {
          const own = ({ clocks }: ComplaintStory): Clock[] =>
            clocks.filter((one) => one.cycleNo === cycleNo && one.kind !== 'upstream');
          expect(own(after)).toEqual(own(before));
        }
      }),
    );
  });

  it('steps of the ladder come in the order of their percentages', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        for (const clock of tell(...events).clocks) {
          const moments = [0.5, 0.75, 0.9, 1, 1.5].map((part) => clockMoment(clock, part));
          expect([...moments].sort((a, b) => a - b)).toEqual(moments);
        }
      }),
    );
  });
});
