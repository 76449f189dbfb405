import type { StaffRole } from './permission.js';

/** Whether the people of every role may choose, or those who hold the keys and the money must have one. */
export type SecondFactorRule = 'optional' | 'required';

const MUST_HAVE: readonly StaffRole[] = ['owner', 'finance'];

export const mustHaveSecondFactor = (role: StaffRole, rule: SecondFactorRule): boolean =>
  rule === 'required' && MUST_HAVE.includes(role);
