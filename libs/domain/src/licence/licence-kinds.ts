/** `permit`: an authority allows it. `registration`: somebody has put it down. `contract`: a partner allows it, until a day. */
export const LICENCE_TYPE_KINDS = ['permit', 'registration', 'contract'] as const;
export type LicenceTypeKind = (typeof LICENCE_TYPE_KINDS)[number];

/** What people have said of a licence; where it stands follows from this and the day (`licenceStatus`). */
export const LICENCE_STANDINGS = ['in-force', 'suspended', 'revoked', 'surrendered'] as const;
export type LicenceStanding = (typeof LICENCE_STANDINGS)[number];

export const LICENCE_STATUSES = [
  'unverified',
  'not-yet',
  'active',
  'renewing',
  'apply-late',
  'expired',
  'replaced',
  'suspended',
  'revoked',
  'surrendered',
] as const;
export type LicenceStatus = (typeof LICENCE_STATUSES)[number];

export const VERIFICATION_RESULTS = ['confirmed', 'mismatch', 'not-found'] as const;
export type VerificationResult = (typeof VERIFICATION_RESULTS)[number];

/** `apply-by`: the last day to ask for the renewal. `review`: a perpetual document is looked at. `rule`: a legal rule is read again. */
export const LICENCE_CLOCKS = ['apply-by', 'expiry', 'review', 'rule'] as const;
export type LicenceClock = (typeof LICENCE_CLOCKS)[number];

export const LICENCE_MESSAGE_STATUSES = ['due', 'sent', 'in-panel', 'dead'] as const;
export type LicenceMessageStatus = (typeof LICENCE_MESSAGE_STATUSES)[number];

export const DOCUMENT_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];
