import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import { customers, customerSessions } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { customerKeys } from '../customers/keys.ts';
import { AppError } from '../lib/errors.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import { managers, queueMail } from '../mail/queue-mail.ts';
import { EMAIL_TAKEN } from '../refusal.ts';
import { visit } from '../tenant.ts';
import { verifyEmailUrl } from './links.ts';
import { RegisterInput } from './schema.ts';
import { newCustomerSession } from './sessions.ts';

/** Registrations a day (UTC) that one network may make at one store. */
const REGISTRATIONS_A_NETWORK = 3;
/** Customers a day (UTC) who may register at a store before some of them confirm their address. */
const UNPROVEN_A_STORE = 20;

/** Said whether the plan or the day is full or the company has closed registration: which, is its own business. */
export const NOT_ACCEPTING =
  "This store isn't accepting new customer sign-ups right now. Please contact the store directly.";

/** Where a registration comes from; `network` is what the client's address is counted by. */
interface Visitor {
  network: string;
  userAgent: string;
}

/**
 * A new customer who registered themselves, signed in ("Registration"). One round trip: of two who race for the plan's
 * last place, one gets it (decision 13), and a refused registration counts nothing (db/sql/registration.sql).
 * @returns the session
 * @throws AppError validation, conflict (the email has an account here), rule (not accepting), rate_limited (too many from
 *   this network), not_found (no such store)
 */
export async function register(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
  { network, userAgent }: Visitor,
): Promise<Id<'session'>> {
  const { name, email, password } = parse(RegisterInput, raw);
  const passwordHash = await hasher.hash(password);
  const id = newId('customer');
  const session = newCustomerSession(ctx, { customerId: id, contactId: null, userAgent });
  const full = newId('message');
  const [welcome, notice] = [
    queueMail(ctx, email, 'customer_verify_email', { name, url: await verifyEmailUrl(ctx, id) }),
    queueMail(ctx, managers, 'new_customer', {
      name,
      email,
      url: `${ctx.origin}/dashboard/customers/${id}`,
    }),
  ];
  const counted = sql<boolean>`count_registration(${network}, ${REGISTRATIONS_A_NETWORK}, ${UNPROVEN_A_STORE}, ${full},
    ${ctx.origin}, ${ctx.now.toISOString()})`;
  try {
    const [, , , , , [day]] = await visit(ctx, 'CustomerRegistered', { id, name }).batch([
      ctx.db.select({ open: sql`check_registration_open()`.as('open') }).from(sql`(values (1)) v`),
      ctx.db.insert(customers).values({
        id,
        companyId: companyId(ctx),
        email,
        name,
        passwordHash,
        createdAt: ctx.now,
        updatedAt: ctx.now,
        ...customerKeys({ email, name }),
      }),
      ctx.db.insert(customerSessions).values(session),
      welcome,
      notice,
      // Behind the customer: who has an account already is told so, not that the day is full.
      ctx.db.select({ isFull: counted.as('full') }).from(sql`(values (1)) v`),
    ]);
    if (day?.isFull) ctx.due.mails.push(full);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'plan_limit') throw new AppError('rule', NOT_ACCEPTING);
    if (error.code === 'conflict') throw new AppError('conflict', EMAIL_TAKEN);
    throw error;
  }
  return session.id;
}
