import type { Store } from '#src/context.ts';
import { Link } from './button.tsx';
import { mailHref, phoneHref } from './contact-href.ts';

export type StoreContact = Pick<Store, 'contactEmail' | 'contactPhone' | 'openingHours'>;

/** How to reach the company, below each page of its store. */
export function StoreFooter({ contact }: { contact: StoreContact }) {
  const { contactEmail, contactPhone, openingHours } = contact;
  if (contactEmail === null && contactPhone === null && openingHours === null) return null;
  return (
    <footer class="site-footer">
      <ul class="row wrap-anywhere">
        {contactEmail !== null && (
          <li>
            <Link href={mailHref(contactEmail)}>{contactEmail}</Link>
          </li>
        )}
        {contactPhone !== null && (
          <li>
            <Link href={phoneHref(contactPhone)}>{contactPhone}</Link>
          </li>
        )}
      </ul>
      {openingHours !== null && <p class="wrap-anywhere whitespace-pre-line">{openingHours}</p>}
    </footer>
  );
}
