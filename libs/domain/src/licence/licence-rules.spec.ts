import fc from 'fast-check';
import { dateOfDay } from '../shared/business-time.js';
import { licenceStatus, type LicenceFacts } from './licence-status.js';
import {
  APPLY_LADDER,
  clockFaces,
  dayNumber,
  dueSteps,
  EXPIRY_LADDER,
  nextStepOn,
  recipientsOf,
  type ClockedLicence,
  type LicenceClockFace,
} from './reminder-plan.js';

const FACE: LicenceClockFace = {
  clock: 'expiry',
  targetOn: '2026-12-31',
  ladder: EXPIRY_LADDER,
  sinceOn: '2026-01-01',
};
const dayBefore = (days: number): string => dateOfDay(dayNumber(FACE.targetOn) - days);
const leftOf = (today: string, face = FACE): number[] =>
  dueSteps(face, today).map(({ daysLeft }) => daysLeft);

describe('the clock of a licence', () => {
  it('tells 180 to 0 days before the last day, and then every day', () => {
    expect(leftOf(dayBefore(181))).toEqual([]);
    expect(leftOf(dayBefore(180))).toEqual([180]);
    expect(leftOf(dayBefore(0))).toEqual([180, 120, 90, 60, 30, 14, 7, 3, 1, 0]);
    expect(leftOf(dayBefore(-3)).slice(-4)).toEqual([0, -1, -2, -3]);
  });

  it('has the steps of the days on which nobody looked', () => {
    const known = new Set(leftOf(dayBefore(31)));
    expect(leftOf(dayBefore(2)).filter((days) => !known.has(days))).toEqual([30, 14, 7, 3]);
  });

  it('tells one step, the last, of all that were past when the licence was entered', () => {
    const face = { ...FACE, sinceOn: dayBefore(20) };
    expect(leftOf(dayBefore(20), face)).toEqual([30]);
    expect(leftOf(dayBefore(14), face)).toEqual([14]);
  });

  it('names the day of the next step, tomorrow once everything is over', () => {
    expect(nextStepOn(FACE, dayBefore(100))).toBe(dayBefore(90));
    expect(nextStepOn(FACE, dayBefore(0))).toBe('2027-01-01');
    expect(nextStepOn(FACE, '2027-02-10')).toBe('2027-02-11');
  });

  it('misses no step, whatever the days on which somebody looked', () => {
    const looks = fc.array(fc.integer({ min: -30, max: 200 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(looks, (days) => {
        const told = new Set<number>();
        const dates = days.map(dayBefore).sort((one, other) => one.localeCompare(other));
        for (const date of dates) for (const left of leftOf(date)) told.add(left);
        expect([...told]).toEqual(leftOf(dates.at(-1) ?? ''));
      }),
    );
  });

  it('is never asked to wait for a day that is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), (days) => {
        const today = dayBefore(days);
        expect(nextStepOn(FACE, today) > today).toBe(true);
      }),
    );
  });
});

const LICENCE: ClockedLicence = {
  effectiveOn: '2022-01-01',
  expiresOn: '2026-12-31',
  applyBy: '2026-10-02',
  reviewDays: null,
  reviewedOn: null,
  expiryLadder: [],
  applyLadder: [],
  isRenewing: false,
  enteredOn: '2026-01-01',
};
const clocks = (given: Partial<ClockedLicence>): string[] =>
  clockFaces({ ...LICENCE, ...given }).map((face) => `${face.clock} ${face.targetOn}`);

describe('the clocks of a licence', () => {
  it('are two: its end, and the last day to ask for its renewal', () => {
    expect(clocks({})).toEqual(['expiry 2026-12-31', 'apply-by 2026-10-02']);
    expect(clockFaces(LICENCE)[1]?.ladder).toEqual(APPLY_LADDER);
  });

  it('stop asking for an application that is in', () => {
    expect(clocks({ isRenewing: true })).toEqual(['expiry 2026-12-31']);
  });

  it('are one where the last day to ask is the last day', () => {
    expect(clocks({ applyBy: '2026-12-31' })).toEqual(['expiry 2026-12-31']);
  });

  it('have a perpetual licence looked at every 180 days', () => {
    const perpetual = { expiresOn: null, applyBy: null };
    expect(clocks(perpetual)).toEqual(['review 2022-06-30']);
    expect(clocks({ ...perpetual, reviewedOn: '2026-11-01' })).toEqual(['review 2027-04-30']);
  });

  it('follow ladders of its own', () => {
    expect(clockFaces({ ...LICENCE, expiryLadder: [45] })[0]?.ladder).toEqual([45]);
  });
});

describe('who is told', () => {
  const watchers = {
    ownerEmail: 'a@example.test',
    compliance: ['c@example.test'],
    owners: ['o@example.test'],
    active: ['a@example.test', 'c@example.test', 'o@example.test'],
  };

  it.each([
    [31, ['a@example.test']],
    [30, ['a@example.test', 'c@example.test']],
    [7, ['a@example.test', 'c@example.test', 'o@example.test']],
    [-5, ['a@example.test', 'c@example.test', 'o@example.test']],
  ])('with %i days left: %p', (days, told) => {
    expect(recipientsOf(days, watchers)).toEqual(told);
  });

  it('is compliance at once where the owner of a licence has left, and the owner of the firm where there is none', () => {
    const left = { ...watchers, active: ['c@example.test', 'o@example.test'] };
    expect(recipientsOf(90, left)).toEqual(['c@example.test']);
    expect(recipientsOf(90, { ...left, compliance: [] })).toEqual(['o@example.test']);
  });
});

describe('where a licence stands', () => {
  const facts: LicenceFacts = {
    standing: 'in-force',
    isVerified: true,
    effectiveOn: '2022-01-01',
    expiresOn: '2026-12-31',
    applyBy: '2026-10-02',
    isRenewing: false,
    isFollowed: false,
  };

  it.each([
    ['active', {}, '2026-10-02'],
    ['apply-late', {}, '2026-10-03'],
    ['renewing', { isRenewing: true }, '2026-10-03'],
    ['active', { isFollowed: true }, '2026-10-03'],
    ['expired', { isRenewing: true }, '2027-01-01'],
    ['replaced', { isFollowed: true }, '2027-01-01'],
    ['not-yet', {}, '2021-12-31'],
    ['unverified', { isVerified: false }, '2026-01-01'],
    ['revoked', { standing: 'revoked' }, '2026-01-01'],
    ['active', { expiresOn: null, applyBy: null }, '2099-01-01'],
  ] as const)('%s: %p on %s', (status, given, today) => {
    expect(licenceStatus({ ...facts, ...given }, today)).toBe(status);
  });
});
