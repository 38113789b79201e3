import { type Context, Hono } from 'hono';
import { isInviteGood, requestInvite, setUpPassword } from '#src/contacts/set-up-password.ts';
import { type Store, storeOf } from '#src/context.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '#src/lib/password-forms.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { Message } from '../site/message.tsx';
import { beginAttempt, waitMessage } from '../site/throttle.ts';
import { Link } from '../views/button.tsx';
import { AskForLink } from './ask-for-link.tsx';
import { ChoosePassword } from './choose-password.tsx';
import { LinkIsOver, OVER } from './link-is-over.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';
import type { RefusedForm } from '../views/form.tsx';

const ASK = { title: 'Get your invitation again', narrow: true } as const;
const CHOOSE = { title: 'Choose a password', narrow: true, scripts: ['app'] } as const;

/** How contacts get their first password; nobody sets one by knowing an address (decision 2). */
export const setupPassword = new Hono<AppEnv>()
  .get('/:slug/setup-password', async (c) => {
    await findStore(c.var.ctx);
    return ask(c);
  })
  .post('/:slug/setup-password', async (c) => {
    const store = await findStore(c.var.ctx);
    const form = await parseForm(c, ForgotPasswordInput);
    if (!form.ok) return ask(c, form);
    // Never given back: asking again and again fills somebody's mailbox.
    const attempt = await beginAttempt(c, `store-setup:${store.companyId}`, form.data.email);
    if (!attempt.allowed) {
      return ask(c, { values: form.data, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    await requestInvite(c.var.ctx, form.data);
    return storePage(c, ASK, <LinkSent store={store} />);
  })
  .get('/:slug/setup-password/:token', async (c) => {
    const good = await isInviteGood(c.var.ctx, c.req.param('token'));
    return good ? choose(c) : over(c);
  })
  .post('/:slug/setup-password/:token', async (c) => {
    const { ctx } = c.var;
    const token = c.req.param('token');
    // Asked first: a link that is over is not worth a hash.
    if (!(await isInviteGood(ctx, token))) return over(c);
    const form = await parseForm(c, ResetPasswordInput);
    if (!form.ok) return choose(c, form);
    const userAgent = c.req.header('User-Agent') ?? '';
    const sessionId = await setUpPassword(ctx, passwordHasher, token, form.data, userAgent);
    if (!sessionId) return over(c);
    const store = storeOf(ctx);
    await sessionCookie.customer.set(
      c,
      { sessionId, companyId: store.companyId },
      store.companySlug,
    );
    return c.redirect(storePath(store, '/catalog'), 303);
  });

function ask(c: Context<AppEnv>, refused?: RefusedForm, status?: 422 | 429) {
  return storePage(
    c,
    { ...ASK, status: status ?? (refused ? 422 : 200) },
    <AskForLink
      title={ASK.title}
      lead="For people who were invited and have not chosen a password yet."
      action={storePath(storeOf(c.var.ctx), '/setup-password')}
      button="Mail me the link"
      store={storeOf(c.var.ctx)}
      {...refused}
    />,
  );
}

function choose(c: Context<AppEnv>, refused?: RefusedForm) {
  const { companyName } = storeOf(c.var.ctx);
  return storePage(
    c,
    { ...CHOOSE, status: refused ? 422 : 200 },
    <ChoosePassword
      title={CHOOSE.title}
      lead={`You are invited to order from ${companyName}.`}
      button="Set password and log in"
      errors={refused?.errors}
    />,
  );
}

function over(c: Context<AppEnv>) {
  const href = storePath(storeOf(c.var.ctx), '/setup-password');
  return storePage(
    c,
    OVER,
    <LinkIsOver href={href} again="Get your invitation again">
      It was used already, replaced by a newer one, or is older than 7 days.
    </LinkIsOver>,
  );
}

function LinkSent({ store }: { store: Store }) {
  return (
    <Message title="Look into your mailbox">
      If the address has an open invitation from {store.companyName}, a new link is on its way. It
      works once and is valid for 7 days. Nothing there? Perhaps you chose a password already:{' '}
      <Link href={storePath(store, '/login')}>log in</Link>, or{' '}
      <Link href={storePath(store, '/reset')}>reset it</Link>.
    </Message>
  );
}
