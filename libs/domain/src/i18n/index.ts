export * from './language.js';
export type { MessageKey, Messages } from './messages.js';
export * from './translate.js';
