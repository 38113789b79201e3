export const ROLES = ['OWNER', 'ADMIN', 'MEMBER'] as const;
export type Role = (typeof ROLES)[number];

/** What an API key can be allowed to do; fixed when it is created. */
export const SCOPES = [
  'products:read',
  'products:write',
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'reports:read',
  'webhooks:read',
  'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

const EVERYONE = ROLES;
const MANAGERS = ['OWNER', 'ADMIN'] as const;

/** Who of the staff may do what. An API key may do it when it carries a scope of the same name. */
const PERMISSIONS = {
  'dashboard:read': EVERYONE,
  'own_account:write': EVERYONE,
  'products:read': EVERYONE,
  'products:write': EVERYONE,
  'orders:read': EVERYONE,
  'orders:write': EVERYONE,
  'customers:read': EVERYONE,
  'customers:write': EVERYONE,
  'contacts:write': EVERYONE,
  'company:write': MANAGERS,
  'api_keys:write': MANAGERS,
  'audit:read': MANAGERS,
  'reports:read': EVERYONE,
  'webhooks:read': MANAGERS,
  'webhooks:write': MANAGERS,
} as const satisfies Record<string, readonly Role[]>;

/** What a customer's people are: the account itself, or a contact of it. */
const CUSTOMER_ROLES = ['PRIMARY', 'ADMIN', 'BUYER', 'VIEWER'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];
export const CONTACT_ROLES = ['ADMIN', 'BUYER', 'VIEWER'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

const MANAGING = ['PRIMARY', 'ADMIN'] as const;
const ORDERING = ['PRIMARY', 'ADMIN', 'BUYER'] as const;

/** Who of a customer's people may do what at the storefront ("Contacts"). */
const CUSTOMER_PERMISSIONS = {
  'catalog:read': CUSTOMER_ROLES,
  'own_orders:read': CUSTOMER_ROLES,
  'own_orders:write': ORDERING,
  'own_login:write': CUSTOMER_ROLES,
  'contacts:write': MANAGING,
  'addresses:write': MANAGING,
} as const satisfies Record<string, readonly CustomerRole[]>;

export type Permission = keyof typeof PERMISSIONS | keyof typeof CUSTOMER_PERMISSIONS;

/** The staff roles that may; none where only customers may. */
export function staffRoles(permission: Permission): readonly Role[] {
  return (PERMISSIONS as Partial<Record<Permission, readonly Role[]>>)[permission] ?? [];
}

/** The roles among a customer's people that may; none where only staff may. */
export function customerRoles(permission: Permission): readonly CustomerRole[] {
  return (
    (CUSTOMER_PERMISSIONS as Partial<Record<Permission, readonly CustomerRole[]>>)[permission] ?? []
  );
}

export function customerRoleMay(role: CustomerRole, permission: Permission): boolean {
  return customerRoles(permission).includes(role);
}

export function roleMay(role: Role, permission: Permission): boolean {
  return staffRoles(permission).includes(role);
}
