import { z } from 'zod';
import { version } from '../lib/fields.ts';
import { lines, ticked } from '../lib/typed.ts';
import type { Company } from './queries.ts';
import { CompanyFields, type CompanyInput } from './schema.ts';

const { slug, contactEmail, contactPhone, openingHours } = CompanyFields.shape;

/** The settings of the storefront as browsers send them, with the version the edit is based on. A box that is sent is ticked. */
export const StorefrontForm = z
  .object({
    slug,
    registrationOpen: ticked,
    contactEmail: z
      .string()
      .optional()
      .transform((sent) => (sent?.trim() ? sent : null))
      .pipe(contactEmail),
    contactPhone: lines.transform((sent) => sent ?? null).pipe(contactPhone),
    openingHours: lines.transform((sent) => sent ?? null).pipe(openingHours),
    version,
  })
  .transform(({ version: seen, ...input }) => ({
    version: seen,
    input: input satisfies CompanyInput,
  }));

/** What the form's fields show of a company. */
export function shownStorefront({ slug: address, registrationOpen, ...company }: Company) {
  return {
    slug: address,
    registrationOpen,
    contactEmail: company.contactEmail ?? '',
    contactPhone: company.contactPhone ?? '',
    openingHours: company.openingHours ?? '',
  };
}
