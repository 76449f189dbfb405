import { dateOfDay, dayOfDate } from '../shared/business-time.js';

/** A threshold is raised no further: nobody keeps stock for more than a month. */
export const PEAK_HOURS_MAX = 720;

/** What a festival does to one product: a factor on a usual day, or a quantity for all of it. */
export interface PeakUplift {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly factor: number | null;
  readonly quantity: number | null;
  /** What is sold on a day without the festival. */
  readonly basePerDay: number;
}

/** Days that the database holds are dates. */
const dayNumber = (day: string): number => dayOfDate(day) ?? 0;

/** From one day to another, both counted. */
export function peakDays({ startsOn, endsOn }: Pick<PeakUplift, 'startsOn' | 'endsOn'>): number {
  return Math.max(1, dayNumber(endsOn) - dayNumber(startsOn) + 1);
}

/** Days until a day; negative once it has passed. */
export const daysUntil = (day: string, today: string): number => dayNumber(day) - dayNumber(today);

/** The day so many days after another. */
const dayAfter = (day: string, days: number): string => dateOfDay(dayNumber(day) + days);

/** What is expected to be sold on a day of the peak. */
export function expectedPerDay(uplift: PeakUplift): number {
  if (uplift.quantity !== null) return uplift.quantity / peakDays(uplift);
  return uplift.basePerDay * (uplift.factor ?? 1);
}

/** What is expected to be sold in the whole peak. */
export const expectedTotal = (uplift: PeakUplift): number =>
  Math.ceil(expectedPerDay(uplift) * peakDays(uplift) - 1e-9);

/** How much of it there is already, or will be. */
export interface PeakSupply {
  readonly inStock: number;
  /** Pieces of stock that orders wait for. */
  readonly reserved: number;
  /** Bought and not here yet. */
  readonly onOrder: number;
  /** Confirmed by suppliers and not used. */
  readonly confirmed: number;
}

export const availableForPeak = ({ inStock, reserved, onOrder, confirmed }: PeakSupply): number =>
  Math.max(0, inStock - reserved) + onOrder + confirmed;

/** What nobody has promised yet. */
export const missingForPeak = (expected: number, supply: PeakSupply): number =>
  Math.max(0, expected - availableForPeak(supply));

export interface PeakRunway {
  /** The pace that the stock must be ready for; 0 where no peak is near. */
  readonly perHour: number;
  /** The runway below which the stock is short: so much longer as the peak is higher. */
  readonly hoursMin: number;
}

/** What peaks that are near ask of a product's stock; the highest counts. A mark of 0 stays none. */
export function peakRunway(
  usual: { readonly perHour: number; readonly hoursMin: number },
  peaks: readonly PeakUplift[],
): PeakRunway {
  const perHour = Math.max(0, ...peaks.map((peak) => expectedPerDay(peak) / 24));
  const pace = Math.max(usual.perHour, 1 / 24);
  const factor = Math.max(1, perHour / pace);
  const raised = Math.ceil(usual.hoursMin * factor);
  return { perHour, hoursMin: Math.max(usual.hoursMin, Math.min(PEAK_HOURS_MAX, raised)) };
}

/** What is still needed and still there at the beginning of each day, when nothing more is bought. */
export function peakCourse(
  uplift: PeakUplift,
  available: number,
): readonly { readonly day: string; readonly expected: number; readonly available: number }[] {
  const perDay = expectedPerDay(uplift);
  return Array.from({ length: peakDays(uplift) }, (_, at) => ({
    day: dayAfter(uplift.startsOn, at),
    expected: Math.ceil(perDay - 1e-9),
    available: Math.max(0, Math.round(available - perDay * at)),
  }));
}

/** What share of the expected sales one platform may count on, by its share of what was ordered lately. */
export const shareOf = (total: number, ofPlatform: number, ofAll: number): number =>
  ofAll === 0 ? 0 : Math.floor((total * ofPlatform) / ofAll);
