export * from './api-keys.ts';
export * from './audit-entries.ts';
export * from './companies.ts';
export * from './customers.ts';
export * from './imports.ts';
export * from './outbox.ts';
export * from './staff.ts';
