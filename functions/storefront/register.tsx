import { type Context, Hono } from 'hono';
import { type Store, storeOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { NOT_ACCEPTING, register as registerCustomer } from '#src/storefront/register.ts';
import { RegisterInput } from '#src/storefront/schema.ts';
import { findStore } from '#src/tenant.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { clientAddress } from '../client-address.ts';
import { sessionCookie } from '../session-cookie.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { Prose } from '../views/layout.tsx';
import { Notice } from '../views/notice.tsx';
import { Page } from '../views/page.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

export const register = new Hono<AppEnv>()
  .get('/:slug/register', async (c) => {
    await findStore(c.var.ctx);
    return show(c);
  })
  .post('/:slug/register', async (c) => {
    const { ctx } = c.var;
    const store = await findStore(ctx);
    const form = await parseForm(c, RegisterInput);
    if (!form.ok) return show(c, form);
    const { name, email } = form.data;
    const values = { name, email };
    // Never given back: each registration mails somebody, and its answer says who has an account.
    const attempt = await beginAttempt(c, `store-register:${store.companyId}`, email);
    if (!attempt.allowed) {
      return show(c, { values, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    try {
      const sessionId = await registerCustomer(ctx, passwordHasher, form.data, {
        network: clientAddress(c),
        userAgent: c.req.header('User-Agent') ?? '',
      });
      const { companyId, companySlug } = store;
      await sessionCookie.customer.set(c, { sessionId, companyId }, companySlug);
      return c.redirect(storePath(store, '/catalog'), 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'rule') return show(c, { values, message: error.message });
      if (error.code === 'rate_limited') return show(c, { values, message: error.message }, 429);
      if (error.code !== 'conflict') throw error;
      return show(c, { values, errors: { email: [error.message] }, taken: true });
    }
  });

type Refused = RefusedForm & {
  /** The email has an account already. */
  taken?: boolean;
};

function show(c: Context<AppEnv>, refused?: Refused, status?: 422 | 429) {
  const store = storeOf(c.var.ctx);
  return storePage(
    c,
    {
      title: 'Create an account',
      narrow: true,
      scripts: ['app'],
      status: status ?? (refused ? 422 : 200),
    },
    <Page title="Create an account" lead={`to order from ${store.companyName}`}>
      {store.registrationOpen ? (
        <Register store={store} {...refused} />
      ) : (
        <Notice tone="info">{NOT_ACCEPTING}</Notice>
      )}
      <Prose>
        Already have an account? <Link href={storePath(store, '/login')}>Log in</Link>
      </Prose>
    </Page>,
  );
}

function Register({ store, values, errors, message, taken }: Refused & { store: Store }) {
  return (
    <Card>
      <Form
        action={storePath(store, '/register')}
        values={values}
        errors={errors}
        message={message}
      >
        <Field name="name" label="Business name" autocomplete="organization" required />
        <Field
          name="email"
          label="Email"
          type="email"
          autocomplete="email"
          hint={taken && <Instead store={store} />}
          required
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          hint="At least 8 characters."
          required
        />
        <FormActions>
          <Button variant="primary" wide>
            Create account
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

/** For those who have an account. */
function Instead({ store }: { store: Store }) {
  return (
    <>
      <Link href={storePath(store, '/login')}>Log in</Link> instead, or{' '}
      <Link href={storePath(store, '/reset')}>reset your password</Link>.
    </>
  );
}
