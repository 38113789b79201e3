import { expect, it } from 'vitest';
import { auditDetailsText } from './audit-details.tsx';

const locale = { currency: 'EUR', timeZone: 'Europe/Berlin' };

it.each([
  [
    'CustomerUpdated',
    {
      creditLimitCents: { from: null, to: 120050 },
      taxRateOverridePpm: { from: 80000, to: 77500 },
      notes: { from: 'Dock B', to: null },
      emailVerified: { from: false, to: true },
    },
    'Credit limit: empty → €1,200.50; Tax rate override: 8% → 7.75%; Notes: Dock B → empty; Email verified: No → Yes',
  ],
  [
    'CustomerStatusChanged',
    { status: { from: 'ACTIVE', to: 'BLOCKED' } },
    'Status: Active → Blocked',
  ],
  [
    'ProductUpdated',
    {
      sku: { from: null, to: 'F-1' },
      priceCents: { from: 100, to: 120 },
      imageId: { from: 'img_1', to: 'img_2' },
    },
    'Image changed; SKU: empty → F-1; Price: €1.00 → €1.20',
  ],
  [
    'ApiKeyCreated',
    {
      name: { from: null, to: 'ERP' },
      scopes: { from: null, to: ['products:read', 'orders:write'] },
      createdBy: { from: null, to: 'usr_1' },
    },
    'Name: ERP; Scopes: Products — Read, Orders — Write',
  ],
  [
    'ApiKeyRevoked',
    { revokedAt: { from: null, to: '2026-11-21T12:05:00.123+00:00' } },
    'Revoked: Nov 21, 2026, 13:05',
  ],
  [
    'CustomerRegistered',
    {
      email: { from: null, to: 'ann@x.test' },
      status: { from: null, to: 'ACTIVE' },
      emailVerified: { from: null, to: false },
      passwordHash: {},
    },
    'Email: ann@x.test; Status: Active; Email verified: No; Password chosen',
  ],
  [
    'CustomerContactCreated',
    {
      customerId: { from: null, to: 'cus_1' },
      role: { from: null, to: 'BUYER' },
      active: { from: null, to: true },
      invitedAt: { from: null, to: '2026-11-21T12:05:00.123+00:00' },
    },
    'Customer: cus_1; Role: Buyer; Active: Yes; Invited: Nov 21, 2026, 13:05',
  ],
  [
    'CustomerContactJoined',
    { emailVerified: { from: false, to: true }, passwordHash: {} },
    'Password chosen; Email verified: No → Yes',
  ],
  ['CustomerPasswordReset', { passwordHash: {} }, 'Password changed'],
  [
    'AddressUpdated',
    { line1: { from: 'Main St 1', to: 'Main St 2' }, isDefault: { from: false, to: true } },
    'Address: Main St 1 → Main St 2; Default: No → Yes',
  ],
  ['PasswordChanged', { passwordHash: {} }, 'Password changed'],
  [
    'CompanyUpdated',
    {
      taxRatePpm: { from: 0, to: 82500 },
      shippingCents: { from: 0, to: 1250 },
      freeShippingFromCents: { from: 50000, to: null },
      lowStockThreshold: { from: 5, to: 10 },
      paperSize: { from: 'LETTER', to: 'A4' },
      invoiceDetails: { from: null, to: '1 Main Street\nTax ID 12' },
    },
    'Tax rate: 0% → 8.25%; Shipping: €0.00 → €12.50; Free shipping from: €500.00 → empty; Low stock threshold: 5 → 10; Paper size: Letter → A4; Invoice details: empty → 1 Main Street\nTax ID 12',
  ],
  ['OrderPlaced', { totalCents: 92906 }, 'Total: €929.06'],
  ['CustomerBulkImported', { created: 12, updated: 3 }, 'Created: 12; Updated: 3'],
  ['Anything', { nested: { from: { a: 1 }, to: [] } }, 'Nested: {"a":1} → empty'],
  [
    'WebhookDeleted',
    { url: { from: 'https://a.test/', to: null }, secret: {} },
    'URL: https://a.test/ → empty',
  ],
  ['Anything', {}, ''],
])('%s reads as words', (action, details, text) => {
  expect(auditDetailsText({ action, details }, locale)).toBe(text);
});
