import { DAY_MS, shanghaiDayNumber, shanghaiMidnightMs } from '../shared/business-time.js';
import { COMPONENT_STATES, type ComponentImpact, type ComponentState } from './incident-kind.js';

/** From when to when something was wrong with a component; null while it still is. */
export interface ImpactSpan {
  readonly impact: ComponentImpact;
  readonly fromMs: number;
  readonly toMs: number | null;
}

const rankOf = (state: ComponentState): number => COMPONENT_STATES.indexOf(state);

/** The worst of several states; nothing wrong is operational. */
export const worstState = (states: readonly ComponentState[]): ComponentState =>
  states.reduce<ComponentState>(
    (worst, state) => (rankOf(state) > rankOf(worst) ? state : worst),
    'operational',
  );

/** How a component stands now. */
export const componentState = (spans: readonly ImpactSpan[], nowMs: number): ComponentState =>
  worstState(
    spans
      .filter(({ fromMs, toMs }) => fromMs <= nowMs && (toMs === null || toMs > nowMs))
      .map(({ impact }) => impact),
  );

/** One day of a component: the worst that happened, and for how many minutes something was wrong. */
export interface DayState {
  readonly dayNumber: number;
  readonly state: ComponentState;
  readonly minutes: number;
}

/** The days up to today in Shanghai, the oldest first. Spans that overlap are counted once. */
export function dayStates(
  spans: readonly ImpactSpan[],
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): DayState[] {
  const today = shanghaiDayNumber(nowMs);
  return Array.from({ length: days }, (_, index) => {
    const dayNumber = today - days + 1 + index;
    const beginMs = shanghaiMidnightMs(dayNumber);
    const endMs = Math.min(beginMs + DAY_MS, nowMs);
    const cut = spans
      .map((span) => ({
        impact: span.impact,
        fromMs: Math.max(span.fromMs, beginMs),
        toMs: Math.min(span.toMs ?? nowMs, endMs),
      }))
      .filter(({ fromMs, toMs }) => toMs > fromMs);
    return {
      dayNumber,
      state: worstState(cut.map(({ impact }) => impact)),
      minutes: Math.ceil(unionMs(cut) / 60_000),
    };
  });
}

function unionMs(spans: readonly { readonly fromMs: number; readonly toMs: number }[]): number {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    total += Math.max(0, toMs - Math.max(fromMs, until));
    until = Math.max(until, toMs);
  }
  return total;
}
