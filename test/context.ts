import { inject } from 'vitest';
import { connect } from '#db/client.ts';
import { type CompanyFixture, createCompany } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import { parseKeys } from '#src/lib/tokens.ts';
import type { Role } from '#src/permissions.ts';

/** A context as a request would have it, on the test database through the real Neon driver. */
export function context(entry: Entry, overrides: Partial<Ctx> = {}): Ctx {
  const requestId = `test-${newId('session').slice(-10)}`;
  const begun = newCtx({
    db: connect(inject('databaseUrl'), requestId),
    entry,
    now: new Date(),
    requestId,
    origin: 'http://localhost:8787',
    keys: parseKeys(`test:${'A'.repeat(43)}`),
  });
  return { ...begun, ...overrides };
}

/**
 * Before any row that another test makes: a sweep of that time finds what a test has put there and nothing else, so neither
 * takes from the other what it is about to see.
 */
export const LONG_AGO = new Date('2001-01-01T00:00:00Z');

/** As if the password had been typed again by a person of `freshCompany`: what is stored of it there. */
export const CONFIRMATION = { passwordHash: '' };

/** A company of its own for one test. */
export function freshCompany(
  options: Parameters<typeof createCompany>[1] = {},
): Promise<CompanyFixture> {
  return createCompany(context({ kind: 'nobody' }).db, options);
}

/** A request of this company's person with that role. */
export function as(company: CompanyFixture, role: Role, overrides: Partial<Ctx> = {}): Ctx {
  const person = company.staff.find((member) => member.role === role);
  if (!person) throw new Error(`${company.name} has no ${role}.`);
  return context({ kind: 'staff', sessionId: person.sessionId, companyId: company.id }, overrides);
}
