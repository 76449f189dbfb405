import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS } from '../shared/business-time.js';
import { componentState, dayStates, worstState, type ImpactSpan } from './component-state.js';
import { COMPONENT_STATES } from './incident-kind.js';

const AT = Date.parse('2026-11-25T04:00:00Z');
const span = (impact: ImpactSpan['impact'], fromMs: number, toMs: number | null): ImpactSpan => ({
  impact,
  fromMs,
  toMs,
});

describe('the state of a component', () => {
  it('is the worst of what goes on now, and operational where nothing does', () => {
    const ended = span('outage', AT - HOUR_MS, AT);
    expect(componentState([ended], AT)).toBe('operational');
    const now = [span('degraded', AT - HOUR_MS, null), span('partial-outage', AT, AT + HOUR_MS)];
    expect(componentState([ended, ...now], AT)).toBe('partial-outage');
  });

  it('does not hang on the order of what happened', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...COMPONENT_STATES]), (states) => {
        expect(worstState(states)).toBe(worstState([...states].reverse()));
      }),
    );
  });
});

describe('the days of a component', () => {
  it('begin at midnight in Shanghai, and an incident over midnight is in both', () => {
    // 23:30 until 00:10 in Shanghai.
    const over = span(
      'outage',
      Date.parse('2026-11-24T15:30:00Z'),
      Date.parse('2026-11-24T16:10:00Z'),
    );
    const days = dayStates([over], { days: 3, nowMs: AT });
    expect(days.map(({ state, minutes }) => [state, minutes])).toEqual([
      ['operational', 0],
      ['outage', 30],
      ['outage', 10],
    ]);
  });

  it('count what goes on until now, and overlapping impacts once', () => {
    const days = dayStates(
      [
        span('degraded', AT - 30 * MINUTE_MS, null),
        span('outage', AT - 20 * MINUTE_MS, AT - 10 * MINUTE_MS),
      ],
      { days: 1, nowMs: AT },
    );
    expect(days).toMatchObject([{ state: 'outage', minutes: 30 }]);
  });

  it('never count more minutes than a day has', () => {
    const times = fc.integer({ min: AT - 96 * HOUR_MS, max: AT });
    fc.assert(
      fc.property(fc.array(fc.tuple(times, times), { maxLength: 8 }), (pairs) => {
        const spans = pairs.map(([a, b]) => span('outage', Math.min(a, b), Math.max(a, b)));
        for (const { minutes } of dayStates(spans, { days: 5, nowMs: AT }))
          expect(minutes).toBeLessThanOrEqual(24 * 60);
      }),
    );
  });
});
