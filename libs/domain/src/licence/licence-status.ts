import type { LicenceStanding, LicenceStatus } from './licence-kinds.js';

/** What decides where a licence stands. */
export interface LicenceFacts {
  readonly standing: LicenceStanding;
  readonly isVerified: boolean;
  readonly effectiveOn: string;
  readonly expiresOn: string | null;
  readonly applyBy: string | null;
  /** Its renewal has been asked for. */
  readonly isRenewing: boolean;
  /** A verified licence follows it. */
  readonly isFollowed: boolean;
}

/** Where a licence stands on a day; it is never stored, so it cannot be late. */
export function licenceStatus(licence: LicenceFacts, today: string): LicenceStatus {
  const { standing, effectiveOn, expiresOn, applyBy } = licence;
  if (standing !== 'in-force') return standing;
  if (!licence.isVerified) return 'unverified';
  if (expiresOn !== null && expiresOn < today) return licence.isFollowed ? 'replaced' : 'expired';
  return effectiveOn > today ? 'not-yet' : statusOfValid(licence, applyBy, today);
}

function statusOfValid(
  { isFollowed, isRenewing }: LicenceFacts,
  applyBy: string | null,
  today: string,
): LicenceStatus {
  if (isFollowed || applyBy === null) return 'active';
  if (isRenewing) return 'renewing';
  return applyBy < today ? 'apply-late' : 'active';
}

const FIRST = -1_000_000;
const SOON = -500_000;
const LAST = 1_000_000;
const URGENCY: Readonly<Record<LicenceStatus, number>> = {
  revoked: FIRST,
  suspended: FIRST,
  expired: FIRST,
  'apply-late': SOON,
  unverified: SOON,
  active: 0,
  renewing: 0,
  'not-yet': 0,
  replaced: LAST,
  surrendered: LAST,
};
const NO_END_DAYS = 400_000;

/** The smaller the more urgent: what has ended, then what ends soonest. */
export function licenceUrgency(status: LicenceStatus, daysLeft: number | null): number {
  return URGENCY[status] + (daysLeft ?? NO_END_DAYS);
}
