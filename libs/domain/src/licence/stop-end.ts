/** `covered`: the licence is there again, so is the product. `override`: two people allowed it for a while. `staff`: somebody else has moved it. */
export const STOP_ENDS = ['covered', 'override', 'staff'] as const;
export type StopEnd = (typeof STOP_ENDS)[number];
