import { afterCreate, REFUSAL_RULES, type CreateOutcome, type RefusalClass } from '#domain';

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
  youkayun: {
    account: 'unlisted',
    blacklist: 'unlisted',
    price: 'unlisted',
    balance: 'unlisted',
    stock: 'unlisted',
    'off-shelf': 'unlisted',
    auth: 'unlisted',
    limit: 'unlisted',
    maintenance: 'unlisted',
  },
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

/** A vendor that lists nothing but success tells neither duplicates nor faults apart. */
export const causeTold = (protocol: string, disturbance: string, cause: string): string =>
  protocol === 'youkayun' && ['duplicate', 'system'].includes(disturbance) ? 'new-code' : cause;

/** Vendors that do not tell of a part: the missing cards are awaited, and a person decides in the end. */
export const TELLS_NO_PART = new Set(['xinghai']);
/** What is read of a refund where it was paid, where it was not, and where it was only marked. */
export const REFUNDS_TOLD: Readonly<Record<string, readonly string[]>> = {
  kakayun: ['full', 'none', 'marked'],
  xinghai: ['unstated', 'unstated', 'unstated'],
  feisuyuan: ['unstated', 'unstated', 'unstated'],
  youkayun: ['full', 'full', 'full'],
};

/** Protocols whose notification nobody can verify. */
export const HINT_ONLY = new Set<string>(['youkayun']);
