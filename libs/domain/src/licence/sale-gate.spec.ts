import fc from 'fast-check';
import { dateOfDay, dayOfDate, shanghaiMidnightMs } from '../shared/business-time.js';
import {
  isRightLapsed,
  licenceRefusal,
  mayList,
  NEVER,
  saleGate,
  saleVerdict,
  type GateSubject,
  type HeldLicence,
  type RequiredLicence,
} from './sale-gate.js';

const TODAY = '2026-11-25';
const REQUIRED: RequiredLicence = {
  typeId: 'icp',
  isUpstream: false,
  holder: null,
  territory: 'CN',
};
const SUBJECT: GateSubject = { productCode: 'SOFT-1', category: 'software', platformCode: 'demo' };

const aLicence = (given: Partial<HeldLicence> = {}): HeldLicence => ({
  id: 'l1',
  typeId: 'icp',
  holder: 'We Ltd',
  standing: 'in-force',
  isVerified: true,
  effectiveOn: '2022-01-01',
  expiresOn: '2026-12-31',
  applyBy: '2026-12-31',
  isRenewing: false,
  categories: [],
  productCodes: [],
  platformCodes: [],
  territories: [],
  ...given,
});
const gateOf = (licences: readonly HeldLicence[], required = [REQUIRED], today = TODAY) =>
  saleGate(required, licences, SUBJECT, today);
const at = (date: string, offsetMs = 0): number =>
  shanghaiMidnightMs(dayOfDate(date) ?? NaN) + offsetMs;
const now = (
  gate: ReturnType<typeof gateOf>,
  date: string,
  overrideUntilMs: number | null = null,
) => saleVerdict({ ...gate, overrideUntilMs }, at(date));

describe('the sales gate', () => {
  it('lets everything through that needs nothing', () => {
    const gate = gateOf([], []);
    expect(gate).toMatchObject({ sellUntil: null, listUntil: null, fulfilUntil: null, lacks: [] });
    expect(now(gate, '2099-01-01')).toBe('ok');
  });

  it('is open through the end of the last day in Shanghai, and shut a moment later', () => {
    const gate = { ...gateOf([aLicence({ expiresOn: TODAY })]), overrideUntilMs: null };
    expect(saleVerdict(gate, at('2026-11-26', -1))).toBe('ok');
    expect(saleVerdict(gate, at('2026-11-26'))).toBe('blocked');
  });

  it.each([
    ['missing', []],
    ['scope', [aLicence({ productCodes: ['OTHER'] })]],
    ['scope', [aLicence({ platformCodes: ['demo2'] })]],
    ['scope', [aLicence({ territories: ['HK'] })]],
    ['unverified', [aLicence({ isVerified: false })]],
    ['expired', [aLicence({ expiresOn: '2026-11-24' })]],
    ['not-yet', [aLicence({ effectiveOn: '2026-11-26' })]],
    ['suspended', [aLicence({ standing: 'suspended' })]],
    ['revoked', [aLicence({ standing: 'revoked' }), aLicence({ expiresOn: '2026-11-24' })]],
    ['missing', [aLicence({ typeId: 'edi' })]],
  ] as const)('is shut and says why: %s', (fault, licences) => {
    const gate = gateOf(licences);
    expect(gate.sellUntil).toBe(NEVER);
    expect(gate.lacks.map((one) => one.fault)).toEqual([fault]);
    expect(now(gate, TODAY)).toBe('blocked');
  });

  it('asks for the holder that the matrix names', () => {
    const required = [{ ...REQUIRED, holder: 'Other Ltd' }];
    expect(gateOf([aLicence()], required).sellUntil).toBe(NEVER);
    expect(gateOf([aLicence({ holder: 'Other Ltd' })], required).sellUntil).toBe('2026-12-31');
  });

  it('goes on without a break where the next licence begins the day after', () => {
    const next = aLicence({ id: 'l2', effectiveOn: '2027-01-01', expiresOn: '2031-12-31' });
    expect(gateOf([aLicence(), next]).sellUntil).toBe('2031-12-31');
    expect(gateOf([aLicence(), { ...next, effectiveOn: '2027-01-02' }]).sellUntil).toBe(
      '2026-12-31',
    );
  });

  it('warns from the day after the last day to apply, unless somebody has', () => {
    const late = aLicence({ applyBy: '2026-11-24' });
    expect(now(gateOf([late]), TODAY)).toBe('warn');
    expect(mayList('warn')).toBe(false);
    expect(now(gateOf([aLicence({ applyBy: TODAY })]), TODAY)).toBe('ok');
    expect(now(gateOf([{ ...late, isRenewing: true }]), TODAY)).toBe('renewing');
    expect(mayList('renewing')).toBe(true);
  });

  it('lets what is paid for be delivered until the right of an upstream lapses', () => {
    const upstream = { ...REQUIRED, typeId: 'right', isUpstream: true };
    const right = aLicence({ id: 'r', typeId: 'right', expiresOn: '2027-06-30' });
    const ours = aLicence({ expiresOn: '2026-11-24' });
    const gate = { ...gateOf([ours, right], [REQUIRED, upstream]), overrideUntilMs: null };
    expect(saleVerdict(gate, at(TODAY))).toBe('blocked');
    expect(isRightLapsed(gate, at(TODAY))).toBe(false);
    expect(isRightLapsed(gate, at('2027-07-01'))).toBe(true);
  });

  it('knows a leave of two people until its end, and tells of a revocation, for which there is none', () => {
    const gate = gateOf([aLicence({ expiresOn: '2026-11-24' })]);
    expect(now(gate, TODAY, at(TODAY, 1))).toBe('overridden');
    expect(now(gate, TODAY, at(TODAY))).toBe('blocked');
    expect(gateOf([aLicence({ standing: 'revoked' })]).isRevoked).toBe(true);
  });

  it('asks the gate of the platform first, and the one for everybody where it has none', () => {
    const product = {
      code: 'SOFT-1',
      gates: [
        { platformId: null, sellUntil: NEVER, overrideUntilMs: null },
        { platformId: 'p1', sellUntil: '2026-12-31', overrideUntilMs: null },
      ],
    };
    expect(licenceRefusal(product, 'p1', at(TODAY))).toBeUndefined();
    expect(licenceRefusal(product, 'p2', at(TODAY))?.code).toBe('product.licence-lapsed');
    expect(licenceRefusal({ code: 'SOFT-1', gates: null }, 'p2', at(TODAY))).toBeUndefined();
  });
});

