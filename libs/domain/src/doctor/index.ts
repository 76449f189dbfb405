export * from './check.js';
export * from './ciphertext-check.js';
export * from './run-checks.js';
