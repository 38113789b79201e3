/** Opens a mail to this address. */
export function mailHref(email: string, subject?: string): string {
  const query = subject === undefined ? '' : `?subject=${encodeURIComponent(subject)}`;
  return `mailto:${encodeURI(email)}${query}`;
}

/** Dials a number: of what is written beside it, a phone takes only pauses and keys. */
export function phoneHref(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+*#,;]/g, '')}`;
}
