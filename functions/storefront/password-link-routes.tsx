import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Ctx, type Store, storeOf } from '#src/context.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '#src/lib/password-forms.ts';
import { findStore } from '#src/tenant.ts';
import { AskForLink } from '../accounts/ask-for-link.tsx';
import { ChoosePassword } from '../accounts/choose-password.tsx';
import { LinkIsOver, OVER } from '../accounts/link-is-over.tsx';
import { Message } from '../accounts/message.tsx';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { parseForm } from '../parse-form.ts';
import type { RefusedForm } from '../views/form.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

type Texts = {
  ask: { title: string; lead: string; button: string };
  /** Said whether or not a link was mailed. */
  sent: Child;
  choose: { title: string; lead: string; button: string };
  /** Why the link may no longer work, and how to get a new one. */
  over: string;
  again: string;
};

/** A link that sets a password: who gets one, what it proves, and what comes of it. */
type PasswordLink = {
  /** Where in the store one asks for it; the link itself is behind. */
  path: `/${string}`;
  texts: (store: Store) => Texts;
  /** Mails it to whom it is for, if there is such a person. */
  request: (ctx: Ctx, input: ForgotPasswordInput) => Promise<void>;
  good: (ctx: Ctx, token: string) => Promise<boolean>;
  /** Sets the password and leads on; null = the link has ended meanwhile. */
  choose: (
    c: Context<AppEnv>,
    token: string,
    input: ResetPasswordInput,
  ) => Promise<Response | null>;
};

/** Asking for such a link, and choosing a password behind it. */
export function passwordLinkRoutes({ path, texts, request, good, choose }: PasswordLink) {
  const askPage = (c: Context<AppEnv>, refused?: RefusedForm, status?: 429) => {
    const store = storeOf(c.var.ctx);
    const { ask } = texts(store);
    return storePage(
      c,
      { title: ask.title, narrow: true, status: status ?? (refused ? 422 : 200) },
      <AskForLink
        {...ask}
        {...refused}
        action={storePath(store, path)}
        back={storePath(store, '/login')}
      />,
    );
  };
  const choosePage = (c: Context<AppEnv>, refused?: RefusedForm) => {
    const { title, lead, button } = texts(storeOf(c.var.ctx)).choose;
    return storePage(
      c,
      { title, narrow: true, scripts: ['app'], status: refused ? 422 : 200 },
      <ChoosePassword title={title} lead={lead} button={button} errors={refused?.errors} />,
    );
  };
  const overPage = (c: Context<AppEnv>) => {
    const store = storeOf(c.var.ctx);
    const { over: why, again } = texts(store);
    return storePage(
      c,
      OVER,
      <LinkIsOver href={storePath(store, path)} again={again}>
        {why}
      </LinkIsOver>,
    );
  };
  return new Hono<AppEnv>()
    .get(`/:slug${path}`, async (c) => {
      await findStore(c.var.ctx);
      return askPage(c);
    })
    .post(`/:slug${path}`, async (c) => {
      const { ctx } = c.var;
      const store = await findStore(ctx);
      const form = await parseForm(c, ForgotPasswordInput);
      if (!form.ok) return askPage(c, form);
      // Never given back: asking again and again fills somebody's mailbox.
      const attempt = await beginAttempt(c, `store${path}:${store.companyId}`, form.data.email);
      if (!attempt.allowed) {
        return askPage(c, { values: form.data, message: waitMessage(c, attempt.retryAfter) }, 429);
      }
      await request(ctx, form.data);
      const { ask, sent } = texts(store);
      return storePage(
        c,
        { title: ask.title, narrow: true },
        <Message title="Look into your mailbox">{sent}</Message>,
      );
    })
    .get(`/:slug${path}/:token`, async (c) => {
      return (await good(c.var.ctx, token(c))) ? choosePage(c) : overPage(c);
    })
    .post(`/:slug${path}/:token`, async (c) => {
      // Asked first: a link that is over is not worth a hash.
      if (!(await good(c.var.ctx, token(c)))) return overPage(c);
      const form = await parseForm(c, ResetPasswordInput);
      if (!form.ok) return choosePage(c, form);
      return (await choose(c, token(c), form.data)) ?? overPage(c);
    });
}

function token(c: Context<AppEnv>): string {
  return c.req.param('token') ?? '';
}
