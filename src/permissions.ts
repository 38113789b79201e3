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
export const PERMISSIONS = {
  'dashboard:read': EVERYONE,
  'own_account:write': EVERYONE,
  'customers:read': EVERYONE,
  'customers:write': EVERYONE,
  'company:write': MANAGERS,
  'api_keys:write': MANAGERS,
  'audit:read': MANAGERS,
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function roleMay(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
