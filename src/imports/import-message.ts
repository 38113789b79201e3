import { z } from 'zod';
import { type Id, isId } from '#db/ids.ts';

/** What the queue is told of an import; the job reads everything else where it is kept. */
export const ImportMessage = z.object({
  kind: z.enum(['customers', 'products']),
  importId: z.custom<Id<'import'>>((value) => typeof value === 'string' && isId('import', value)),
  companyId: z.custom<Id<'company'>>(
    (value) => typeof value === 'string' && isId('company', value),
  ),
});
export type ImportMessage = z.infer<typeof ImportMessage>;
