/** The answer to a form; null = none came. */
export type Answer = {
  status: number;
  page: Document;
  /** Where the page shall go; `''` = to the log-in, by a redirect that a script cannot see. */
  redirect: string | null;
} | null;

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
    const isSignedOut = response.type === 'opaqueredirect' || response.status === 401;
    const redirect = isSignedOut ? '' : response.headers.get('HX-Redirect');
    return { status: response.status, page, redirect };
  } catch {
    return null;
  }
}

/** Goes where an answer leads; the log-in comes back to this page. */
export function follow(redirect: string): void {
  if (redirect === '') location.reload();
  else location.assign(redirect);
}

/** Where the store's pages begin: `/store/acme`. */
export const home = (): string =>
  document.querySelector<HTMLAnchorElement>('.shell-company')?.pathname ?? '';
