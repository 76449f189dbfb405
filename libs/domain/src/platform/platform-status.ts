export const PLATFORM_STATUSES = ['active', 'suspended'] as const;
export type PlatformStatus = (typeof PLATFORM_STATUSES)[number];

export const CREDENTIAL_STATUSES = ['active', 'revoked'] as const;
export type CredentialStatus = (typeof CREDENTIAL_STATUSES)[number];
