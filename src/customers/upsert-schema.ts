import { z } from 'zod';
import { CustomerInput } from './schema.ts';

/** One customer of a batch: who is known by this email gets the fields that are sent, anybody else is new. */
export const CustomerUpsert = z
  .object(CustomerInput.shape, 'Each item must be an object.')
  .meta({ id: 'CustomerUpsert' });
export type CustomerUpsert = z.infer<typeof CustomerUpsert>;
