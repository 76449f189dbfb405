import fc from 'fast-check';
import {
  decisionFault,
  needsApproval,
  STANDARD_LIMIT,
  type ApprovalToDecide,
  type Decider,
} from './approval.js';
import { STAFF_ROLES } from './permission.js';

const NOW = 1_000_000;
const RULES = { permission: 'money.approve', limit: STANDARD_LIMIT, nowMs: NOW } as const;
const asked = (more: Partial<ApprovalToDecide> = {}): ApprovalToDecide => ({
  status: 'asked',
  askedBy: 'asker@example.test',
  amountHao: 2_000_000,
  expiresAtMs: NOW + 1,
  ...more,
});
const finance: Decider = { email: 'other@example.test', role: 'finance' };
const owner: Decider = { email: 'owner@example.test', role: 'owner' };

describe('an act over money', () => {
  it('is done alone up to the limit and needs somebody else above it, in either direction', () => {
    expect(needsApproval(STANDARD_LIMIT, 1_000_000)).toBe(false);
    expect(needsApproval(STANDARD_LIMIT, 1_000_001)).toBe(true);
    expect(needsApproval(STANDARD_LIMIT, -1_000_001)).toBe(true);
  });

  it('always needs somebody else where it has no amount, or its limit says never alone', () => {
    expect(needsApproval(STANDARD_LIMIT, null)).toBe(true);
    expect(needsApproval({ ...STANDARD_LIMIT, aloneUpToHao: null }, 1)).toBe(true);
  });
});

describe('a decision', () => {
  it('is never taken by who asked, whatever the role and however the address is written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STAFF_ROLES), fc.boolean(), (role, isLoud) => {
        const email = isLoud ? ' ASKER@example.test' : 'asker@example.test';
        expect(decisionFault(asked(), { email, role }, RULES)).toBe('approval.own');
      }),
    );
  });

  it('above the large limit is an owner’s', () => {
    const large = asked({ amountHao: 50_000_001 });
    expect(decisionFault(asked({ amountHao: 50_000_000 }), finance, RULES)).toBeUndefined();
    expect(decisionFault(large, finance, RULES)).toBe('approval.needs-owner');
    expect(decisionFault(large, owner, RULES)).toBeUndefined();
    expect(decisionFault(asked({ amountHao: -50_000_001 }), finance, RULES)).toBe(
      'approval.needs-owner',
    );
  });

  it('asks for the permission that its kind names', () => {
    const service: Decider = { email: 'x@example.test', role: 'service' };
    expect(decisionFault(asked(), service, RULES)).toBe('staff.forbidden');
    expect(decisionFault(asked({ amountHao: null }), finance, RULES)).toBeUndefined();
  });

  it('is taken once and in time', () => {
    expect(decisionFault(asked({ status: 'approved' }), owner, RULES)).toBe('approval.not-open');
    expect(decisionFault(asked({ expiresAtMs: NOW }), owner, RULES)).toBe('approval.expired');
  });
});
