/** What people call a customer, or a contact. */
export function nameOf({ name, email }: { name: string | null; email: string }): string {
  return name ?? email;
}
