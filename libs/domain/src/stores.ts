export * from './vault/card-vault.js';
export * from './vault/master-key.js';
