import { sql } from 'drizzle-orm';
import { NeonDbError } from '@neondatabase/serverless';
import { expect, it } from 'vitest';
import { enterCompany } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { as, freshCompany } from '../test/context.ts';
import { createCustomer } from './customers/create-customer.ts';
import { Replayed } from './lib/errors.ts';

const once = { route: 'POST /customers', key: 'k', fingerprint: 'f' };

it('answers a repeated write with what was kept, and tells the log of the database none of it', async () => {
  const company = await freshCompany();
  const create = () => {
    const ctx = as(company, 'OWNER');
    const id = newId('customer');
    ctx.guard = { resource: { kind: 'customer', id }, etags: null, once };
    return createCustomer(ctx, { email: 'anna@private.test' }, id);
  };
  const { id } = await create();
  const again = await create().catch((error: unknown) => error);
  expect(again).toBeInstanceOf(Replayed);
  expect((again as Replayed).answer).toMatchObject({ id, email: 'anna@private.test' });

  const { db, now } = as(company, 'OWNER');
  const { route, key, fingerprint } = once;
  const refused = await db
    .batch([
      enterCompany(db, company.id),
      db.execute(
        sql`select begin_idempotent(${route}, ${key}, ${fingerprint}, ${now.toISOString()})`,
      ),
    ])
    .catch((error: unknown) => error);
  // PostgreSQL logs every field of an error.
  const logged = refused instanceof NeonDbError ? refused : (refused as Error).cause;
  expect(logged).toMatchObject({ code: 'DS208' });
  expect(JSON.stringify(logged)).not.toContain('private.test');
});
