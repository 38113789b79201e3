import type { Context } from 'hono';
import { z } from 'zod';
import { AppError } from '#src/lib/errors.ts';
import type { Session } from '#src/session.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { FIELDS_MAX, formEntries, withoutLongest } from '../form-body.ts';
import { htmlBytes } from '../views/fitted.ts';
import type { Flash } from '../views/notice.tsx';
import { ownPath } from './next-path.ts';

/** The hidden field of the log-in form; it comes first, so that a body with one is known by how it begins. */
export const CARRIED = 'carried';
/** UTF-16 units of that field: all that a page has room for, as HTML or as JSON. */
export const CARRIED_MAX = 300_000;
/** Bytes of HTML that the fields may take in the page of the log-in form. */
const CARRIED_BYTES_MAX = 240_000;
/** A product's form with its picture; nothing larger is read before somebody has logged in. */
const BODY_MAX_BYTES = 6 * 1_048_576;
const PATH_MAX = 4_000;
const SECRET = /password|^repeated$/i;

const CarriedForm = z.object({
  /** Where the form is posted to. */
  action: z.string().max(PATH_MAX),
  /** The page that it was on. */
  page: z.string().max(PATH_MAX),
  fields: z.array(z.tuple([z.string(), z.string()])).max(FIELDS_MAX),
  /** Files cannot be carried: they are named, so that they are chosen again. */
  files: z.array(z.string().max(300)).max(10),
  /** A text was too long for the page. */
  cut: z.boolean(),
});
/** A form that was posted after its session had ended, as the log-in carries it. */
export type CarriedForm = z.infer<typeof CarriedForm>;

/**
 * The form that was posted with this request, without its passwords.
 * @param place `home` is where to go if the browser does not say which page the form was on; `moved` is the present path
 *   of a former one
 */
export async function carriedForm(
  c: Context<AppEnv>,
  { home, moved = (path) => path }: { home: string; moved?: (path: string) => string },
): Promise<CarriedForm> {
  const { origin, pathname, search } = new URL(c.req.url);
  const posted = await readable(c);
  // A browser that keeps no cookies comes back from the log-in with what it carries.
  const before = readCarried(posted?.find(([name]) => name === CARRIED)?.[1]);
  if (before) return before;
  const entries = (posted ?? []).filter(([name]) => !SECRET.test(name));
  const typed = entries.flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const files = entries.flatMap(([, value]) =>
    typeof value !== 'string' && value.name !== '' ? [value.name.slice(0, 100)] : [],
  );
  const fields = withoutLongest(typed, CARRIED_BYTES_MAX, (field) =>
    htmlBytes(JSON.stringify(field)),
  );
  const from = URL.parse(c.req.header('Referer') ?? '');
  const page = from?.origin === origin ? moved(from.pathname) + from.search : home;
  return {
    action: shortPath(moved(pathname) + search, home),
    page: shortPath(page, home),
    fields,
    files: files.slice(0, 10),
    cut: posted === null || fields.length < typed.length,
  };
}

/** What was posted; null where it is more than is read of strangers. */
async function readable(c: Context<AppEnv>) {
  const length = Number(c.req.header('Content-Length') ?? Number.NaN);
  if (!(length <= BODY_MAX_BYTES)) return null;
  try {
    return await formEntries(c);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const shortPath = (path: string, home: string) => (path.length <= PATH_MAX ? path : home);

/** Reads what the hidden field says; null where there is none, or it is not what the log-in has sent. */
export function readCarried(text: unknown): CarriedForm | null {
  if (typeof text !== 'string') return null;
  try {
    return CarriedForm.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const ORDERING = /^\/store\/[^/]+\/(?:cart|checkout|quick-order)(?:\/|\?|$)/;

/**
 * From a page to the log-in, which says why if a session has ended, and comes back.
 * @param logIn the path of the log-in
 */
export async function toLogIn(
  c: Context<AppEnv>,
  cookie: { read(c: Context<AppEnv>): Promise<Session | null> },
  logIn: string,
): Promise<Response> {
  if (await cookie.read(c)) setFlash(c, signedOut(c.req.path));
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(`${logIn}?next=${encodeURIComponent(pathname + search)}`, 303);
}

/** Says why a page leads to the log-in, where a session has ended: an order waits in the cart, or in the browser. */
export function signedOut(path: string): Flash {
  const order = ORDERING.test(path) ? ' Your order is still here.' : '';
  return { tone: 'info', text: `You were signed out.${order}` };
}

/** Why there is a log-in now, and what has become of the form. */
export function signedOutReason({ action, fields, files, cut }: CarriedForm): string {
  const what = ORDERING.test(action) ? 'Your order' : 'What you typed';
  const except = cut ? ', except for a text that is too long to keep' : '';
  const kept = fields.length > 0 ? ` ${what} is still here${except}.` : '';
  const lost = cut && fields.length === 0 ? ' What you sent is too long to keep.' : '';
  return `You were signed out.${kept}${lost}${chooseAgain(files)}`;
}

const chooseAgain = (files: readonly string[]) =>
  files.length === 0 ? '' : ` Choose ${files.map((name) => `“${name}”`).join(', ')} again.`;

/**
 * After the log-in, back to the form. The browser posts the log-in's body on to the form's own address, where
 * `resumedForm` finds what is carried: without a script, and without a page in between.
 * @param under what the paths of pages begin with that a form may be on
 */
export function returnToForm(
  c: Context<AppEnv>,
  { action, page, fields, files }: CarriedForm,
  under: string,
  home: string,
): Response {
  const again = chooseAgain(files).trim();
  if (again) setFlash(c, { tone: 'warning', text: again });
  return fields.length === 0
    ? c.redirect(ownPath(c, page, under, home), 303)
    : c.redirect(ownPath(c, action, under, home), 307);
}
