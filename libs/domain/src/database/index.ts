export * from './base.entity.js';
export * from './columns.js';
export * from './data-source.js';
export * from './sql.js';
