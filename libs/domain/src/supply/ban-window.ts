import { DAY_MS, MINUTE_MS, SHANGHAI_OFFSET_MS } from '../shared/business-time.js';

/**
 * A daily time in Shanghai, `HH:MM` to `HH:MM`, in which nothing is bought. One that ends before it begins goes over
 * midnight; one that ends when it begins is the whole day. `weekdays` (1 Monday to 7 Sunday) says on which days it
 * begins; without it, every day.
 */
export interface BanWindow {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: readonly number[];
}

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Whether the text is a time of day as ban windows write it. */
export const isClockText = (text: string): boolean => CLOCK.test(text);

/** Whether one of the windows is open at this moment. */
export function isBanned(windows: readonly BanWindow[], nowMs: number): boolean {
  return windows.some((window) => isOpen(window, nowMs));
}

function isOpen({ from, to, weekdays }: BanWindow, nowMs: number): boolean {
  const localMs = nowMs + SHANGHAI_OFFSET_MS;
  const minute = Math.floor((localMs % DAY_MS) / MINUTE_MS);
  const fromMinute = minuteOf(from);
  const toMinute = minuteOf(to);
  const beganToday = minute >= fromMinute;
  if (toMinute > fromMinute) return beganToday && minute < toMinute && isOnDay(weekdays, localMs);
  if (beganToday) return isOnDay(weekdays, localMs);
  return minute < toMinute && isOnDay(weekdays, localMs - DAY_MS);
}

function minuteOf(text: string): number {
  const [, hours = '0', minutes = '0'] = CLOCK.exec(text) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** The first of January 1970 was a Thursday. */
function isOnDay(weekdays: readonly number[] | undefined, localMs: number): boolean {
  if (!weekdays || weekdays.length === 0) return true;
  const weekday = ((Math.floor(localMs / DAY_MS) + 3) % 7) + 1;
  return weekdays.includes(weekday);
}
