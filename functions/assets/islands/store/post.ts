/** The answer to a form; null = none came. */
export type Answer = {
  status: number;
  page: Document;
  /** Where the page shall go: here again after a redirect that a script cannot see. */
  redirect: string | null;
} | null;

/** The status of an answer to somebody whose session has ended. */
export const SIGNED_OUT = 401;

/** A line that hangs is a line that is lost: sending again is free. */
const PATIENCE_MS = 30_000;

/**
 * Sends a form in the background.
 * @param keepalive whether it arrives even where the page is left: browsers take at most 64 KiB of such bodies
 */
export async function post(
  action: string,
  body: URLSearchParams,
  keepalive: boolean,
): Promise<Answer> {
  try {
    const response = await fetch(action, {
      method: 'POST',
      body,
      keepalive,
      redirect: 'manual',
      headers: { 'HX-Request': 'true' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return { status: response.status, page, redirect: redirectOf(response) };
  } catch {
    return null;
  }
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
