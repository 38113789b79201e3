import { SLUG_MAX } from '../lib/fields.ts';

/** A slug people would guess: `Café Müller & Söhne` → `cafe-muller-sohne`. Names without a Latin letter become `store`. */
export function slugFromName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX - 5)
    .replaceAll(/^-+|-+$/g, '');
  return slug.length < 2 ? 'store' : slug;
}
