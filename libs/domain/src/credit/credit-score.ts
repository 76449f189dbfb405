/** What a score is made of. */
export const CREDIT_PARTS = [
  'punctuality',
  'worst-delay',
  'tenure',
  'disputes',
  'concentration',
  'identity',
] as const;
export type CreditPart = (typeof CREDIT_PARTS)[number];
