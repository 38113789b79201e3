/** What the log is asked for most, to choose from; an address may name any other action. */
export const ACTIONS = [
  'CustomerCreated',
  'CustomerUpdated',
  'CustomerStatusChanged',
  'CustomerTrusted',
  'CustomerTrustWithdrawn',
  'CustomerBulkImported',
  'CustomerBulkImportUndone',
  'CustomerRegistered',
  'CustomerEmailVerified',
  'CustomerPasswordReset',
  'CustomerPasswordChanged',
  'CustomerContactCreated',
  'CustomerContactUpdated',
  'CustomerContactRemoved',
  'CustomerContactInviteResent',
  'CustomerContactJoined',
  'PriceOverrideSet',
  'PriceOverrideDeleted',
  'OrderPlaced',
  'OrderStatusChanged',
  'ProductCreated',
  'ProductUpdated',
  'ProductDeleted',
  'ProductBulkImported',
  'ProductBulkImportUndone',
  'AddressCreated',
  'AddressUpdated',
  'AddressDeleted',
  'CompanyCreated',
  'CompanyUpdated',
  'CompanyVerified',
  'ApiKeyCreated',
  'ApiKeyRevoked',
  'WebhookCreated',
  'WebhookUpdated',
  'WebhookSecretRotated',
  'WebhookDeleted',
  'UserUpdated',
  'PasswordChanged',
  'PasswordReset',
  'EmailChanged',
  'EmailVerified',
  'BrowsersSignedOut',
] as const;

export const ENTITY_TYPES = [
  'Customer',
  'CustomerContact',
  'Address',
  'Order',
  'Product',
  'Company',
  'ApiKey',
  'Webhook',
  'Import',
  'User',
] as const;

const WORDS: Record<string, string> = {
  CustomerBulkImported: 'Customers imported',
  CustomerBulkImportUndone: 'Customers import undone',
  ProductBulkImported: 'Products imported',
  ProductBulkImportUndone: 'Products import undone',
  CustomerContact: 'Contact',
  CustomerContactCreated: 'Contact invited',
  CustomerContactUpdated: 'Contact updated',
  CustomerContactRemoved: 'Contact removed',
  CustomerContactInviteResent: 'Invitation sent again',
  CustomerContactJoined: 'Invitation accepted',
  UserUpdated: 'Profile updated',
};

/** An action or a kind of thing in words: `CustomerStatusChanged` → `Customer status changed`. */
export function inWords(pascalCase: string): string {
  return WORDS[pascalCase] ?? sentence(pascalCase);
}

/** A name of ours in words: `creditLimit` → `Credit limit`, `ApiKey` → `API key`. */
export function sentence(camelCase: string): string {
  const words = camelCase
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/\bapi\b/g, 'API');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
