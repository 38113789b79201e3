import { Link } from './button.tsx';

/** How customers reach the company; null = not said. */
export type StoreContact = {
  contactEmail: string | null;
  contactPhone: string | null;
  openingHours: string | null;
};

/** How to reach the company, below each page of its store. */
export function StoreFooter({ contact }: { contact: StoreContact }) {
  const { contactEmail, contactPhone, openingHours } = contact;
  if (contactEmail === null && contactPhone === null && openingHours === null) return null;
  return (
    <footer class="site-footer">
      <ul class="row wrap-anywhere">
        {contactEmail !== null && (
          <li>
            <Link href={`mailto:${contactEmail}`}>{contactEmail}</Link>
          </li>
        )}
        {contactPhone !== null && (
          <li>
            <Link href={`tel:${dialled(contactPhone)}`}>{contactPhone}</Link>
          </li>
        )}
      </ul>
      {openingHours !== null && <p class="wrap-anywhere whitespace-pre-line">{openingHours}</p>}
    </footer>
  );
}

/** Only what a phone dials; what is written beside the number stays text. */
function dialled(phone: string): string {
  return phone.replaceAll(/[^\d+*#,;]/g, '');
}
