/** So far back demand is looked at. */
export const RUNWAY_HOURS = 168;
/** An hour counts half as much as the same hour a day later. */
const HALF_LIFE_HOURS = 24;
/** How far above its mark the runway must be again before it may fall short anew. */
const REARM_FACTOR = 1.5;

export interface Runway {
  /** Pieces an hour, as recent demand tells. */
  readonly perHour: number;
  /** Until nothing is left; null where nothing is asked for. */
  readonly hoursLeft: number | null;
}

/**
 * How long the stock lasts. `hourly` is what was ordered in each hour, the last hour first; `knownHours` is how long the
 * product has been there, so that a new one is not taken for one that nobody wants.
 */
export function stockRunway(
  hourly: readonly number[],
  { available, knownHours }: { readonly available: number; readonly knownHours: number },
): Runway {
  const hours = Math.max(1, Math.min(RUNWAY_HOURS, Math.ceil(knownHours)));
  let weights = 0;
  let weighted = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    const weight = 0.5 ** (hour / HALF_LIFE_HOURS);
    weights += weight;
    weighted += weight * (hourly[hour] ?? 0);
  }
  const perHour = weighted / weights;
  return { perHour, hoursLeft: perHour > 0 ? available / perHour : null };
}

/** Where a runway stands against its mark; a mark of 0 is none. */
export function runwayState(
  hoursLeft: number | null,
  minHours: number,
): 'crossed' | 'between' | 'clear' {
  if (minHours <= 0 || hoursLeft === null || hoursLeft >= minHours * REARM_FACTOR) return 'clear';
  return hoursLeft < minHours ? 'crossed' : 'between';
}
