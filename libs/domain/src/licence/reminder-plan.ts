import { dateOfDay, dayOfDate } from '../shared/business-time.js';
import { invariant } from '../shared/assert.js';
import type { LicenceClock } from './licence-kinds.js';

/** Days before the day itself; behind it everybody is told daily until it is solved. */
export const EXPIRY_LADDER: readonly number[] = [180, 120, 90, 60, 30, 14, 7, 3, 1, 0];
export const APPLY_LADDER: readonly number[] = [90, 60, 30, 14, 7, 1, 0];
export const REVIEW_LADDER: readonly number[] = [14, 7, 3, 1, 0];
export const PERPETUAL_REVIEW_DAYS = 180;
/** A legal rule that nobody has read again for so long is a reminder of its own. */
export const RULE_REVIEW_DAYS = 365;

/** From so many days left on the next person is told, too. */
export const COMPLIANCE_FROM_DAYS = 30;
export const OWNER_FROM_DAYS = 7;

/** One step of a clock: on `dueOn` somebody is to be told that so many days are left; negative: they are over. */
export interface ReminderStep {
  readonly clock: LicenceClock;
  readonly daysLeft: number;
  readonly dueOn: string;
}

export interface LicenceClockFace {
  readonly clock: LicenceClock;
  /** The day that it counts to. */
  readonly targetOn: string;
  readonly ladder: readonly number[];
  /** Steps before this day are nobody's fault: of them only the last is told. */
  readonly sinceOn: string;
}

/** So many steps at most are written for one clock at once: a licence that ended years ago is not told of a thousand times. */
const STEPS_MAX = 400;

/**
 * The steps of a clock that are due on or before today, oldest first. What was due before the licence was entered is one
 * step: the last of them. What a worker that was away has missed is all there.
 */
export function dueSteps(face: LicenceClockFace, today: string): ReminderStep[] {
  const target = dayNumber(face.targetOn);
  const now = dayNumber(today);
  const since = dayNumber(face.sinceOn);
  const planned = face.ladder
    .map((daysLeft) => stepAt(face, target, daysLeft))
    .filter(({ dueOn }) => dueOn <= today);
  const daily = Array.from({ length: Math.max(0, Math.min(STEPS_MAX, now - target)) }, (_, index) =>
    stepAt(face, target, -(Math.max(0, now - target - STEPS_MAX) + index + 1)),
  );
  const all = [...planned, ...daily].sort((one, other) => other.daysLeft - one.daysLeft);
  const before = all.filter(({ dueOn }) => dayNumber(dueOn) < since);
  const missed = before.at(-1);
  const later = all.filter(({ dueOn }) => dayNumber(dueOn) >= since);
  return missed && later.length === 0 ? [missed] : later;
}

/** The day of the next step after today: of the ladder, or tomorrow where the day is over. */
export function nextStepOn(face: LicenceClockFace, today: string): string {
  const target = dayNumber(face.targetOn);
  const now = dayNumber(today);
  const ahead = face.ladder.map((daysLeft) => target - daysLeft).filter((day) => day > now);
  const next = ahead.length > 0 ? Math.min(...ahead) : Math.max(now, target) + 1;
  return dateOfDay(next);
}

const stepAt = (face: LicenceClockFace, target: number, daysLeft: number): ReminderStep => ({
  clock: face.clock,
  daysLeft,
  dueOn: dateOfDay(target - daysLeft),
});

export interface ClockedLicence {
  readonly effectiveOn: string;
  readonly expiresOn: string | null;
  readonly applyBy: string | null;
  readonly reviewDays: number | null;
  readonly reviewedOn: string | null;
  readonly expiryLadder: readonly number[];
  readonly applyLadder: readonly number[];
  readonly isRenewing: boolean;
  /** The day on which it was entered. */
  readonly enteredOn: string;
}

/** The clocks that run for a licence: it expires, its renewal must be asked for, and what never ends is looked at. */
export function clockFaces(licence: ClockedLicence): LicenceClockFace[] {
  const { expiresOn, applyBy, reviewDays, isRenewing } = licence;
  const sinceOn = licence.enteredOn;
  const faces: LicenceClockFace[] = [];
  if (expiresOn !== null)
    faces.push({
      clock: 'expiry',
      targetOn: expiresOn,
      ladder: orStandard(licence.expiryLadder, EXPIRY_LADDER),
      sinceOn,
    });
  // Where the last day to ask is the last day of all, there is one clock, not two that say the same.
  if (applyBy !== null && applyBy !== expiresOn && !isRenewing)
    faces.push({
      clock: 'apply-by',
      targetOn: applyBy,
      ladder: orStandard(licence.applyLadder, APPLY_LADDER),
      sinceOn,
    });
  const every = reviewDays ?? (expiresOn === null ? PERPETUAL_REVIEW_DAYS : null);
  if (every !== null)
    faces.push({
      clock: 'review',
      targetOn: dateOfDay(dayNumber(licence.reviewedOn ?? licence.effectiveOn) + every),
      ladder: REVIEW_LADDER,
      sinceOn,
    });
  return faces;
}

const orStandard = (own: readonly number[], standard: readonly number[]): readonly number[] =>
  own.length > 0 ? own : standard;

export interface Watchers {
  readonly ownerEmail: string;
  readonly compliance: readonly string[];
  readonly owners: readonly string[];
  /** Everybody who can log in; whoever is gone hears nothing. */
  readonly active: readonly string[];
}

/** Who is told of a step: its owner, then compliance, then the owner of the firm. Nobody's licence goes to both at once. */
export function recipientsOf(daysLeft: number, watchers: Watchers): string[] {
  const { ownerEmail, compliance, owners, active } = watchers;
  const isOwned = active.includes(ownerEmail);
  const told = new Set<string>();
  if (isOwned) told.add(ownerEmail);
  if (!isOwned || daysLeft <= COMPLIANCE_FROM_DAYS) for (const one of compliance) told.add(one);
  if (daysLeft <= OWNER_FROM_DAYS || told.size === 0) for (const one of owners) told.add(one);
  return [...told];
}

/** Days from one day to another; negative where it is over. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export function dayNumber(date: string): number {
  const day = dayOfDate(date);
  invariant(day !== undefined, `${date} is a day`);
  return day;
}

/** Messages of a day leave then, so that all licences of a person are in one. */
export const MESSAGE_HOUR = 9;
