import { z } from 'zod';
import { STOCK_MAX, unitsProblem } from '../catalog/stock.ts';
import { email, NAME_MAX, TAX_RATE_MAX_PPM, slug, text } from '../lib/fields.ts';
import { amountProblem } from '../lib/read-amount.ts';
import { TIME_ZONES, currencyCodes } from './choices.ts';
import { TAX_RATE_RANGE } from './tax-rate.ts';

export const SHIPPING_MAX_CENTS = 1_000_000_00;
export const FREE_SHIPPING_FROM_MAX_CENTS = 100_000_000_00;
export const INVOICE_DETAILS_MAX = 500;
export const CONTACT_PHONE_MAX = 40;
export const OPENING_HOURS_MAX = 200;
const PAPER_SIZES = ['LETTER', 'A4'] as const;

const COMPANY_NAME = `Company name must be between 2 and ${NAME_MAX} characters.`;
const INVOICE_DETAILS = `Company details must be at most ${INVOICE_DETAILS_MAX} characters.`;

const wholeUpTo = (max: number, message: string) =>
  z.number(message).int(message).min(0, message).max(max, message);

const contactPhone = `Phone must be at most ${CONTACT_PHONE_MAX} characters.`;
const openingHours = `Opening hours must be at most ${OPENING_HOURS_MAX} characters.`;

/** Text that is null where it is empty. */
const textOrNull = (max: number, message: string) =>
  text(max, message)
    .nullable()
    .transform((value) => value || null);

/** What people may say about their company: amounts in cents, the tax rate in parts per million. */
export const CompanyFields = z.object({
  name: text(NAME_MAX, COMPANY_NAME).pipe(z.string().min(2, COMPANY_NAME)),
  slug,
  timeZone: z
    .string('Choose a time zone.')
    .refine((zone) => TIME_ZONES.includes(zone), 'Choose a time zone from the list.'),
  currency: z
    .string('Choose a currency.')
    .refine((code) => currencyCodes().includes(code), 'Choose a currency from the list.'),
  /** Whether strangers may make themselves customers at the storefront. */
  registrationOpen: z.boolean(),
  taxRatePpm: wholeUpTo(TAX_RATE_MAX_PPM, TAX_RATE_RANGE).optional(),
  shippingCents: wholeUpTo(
    SHIPPING_MAX_CENTS,
    amountProblem('Shipping rate', SHIPPING_MAX_CENTS),
  ).optional(),
  /** null = never */
  freeShippingFromCents: wholeUpTo(
    FREE_SHIPPING_FROM_MAX_CENTS,
    amountProblem('Free shipping from', FREE_SHIPPING_FROM_MAX_CENTS),
  )
    .nullable()
    .optional(),
  lowStockThreshold: wholeUpTo(STOCK_MAX, unitsProblem('Low-stock threshold')).optional(),
  paperSize: z.enum(PAPER_SIZES, 'Choose a paper size from the list.').optional(),
  /** null = none; empty is none, too. */
  invoiceDetails: textOrNull(INVOICE_DETAILS_MAX, INVOICE_DETAILS).optional(),
  /** How customers reach the company; null = the storefront does not say. */
  contactEmail: email.nullable(),
  contactPhone: textOrNull(CONTACT_PHONE_MAX, contactPhone),
  openingHours: textOrNull(OPENING_HOURS_MAX, openingHours),
});

/** Any of it: what is not said stays as it is. */
export const CompanyInput = CompanyFields.partial();
export type CompanyInput = z.infer<typeof CompanyInput>;
