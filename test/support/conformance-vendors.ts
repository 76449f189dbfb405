import { REFUSALS } from '../../tools/simulator/plan.js';
import { afterCreate, REFUSAL_RULES, type CreateOutcome, type RefusalClass } from '#domain';

/** Vendors that list nothing but success. */
const ALL_UNLISTED: Readonly<Record<string, 'unlisted'>> = Object.fromEntries(
  REFUSALS.map((refusal) => [refusal, 'unlisted']),
);

/** Where a vendor has no code of its own for a refusal: what its nearest code means, or that nothing lists it. */
const NEAREST: Readonly<Record<string, Readonly<Record<string, RefusalClass | 'unlisted'>>>> = {
  kakayun: { blacklist: 'account', stock: 'off-shelf', maintenance: 'permission' },
  kayixin: { maintenance: 'off-shelf' },
  kasushou: { maintenance: 'off-shelf' },
  julangyun: { limit: 'other', maintenance: 'permission' },
  xingquanyi: { maintenance: 'off-shelf' },
  feisuyuan: {
    blacklist: 'account',
    price: 'unlisted',
    stock: 'unlisted',
    'off-shelf': 'unlisted',
    auth: 'unlisted',
    maintenance: 'unlisted',
  },
  fulu: ALL_UNLISTED,
  youkayun: ALL_UNLISTED,
};
/** A refusal that the vendor's table lists stops or moves on; one that it does not list can only be asked about. */
export function expectRefused(
  protocol: string,
  created: CreateOutcome,
  refusal: RefusalClass,
): void {
  const expected = NEAREST[protocol]?.[refusal] ?? refusal;
  if (expected === 'unlisted') {
    expect(created).toMatchObject({ outcome: 'unknown', cause: 'new-code', isNewCode: true });
    return expect(afterCreate(created, 1)).toBe('query-only');
  }
  expect(created).toMatchObject({ outcome: 'rejected', refusal: expected });
  const next = REFUSAL_RULES[expected].stopsOrder ? 'stop-order' : 'next-supplier';
  expect(afterCreate(created, 1)).toBe(next);
}

const SILENT_ABOUT: Readonly<Record<string, readonly string[]>> = {
  youkayun: ['duplicate', 'system'],
  fulu: ['system'],
};

/** A vendor that lists nothing but success tells neither duplicates nor faults apart. */
export const causeTold = (protocol: string, disturbance: string, cause: string): string =>
  SILENT_ABOUT[protocol]?.includes(disturbance) ? 'new-code' : cause;

/** Vendors that do not tell of a part: the missing cards are awaited, and a person decides in the end. */
export const TELLS_NO_PART = new Set(['xinghai']);
/** What is read of a refund where it was paid, where it was not, and where it was only marked. */
export const REFUNDS_TOLD: Readonly<Record<string, readonly string[]>> = {
  kakayun: ['full', 'none', 'marked'],
  xinghai: ['unstated', 'unstated', 'unstated'],
  feisuyuan: ['unstated', 'unstated', 'unstated'],
  fulu: ['unstated', 'unstated', 'unstated'],
  youkayun: ['full', 'full', 'full'],
};

/** Protocols whose notification nobody can verify. */
export const HINT_ONLY = new Set<string>(['youkayun']);

/** Vendors whose notifications go to an address that is set with them, not to one that an order names. */
export const NOTIFIES_FIXED_ADDRESS = new Set<string>(['fulu']);
