import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';

/** The company a file belongs to. Imports come from staff and from their jobs, which both know it beforehand. */
export function enteredCompany({ entry }: Ctx): Id<'company'> {
  if (entry.kind === 'staff' || entry.kind === 'job') return entry.companyId;
  throw new Error('Only staff and jobs import files.');
}
