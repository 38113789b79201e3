import { sql } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { companies, memberships, planUsage, staffSessions, users } from '#db/schema/index.ts';
import { limitsOf, TRIAL_DAYS } from '../billing/plans.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import { queueMail } from '../mail/queue-mail.ts';
import type { Session } from '../session.ts';
import { system } from '../tenant.ts';
import { verifyEmailUrl } from './links.ts';
import { SignUpInput } from './schema.ts';
import { newSession } from './sessions.ts';
import { slugFromName } from './slug-from-name.ts';

/**
 * A company on trial with its OWNER, signed in.
 * @throws AppError validation, conflict (the email has an account)
 */
export async function signUp(
  ctx: Ctx,
  hasher: PasswordHasher,
  raw: unknown,
  userAgent: string,
): Promise<Session> {
  const input = parse(SignUpInput, raw);
  const passwordHash = await hasher.hash(input.password);
  const user = { id: newId('user'), email: input.email, name: input.name };
  const company = newId('company');
  const session = newSession(ctx, { userId: user.id, companyId: company, userAgent });
  const mail = queueMail(ctx, user.email, 'verify_email', {
    name: user.name,
    url: await verifyEmailUrl(ctx, user),
  });
  await system(ctx, '', user).batch([
    ctx.db.insert(users).values({ ...user, passwordHash }),
    ctx.db.insert(companies).values({
      id: company,
      name: input.companyName,
      slug: sql`free_slug(${slugFromName(input.companyName)})`,
      trialEndsAt: new Date(ctx.now.getTime() + TRIAL_DAYS * DAY_MS),
    }),
    ctx.db.insert(planUsage).values({ companyId: company, ...limitsOf('STARTER') }),
    ctx.db.insert(memberships).values({ companyId: company, userId: user.id, role: 'OWNER' }),
    ctx.db.insert(staffSessions).values(session),
    mail,
  ]);
  return { sessionId: session.id, companyId: company };
}
