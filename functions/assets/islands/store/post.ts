import { postForm } from '../post-form.ts';

/** The answer to a form; null = none came. */
export type Answer = {
  status: number;
  page: Document;
  /** Where the page shall go: here again after a redirect that a script cannot see. */
  redirect: string | null;
} | null;

/** The status of an answer to somebody whose session has ended. */
export const SIGNED_OUT = 401;

/** Sends a form of the store in the background. */
export async function post(action: string, body: URLSearchParams): Promise<Answer> {
  const answer = await postForm(action, body);
  return (
    answer && {
      status: answer.response.status,
      page: answer.page,
      redirect: redirectOf(answer.response),
    }
  );
}

/** A session that has ended leads to the log-in, which says so and comes back to this page. */
function redirectOf({ status, type, headers }: Response): string | null {
  const here = encodeURIComponent(location.pathname + location.search);
  if (status === SIGNED_OUT) return `${home()}/login?ended=yes&next=${here}`;
  return type === 'opaqueredirect' ? location.href : headers.get('HX-Redirect');
}

/** Goes where an answer leads. */
export function follow(redirect: string): void {
  if (redirect === location.href) location.reload();
  else location.assign(redirect);
}

/** Where the store's pages begin: `/store/acme`. */
export const home = (): string =>
  document.querySelector<HTMLAnchorElement>('.shell-company')?.pathname ?? '';