const day = fc.integer({ min: 20_000, max: 21_000 }).map(dateOfDay);
const someLicence = fc
  .record({
    from: fc.integer({ min: 19_900, max: 21_000 }),
    length: fc.option(fc.integer({ min: 0, max: 400 })),
    standing: fc.constantFrom('in-force', 'suspended', 'revoked' as const),
    isVerified: fc.boolean(),
  })
  .map(({ from, length, standing, isVerified }) =>
    aLicence({
      standing: standing as HeldLicence['standing'],
      isVerified,
      effectiveOn: dateOfDay(from),
      expiresOn: length === null ? null : dateOfDay(from + length),
    }),
  );

describe('a gate that was counted once', () => {
  it('says on every later day what one says that is counted on that day, as long as it is open', () => {
    fc.assert(
      fc.property(
        fc.array(someLicence, { maxLength: 6 }),
        day,
        fc.nat(500),
        (held, from, later) => {
          const once = gateOf(held, [REQUIRED], from);
          const on = dateOfDay((dayOfDate(from) ?? 0) + later);
          const anew = gateOf(held, [REQUIRED], on);
          const isOpen = once.sellUntil === null || once.sellUntil >= on;
          // Shut before it is counted again is the safe side; open when it should be shut never happens.
          if (isOpen) expect(now(anew, on)).not.toBe('blocked');
        },
      ),
    );
  });

  it('never sells on a licence that nobody has verified, or that was suspended or revoked', () => {
    fc.assert(
      fc.property(fc.array(someLicence, { maxLength: 6 }), day, (held, on) => {
        const isCovered = held.some(
          (one) =>
            one.isVerified &&
            one.standing === 'in-force' &&
            one.effectiveOn <= on &&
            (one.expiresOn === null || one.expiresOn >= on),
        );
        expect(now(gateOf(held, [REQUIRED], on), on) === 'blocked').toBe(!isCovered);
      }),
    );
  });
});
