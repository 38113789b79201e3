import { type Context, Hono } from 'hono';
import { type Store, storeOf } from '#src/context.ts';
import { LogInInput } from '#src/lib/password-forms.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { logOutCustomer } from '#src/storefront/sessions.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { beginAttempt, waitMessage } from '../site/throttle.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Prose, Stack } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { nextPath } from './next-path.ts';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

const MESSAGES = {
  wrong: 'Invalid email or password.',
  suspended: 'Your account has been suspended. Please contact the store for details.',
};

export const login = new Hono<AppEnv>()
  .get('/:slug/login', async (c) => {
    await findStore(c.var.ctx);
    return show(c);
  })
  .post('/:slug/login', async (c) => {
    const store = await findStore(c.var.ctx);
    const form = await parseForm(c, LogInInput);
    if (!form.ok) return show(c, { message: MESSAGES.wrong });
    const { email } = form.data;
    const attempt = await beginAttempt(c, `store:${store.companyId}`, email);
    if (!attempt.allowed) {
      return show(c, { email, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    const result = await logInCustomer(
      c.var.ctx,
      passwordHasher,
      form.data,
      c.req.header('User-Agent') ?? '',
    );
    if (!result.ok) return show(c, { email, message: MESSAGES[result.reason] });
    await attempt.succeed();
    const { sessionId } = result;
    await sessionCookie.customer.set(
      c,
      { sessionId, companyId: store.companyId },
      store.companySlug,
    );
    return c.redirect(nextPath(c, store), 303);
  })
  .post('/:slug/logout', async (c) => {
    const { ctx } = c.var;
    const session = await sessionCookie.customer.read(c);
    if (session) await logOutCustomer(ctx, session.sessionId);
    else await findStore(ctx);
    const store = storeOf(ctx);
    sessionCookie.customer.clear(c, c.req.param('slug'));
    sessionCookie.customer.clear(c, store.companySlug);
    setFlash(c, { tone: 'success', text: 'You are signed out.' });
    return c.redirect(storePath(store, '/login'), 303);
  });

type Refused = { email?: string; message: string };

function show(c: Context<AppEnv>, refused?: Refused, status?: 422 | 429) {
  const store = storeOf(c.var.ctx);
  return storePage(
    c,
    { title: 'Log in', narrow: true, scripts: ['app'], status: status ?? (refused ? 422 : 200) },
    <LogIn store={store} next={nextPath(c, store)} {...refused} />,
  );
}

type Props = { store: Store; next: string; email?: string; message?: string };

function LogIn({ store, next, email, message }: Props) {
  const path = storePath(store, '/login');
  const isUsual = next === storePath(store, '/catalog');
  return (
    <Page title="Log in" lead={`to order from ${store.companyName}`}>
      <Card>
        <Form
          action={isUsual ? path : `${path}?next=${encodeURIComponent(next)}`}
          values={{ email }}
          message={message}
        >
          <Field
            name="email"
            label="Email"
            type="email"
            autocomplete="username"
            required
            autofocus={!email}
          />
          <Field
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            required
            autofocus={Boolean(email)}
          />
          <FormActions>
            <Button variant="primary" wide>
              Log in
            </Button>
          </FormActions>
        </Form>
      </Card>
      <Stack gap="tight">
        <Prose>
          Forgot your password, or never had one?{' '}
          <Link href={storePath(store, '/reset')}>Set a password</Link>
        </Prose>
        <Prose>
          Invited by a colleague or the store?{' '}
          <Link href={storePath(store, '/setup-password')}>Get your invitation again</Link>
        </Prose>
        {store.registrationOpen && (
          <Prose>
            New here? <Link href={storePath(store, '/register')}>Create an account</Link>
          </Prose>
        )}
      </Stack>
    </Page>
  );
}
