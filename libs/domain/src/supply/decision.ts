/** What a person makes of an attempt whose outcome nobody else could tell. */
export const DECISIONS = ['succeeded', 'failed', 'ask-again', 'give-to'] as const;
export type Decision = (typeof DECISIONS)[number];
