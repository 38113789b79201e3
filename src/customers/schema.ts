import { z } from 'zod';
import {
  API_NAME_MAX,
  CREDIT_LIMIT_MAX_CENTS,
  EMAIL_MAX,
  NOTES_MAX,
  TAX_RATE_MAX_PPM,
  email,
  text,
} from '../lib/fields.ts';

export const CUSTOMER_STATUSES = ['ACTIVE', 'BLOCKED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];

const NAME = `Name must be between 1 and ${API_NAME_MAX} characters.`;
const CREDIT_LIMIT = `Credit limit must be between 0 and ${CREDIT_LIMIT_MAX_CENTS / 100}.`;
const TAX_RATE = `Tax rate override must be between 0 and ${TAX_RATE_MAX_PPM / 1_000_000}.`;

const isDecimal = (places: number) => (value: number) => Number(value.toFixed(places)) === value;

const status = z
  .enum(CUSTOMER_STATUSES, 'Invalid status.')
  .meta({ description: 'Blocked customers cannot log in.', example: 'ACTIVE' });
const name = text(API_NAME_MAX, NAME)
  .pipe(z.string().min(1, NAME))
  .nullable()
  .meta({ minLength: 1, maxLength: API_NAME_MAX, example: 'Acme Restaurant Group' });
const notes = text(NOTES_MAX, `Notes must be at most ${NOTES_MAX} characters.`).nullable().meta({
  maxLength: NOTES_MAX,
  description: 'Never shown to the customer.',
  example: 'Weekly delivery, dock B.',
});
const creditLimit = z
  .number({ error: CREDIT_LIMIT })
  .min(0, CREDIT_LIMIT)
  .max(CREDIT_LIMIT_MAX_CENTS / 100, CREDIT_LIMIT)
  .refine(isDecimal(2), 'Credit limit must have at most 2 decimal places.')
  .nullable()
  .meta({
    description: 'At most 2 decimal places. For your records; never blocks an order.',
    example: 5000,
  });
const taxRateOverride = z
  .number({ error: TAX_RATE })
  .min(0, TAX_RATE)
  .max(TAX_RATE_MAX_PPM / 1_000_000, TAX_RATE)
  .refine(isDecimal(5), 'Tax rate override must have at most 5 decimal places.')
  .nullable()
  .meta({
    description: "A fraction, at most 5 decimal places; null means the company's rate.",
    example: 0.08,
  });

/** What `POST /api/v1/customers` takes. Amounts are decimal numbers, the tax rate a fraction. */
export const CustomerInput = z
  .object({
    email: email.meta({
      format: 'idn-email',
      maxLength: EMAIL_MAX,
      description: 'Must be unique within your company.',
      example: 'buyer@acme.com',
    }),
    name: name.optional(),
    notes: notes.optional(),
    creditLimit: creditLimit.optional(),
    taxRateOverride: taxRateOverride.optional(),
    status: status.optional(),
  })
  .meta({ id: 'CustomerInput' });
export type CustomerInput = z.infer<typeof CustomerInput>;

/** One customer of a batch: who is known by this email gets the fields that are sent, anybody else is new. */
export const CustomerUpsert = z
  .object(CustomerInput.shape, 'Each item must be an object.')
  .meta({ id: 'CustomerUpsert' });
export type CustomerUpsert = z.infer<typeof CustomerUpsert>;

/** What `PATCH /api/v1/customers/{id}` takes: only what is sent changes, `null` clears. */
export const CustomerPatch = z
  .object({
    email: z
      .unknown()
      .refine((value) => value === undefined, 'Email cannot be changed.')
      .optional()
      .meta({ not: {}, description: 'Cannot be changed.' }),
    name: name.optional(),
    notes: notes.optional(),
    creditLimit: creditLimit.optional(),
    taxRateOverride: taxRateOverride.optional(),
    status: status.optional(),
  })
  .meta({ id: 'CustomerPatch' });
export type CustomerPatch = z.infer<typeof CustomerPatch>;

/** A customer as the API shows it. */
export const CustomerOut = z
  .object({
    id: z.string().meta({ example: 'cus_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    email: z.string().meta({ example: 'buyer@acme.com' }),
    name: z.string().nullable().meta({ example: 'Acme Restaurant Group' }),
    status: z.enum(CUSTOMER_STATUSES),
    notes: z.string().nullable().meta({ example: 'Weekly delivery, dock B.' }),
    creditLimit: z.number().nullable().meta({ example: 5000 }),
    taxRateOverride: z.number().nullable().meta({ example: 0.08 }),
    emailVerified: z.boolean().meta({ description: 'Somebody has proved to read this mailbox.' }),
    createdAt: z.string().meta({ format: 'date-time', example: '2026-03-01T12:00:00.000Z' }),
    updatedAt: z.string().meta({ format: 'date-time', example: '2026-04-10T09:30:00.000Z' }),
  })
  .meta({ id: 'Customer' });
export type CustomerOut = z.infer<typeof CustomerOut>;

export const CUSTOMER_SORTS = ['created', 'name', 'email'] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];
