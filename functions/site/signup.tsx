import { Hono } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import { SignUpInput } from '#src/staff/schema.ts';
import { signUp } from '#src/staff/sign-up.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { Page } from '../views/page.tsx';
import { Prose } from '../views/layout.tsx';
import { sitePage } from './site-page.tsx';

const FRAME = { title: 'Sign up', narrow: true, scripts: ['app'] } as const;

export const signup = new Hono<AppEnv>()
  .get('/signup', (c) => sitePage(c, FRAME, <SignUp />))
  .post('/signup', async (c) => {
    const form = await parseForm(c, SignUpInput);
    if (!form.ok) return sitePage(c, { ...FRAME, status: 422 }, <SignUp {...form} />);
    // Never given back: who can sign up could go on doing it, and each time somebody gets a mail.
    const attempt = await beginAttempt(c, 'sign-up', form.data.email);
    if (!attempt.allowed) {
      const message = waitMessage(c, attempt.retryAfter);
      return sitePage(
        c,
        { ...FRAME, status: 429 },
        <SignUp values={form.data} message={message} />,
      );
    }
    try {
      const session = await signUp(
        c.var.ctx,
        passwordHasher,
        form.data,
        c.req.header('User-Agent') ?? '',
      );
      await sessionCookie.staff.set(c, session);
      return c.redirect('/dashboard', 303);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      const errors = { email: [`${error.message} Log in instead, or set a new password there.`] };
      return sitePage(c, { ...FRAME, status: 422 }, <SignUp values={form.data} errors={errors} />);
    }
  });

function SignUp({ values, errors, message }: RefusedForm) {
  return (
    <Page title="Start your free trial" lead="14 days, no card. Your storefront is there at once.">
      <Card>
        <Form action="/signup" values={values} errors={errors} message={message}>
          <Field name="companyName" label="Company name" autocomplete="organization" required />
          <Field name="name" label="Your name" autocomplete="name" required />
          <Field name="email" label="Email" type="email" autocomplete="email" required />
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
              Create company
            </Button>
          </FormActions>
        </Form>
      </Card>
      <Prose>
        Already have an account? <Link href="/login">Log in</Link>
      </Prose>
    </Page>
  );
}
